import { createHash } from 'node:crypto'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { createServer, type Plugin } from 'vite'
import type * as Render from './render.ts'

interface Options {
  contentSecurityPolicy: string
}

/**
 * At build: runs the sample backtest, renders the landing page with it into index.html and adds the policy for
 * hosts that send no headers.
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
        const { head, body, sampleFile } = await landing()
        const policy = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">`
        const preload = `<link rel="preload" as="fetch" crossorigin href="./${sampleFile}" id="sample">`
        // The text is measured in its own font from the start, so that nothing moves when the font arrives.
        const font = Object.keys(bundle).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name))
        const fontLink = font
          ? `<link rel="preload" as="font" type="font/woff2" crossorigin href="./${font}">`
          : ''
        return html
          .replace('<meta name="viewport"', () => `${policy}\n    <meta name="viewport"`)
          .replace('<!--prerender-head-->', () => fontLink + preload + head)
          .replace('<!--prerender-body-->', () => body)
      },
    },
    async generateBundle() {
      const { sample, sampleFile } = await landing()
      this.emitFile({ type: 'asset', fileName: sampleFile, source: sample })
    },
  }
}

interface Landing {
  head: string
  body: string
  sample: string
  /** Named by its content, so that it can be cached for ever. */
  sampleFile: string
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
    const page = await renderLanding()
    const digest = createHash('sha256').update(page.sample).digest('hex').slice(0, 8)
    return { ...page, sampleFile: `assets/sample-${digest}.json` }
  } finally {
    await server.close()
  }
}
