import { readdirSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import type { Plugin } from 'vite'
import { pollerPolicy, productionHeaders } from './headers.ts'

/** Folder of the site in which the poller's script lies, alone. */
const folder = 'poller'

/** File of a worker's script: the poller's lies apart, because it is served with a policy of its own. */
export function workerFileName({ facadeModuleId }: { facadeModuleId?: string | null }): string {
  const [, name] = /\/workers\/(\w+)\/worker\.ts(\?|$)/.exec(facadeModuleId ?? '') ?? []
  if (name === 'live') return `${folder}/[name]-[hash].js`
  return `assets/${name ? `${name}-` : ''}[name]-[hash].js`
}

const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' }
const pollerHeaders = { ...productionHeaders, 'Content-Security-Policy': pollerPolicy }

/**
 * The file that hosts read headers from. Where several rules meet a path, hosts join their values, and of joined
 * policies all hold: so every path is met by one rule.
 *
 * @param inRoot names of files, and of folders with a slash at their end
 */
export function headersFile(inRoot: readonly string[]): string {
  const rules = new Map<string, Record<string, string>>()
  for (const name of ['', 'index.html', ...inRoot])
    rules.set(`/${name.endsWith('/') ? `${name}*` : name}`, productionHeaders)
  rules.set('/assets/*', { ...productionHeaders, ...forEver })
  rules.set(`/${folder}/*`, { ...pollerHeaders, ...forEver })
  return [...rules]
    .map(([path, headers]) => {
      const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`)
      return `${path}\n${lines.join('')}`
    })
    .join('\n')
}

/** Writes `_headers`, and serves the poller's script with its policy in the preview, as hosts do. */
export function servedHeaders(): Plugin {
  let publicFolder = ''
  return {
    name: 'contrail-headers',
    configResolved: ({ publicDir }) => void (publicFolder = publicDir),
    generateBundle() {
      const inRoot = readdirSync(publicFolder, { withFileTypes: true })
        .map((entry) => entry.name + (entry.isDirectory() ? '/' : ''))
        .sort()
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(inRoot) })
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response: ServerResponse, next) => {
        if (new URL(request.url ?? '/', 'http://localhost').pathname.startsWith(`/${folder}/`)) {
          const set = response.setHeader.bind(response)
          response.setHeader = (name, value) =>
            set(name, name === 'Content-Security-Policy' ? pollerPolicy : value)
        }
        next()
      })
    },
  }
}
