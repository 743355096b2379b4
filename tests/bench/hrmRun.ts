/**
 * Measures a training step of HRM on WASM, one JSON line per figure:
 *
 *     npx tsx tests/bench/hrmRun.ts node|chromium
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'
import { createServer } from 'vite'
import { ensureChromium } from '../tools/chromium.mjs'
import { benchHrm } from './hrm.ts'

const tfjsWasm = '@tensorflow/tfjs-backend-wasm'

/** In Node, whose engine may lack relaxed SIMD. */
export async function benchHrmInNode(): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve(`${tfjsWasm}/package.json`)
  await benchHrm(join(dirname(manifest), 'dist') + '/')
}

/** On an isolated page in Chromium, where the clock is finest, served from source. */
export async function benchHrmInChromium(
  executablePath: string,
  print: (line: string) => void,
): Promise<void> {
  const port = 4178
  const headers = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  }
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { port, strictPort: true, hmr: false, watch: null, headers },
    optimizeDeps: { noDiscovery: true, include: ['@tensorflow/tfjs', tfjsWasm] },
  })
  await server.listen()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    page.on('console', (message) => print(message.text()))
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`))
    for (const which of ['', '?threads']) {
      await page.goto(`http://localhost:${port}/tests/bench/hrm.html${which}`)
      await page.waitForFunction(() => document.title === 'done', undefined, { timeout: 600_000 })
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv[2] === 'chromium') await benchHrmInChromium(ensureChromium(), console.log)
  else await benchHrmInNode()
  process.exit(0)
}
