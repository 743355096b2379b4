import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PluginOption } from 'vite'
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa'

/** Names that change with their content. */
const hashedName = /^(assets|poller)\/.*-[\w-]{8}\.\w+$/

/** No file of the site is larger: a larger one would be left out, so the build ends with an error instead. */
const largestFile = 48 * 2 ** 20

/** The app that a browser offers to install. */
const manifest: VitePWAOptions['manifest'] = {
  name: 'Contrail',
  short_name: 'Contrail',
  description:
    'A laboratory for trading signals in alternative data, with an honest answer to: could this be luck?',
  lang: 'en',
  start_url: './',
  scope: './',
  display: 'standalone',
  categories: ['finance', 'education'],
  background_color: '#fbfbf9',
  theme_color: '#fbfbf9',
  icons: [
    { src: './icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: './icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: './icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: './icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
}

/**
 * At build: the service worker that keeps the whole site, and the manifest. The worker takes over from an older one
 * only when the page tells it to.
 */
export function offline(): PluginOption {
  let folder = ''
  return [
    {
      name: 'contrail-offline',
      configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    },
    VitePWA({
      filename: 'sw.js',
      registerType: 'prompt',
      // The page registers it itself, once it has settled.
      injectRegister: false,
      manifest,
      workbox: {
        cacheId: 'contrail',
        globPatterns: ['**/*'],
        globIgnores: ['**/*.map', '_headers', 'robots.txt', 'screenshot.png', 'sw.js'],
        maximumFileSizeToCacheInBytes: largestFile,
        dontCacheBustURLsMatching: hashedName,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) =>
              // What a proxy or a sign-in page sends in place of a script is not kept.
              hashedName.test(entry.url)
                ? { ...entry, integrity: integrityOf(readFileSync(join(folder, entry.url))) }
                : entry,
            ),
          }),
        ],
        navigateFallback: 'index.html',
        cleanupOutdatedCaches: true,
        // The page of the first visit, too, is served from what is kept.
        clientsClaim: true,
        skipWaiting: false,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ]
}

const integrityOf = (content: Uint8Array): string =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`
