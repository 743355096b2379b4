/**
 * Measures the GPU sweep against the CPU core, one JSON line per figure:
 *
 *     npx tsx tests/bench/gpuRun.ts chromium [combinations]
 *     npm install --no-save webgpu && npx tsx tests/bench/gpuRun.ts node [combinations]
 *
 * The second runs without a browser, on Dawn, which Chromium is built on too; it wants Node 20, a Vulkan loader and the
 * driver of a GPU. 1,000,000 combinations unless given; an adapter made of software does some 2,000 a second, and some
 * 100 with charging.
 */
import { chromium } from 'playwright'
import { createServer } from 'vite'
import { ensureChromium } from '../tools/chromium.mjs'
import { benchGpu } from './gpu.ts'

const [where, given] = process.argv.slice(2)
const combinations = given === undefined ? 1_000_000 : Number(given)

if (where === 'node') {
  // Not among the dependencies: 130 MB that only this needs.
  const packageName = 'webgpu'
  const dawn = (await import(packageName)) as { create: (flags: string[]) => GPU }
  await benchGpu(combinations, dawn.create([]))
} else if (where === 'chromium') {
  const port = 4177
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { port, strictPort: true, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  await server.listen()
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--enable-unsafe-webgpu'],
  })
  const page = await browser.newPage()
  page.on('console', (message) => {
    if (message.text().startsWith('{')) console.log(message.text())
  })
  page.on('pageerror', (error) => console.error(error.message))
  await page.goto(`http://localhost:${port}/tests/bench/gpu.html?combinations=${combinations}`)
  await page.waitForFunction(() => document.title === 'done', undefined, { timeout: 600_000 })
  await browser.close()
  await server.close()
} else {
  throw new Error('Say where: chromium or node.')
}
process.exit(0)
