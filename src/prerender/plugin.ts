import { svelte } from '@sveltejs/vite-plugin-svelte'
import { createServer, type Plugin } from 'vite'

interface Options {
  contentSecurityPolicy: string
  productionHeaders: Record<string, string>
}

/**
 * At build: runs the sample backtest, renders the landing page with it into index.html, adds the policy for
 * hosts that send no headers, and writes `_headers` for hosts that read such a file.
 */
export function prerender({ contentSecurityPolicy, productionHeaders }: Options): Plugin {
  return {
    name: 'contrail-prerender',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html) {
        const { head, body, sample } = await landing()
        const policy = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">`
        return html
          .replace('<meta name="viewport"', () => `${policy}\n    <meta name="viewport"`)
          .replace('<!--prerender-head-->', () => head)
          .replace('<!--prerender-body-->', () => body)
          .replace(
            '</body>',
            () => `  <script type="application/json" id="sample">${sample}</script>\n  </body>`,
          )
      },
    },
    generateBundle() {
      const lines = Object.entries(productionHeaders).map(([name, value]) => `  ${name}: ${value}`)
      this.emitFile({
        type: 'asset',
        fileName: '_headers',
        source: `/*\n${lines.join('\n')}\n\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n`,
      })
    },
  }
}

async function landing(): Promise<{ head: string; body: string; sample: string }> {
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    plugins: [svelte()],
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  try {
    const { renderLanding } = (await server.ssrLoadModule(
      '/src/prerender/render.ts',
    )) as typeof import('./render.ts')
    return await renderLanding()
  } finally {
    await server.close()
  }
}
