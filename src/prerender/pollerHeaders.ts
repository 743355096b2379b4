import { readdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import compression from 'compression'
import type { Connect, Plugin } from 'vite'
import { pageHeaders, pollerHeaders, productionHeaders } from './headers.ts'

/** Folder of the site in which the poller's script lies, alone. */
const folder = 'poller'

/** File of a worker's script: the poller's lies apart, because it is served with a policy of its own. */
export function workerFileName({ facadeModuleId }: { facadeModuleId?: string | null }): string {
  const [, name] = /\/workers\/(\w+)\/worker\.ts(\?|$)/.exec(facadeModuleId ?? '') ?? []
  if (name === 'live') return `${folder}/[name]-[hash].js`
  return `assets/${name ? `${name}-` : ''}[name]-[hash].js`
}

const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' }
/** What is not named by its content is asked for again, so that no old page meets new files. */
const askAgain = { 'Cache-Control': 'no-cache' }

/** Rules by path, as hosts write them: the first that a path meets holds. */
const rules: [pattern: string, headers: Record<string, string>][] = [
  ['/', { ...pageHeaders, ...askAgain }],
  ['/index.html', { ...pageHeaders, ...askAgain }],
  ['/assets/*', { ...productionHeaders, ...forEver }],
  [`/${folder}/*`, { ...pollerHeaders, ...forEver }],
]
const others = { ...productionHeaders, ...askAgain }

/** Files that the build writes beside the page, and that are not in the folder of static files. */
const written = ['sw.js', 'manifest.webmanifest']

export function headersOf(path: string): Record<string, string> {
  const met = rules.find(([pattern]) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  )
  return met?.[1] ?? others
}

/**
 * The file that hosts read headers from. Where several rules meet a path, hosts join their values, and of joined
 * policies all hold: so every path is met by one rule.
 *
 * @param inRoot names of static files, and of folders with a slash at their end
 */
export function headersFile(inRoot: readonly string[]): string {
  const named = [...inRoot, ...written].map((name) => `/${name.endsWith('/') ? `${name}*` : name}`)
  return [...rules, ...named.map((path) => [path, others] as const)]
    .map(([path, headers]) => {
      const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`)
      return `${path}\n${lines.join('')}`
    })
    .join('\n')
}

/** Bytes above which the preview sends a file as it is: packing it anew for everyone who asks takes too long. */
const largestPacked = 400_000

const compress = compression({
  filter: (request, response) =>
    !(Number(response.getHeader('Content-Length')) > largestPacked) && compression.filter(request, response),
}) as Connect.NextHandleFunction

/** Writes `_headers`; the preview sends the same, and packs what it sends, as hosts do. */
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
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname
        for (const [name, value] of Object.entries(headersOf(path))) response.setHeader(name, value)
        next()
      })
      server.middlewares.use(compress)
    },
  }
}
