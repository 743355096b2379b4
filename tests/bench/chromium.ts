import { chromium } from 'playwright'
import { createServer } from 'vite'

/**
 * Runs the engine's bench module in Chromium, served from source: isolated, where memory is shared with workers, and
 * not, where each gets a copy.
 */
export async function benchInChromium(executablePath: string, print: (line: string) => void): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    for (const headers of [
      { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
      {},
    ]) {
      const server = await createServer({
        configFile: false,
        logLevel: 'error',
        server: { port: 4174, strictPort: true, hmr: false, watch: null, headers },
        worker: { format: 'es' },
        optimizeDeps: { noDiscovery: true, include: [] },
      })
      await server.listen()
      const page = await browser.newPage()
      page.on('console', (message) => print(message.text()))
      page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`))
      await page.goto('http://localhost:4174/tests/bench/engine.html')
      await page.waitForFunction(() => document.title === 'done', undefined, { timeout: 600_000 })
      await page.close()
      await server.close()
    }
  } finally {
    await browser.close()
  }
}
