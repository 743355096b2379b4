import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** A host that sends no headers of its own and serves the site under a sub-path, as GitHub Pages does. */
export async function serveBare(
  folder: string,
  subPath: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname))
    if (!path.startsWith(subPath)) return void response.writeHead(404).end()
    const file = join(folder, path.slice(subPath.length) || 'index.html')
    try {
      statSync(file)
    } catch {
      return void response.writeHead(404).end()
    }
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://localhost:${port}${subPath}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
