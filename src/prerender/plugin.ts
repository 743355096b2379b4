import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { gzipSync } from 'node:zlib'
import { createServer, type Plugin, type Rolldown } from 'vite'
import { partFilesOf } from '../state/partFiles.ts'
import type { SampleFiles } from '../state/samples.ts'
import type * as Render from './render.ts'

interface Options {
  contentSecurityPolicy: string
}

/** The script that the landing page begins with: as it is written, named by its content. */
const begin = (() => {
  const text = readFileSync(new URL('./begin.js', import.meta.url), 'utf8')
  return { text, file: `assets/begin-${digestOf(text)}.js` }
})()

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/**
 * At build: runs a backtest of every system, renders the landing page with them into index.html and adds the policy
 * for hosts that send no headers.
 */
export function prerender({ contentSecurityPolicy }: Options): Plugin {
  let made: Promise<Landing> | undefined
  const landing = () => (made ??= makeLanding())
  return {
    name: 'contrail-prerender',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const { head, body, overview, files } = await landing()
        const policy = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">`
        // Data for the page stand in attributes: no script is inline.
        const data = Object.entries({
          ...files,
          parts: JSON.stringify(partFilesOf(contentsOf(bundle), packed)).replaceAll('"', '&quot;'),
          overview: overview.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
        })
          .map(([name, value]) => ` data-${name}="${value}"`)
          .join('')
        // The text is measured in its own font from the start, so that nothing moves when the font arrives.
        const font = Object.keys(bundle).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name))
        const fontLink = font
          ? `<link rel="preload" as="font" type="font/woff2" crossorigin href="./${font}">`
          : ''
        return html
          .replace(
            /<script type="module" crossorigin src="(\.\/assets\/[\w-]+\.js)"><\/script>/,
            (_, start: string) =>
              `<link rel="modulepreload" crossorigin href="${start}">` +
              `<script type="module" crossorigin src="./${begin.file}" data-start="${start}"></script>`,
          )
          .replace('<meta name="viewport"', () => `${policy}\n    <meta name="viewport"`)
          .replace('<!--prerender-head-->', () => fontLink + head)
          .replace('<div id="app">', () => `<div id="app"${data}>`)
          .replace('<!--prerender-body-->', () => body)
      },
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: begin.file, source: begin.text })
      for (const [fileName, source] of (await landing()).contents)
        this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

const packed = (content: Uint8Array): number => gzipSync(content).byteLength

function contentsOf(bundle: Rolldown.OutputBundle): [name: string, content: Uint8Array][] {
  return Object.values(bundle).map((file) => {
    const content = file.type === 'chunk' ? file.code : file.source
    return [file.fileName, typeof content === 'string' ? Buffer.from(content) : content]
  })
}

interface Landing {
  head: string
  body: string
  overview: string
  files: SampleFiles
  contents: [file: string, text: string][]
}

async function makeLanding(): Promise<Landing> {
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    plugins: [svelte()],
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  try {
    const { renderLanding } = (await server.ssrLoadModule('/src/prerender/render.ts')) as typeof Render
    const { head, body, overview, reports } = await renderLanding()
    const contents: Landing['contents'] = []
    const put = (name: string, text: string): string => {
      // Named by its content, so that it can be cached for ever.
      const file = `assets/${name}-${digestOf(text)}.json`
      contents.push([file, text])
      return file
    }
    const files: SampleFiles = {
      jet: put('sample-jet', reports.jet),
      tickets: put('sample-tickets', reports.tickets),
      options: put('sample-options', reports.options),
    }
    return { head, body, overview, files, contents }
  } finally {
    await server.close()
  }
}
