import { chromium } from 'playwright'
import { createServer } from 'vite'

/** Runs the engine's bench module in Chromium, served from source. */
export async function benchInChromium(executablePath: string, print: (line: string) => void): Promise<void> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { port: 4174, strictPort: true, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  await server.listen()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    page.on('console', (message) => print(message.text()))
    await page.goto('http://localhost:4174/tests/bench/engine.html')
    await page.waitForFunction(() => document.title === 'done', undefined, { timeout: 300_000 })
  } finally {
    await browser.close()
    await server.close()
  }
}
