import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createServer } from 'vite'
import type { ViteDevServer } from 'vite'
import type { BackendReport } from '../../workers/hrm/api.ts'
import type { Outcome } from '../gpu/check.ts'
import type { referenceChecks } from '../gpu/checks.ts'
import { expect, hasShared, test } from './page.ts'

const port = 4179
const parity = join(import.meta.dirname, '..', '..', '..', 'shared', 'parity', 'hrm')

test.use({ baseURL: `http://localhost:${port}/`, provoked: /WebGPU is experimental|powerPreference/ })

let server: ViteDevServer

test.beforeAll(async () => {
  server = await createServer({
    configFile: false,
    logLevel: 'error',
    // Bundled once into a folder of its own: tfjs is a thousand modules.
    cacheDir: 'node_modules/.vite-hrm-gpu',
    server: { port, strictPort: true, hmr: false, watch: null },
    optimizeDeps: {
      noDiscovery: true,
      include: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'],
    },
  })
  await server.listen()
})
test.afterAll(() => server.close())

async function inPage<T>(page: Page, name: string, ...given: string[]): Promise<T> {
  await page.route('**/parity/**', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/parity/', '')
    return route.fulfill({ contentType: 'application/json', body: readFileSync(join(parity, path), 'utf8') })
  })
  await page.goto('tests/gpu/page.html')
  return page.evaluate(
    async ({ path, name, given }) => {
      const module = (await import(path)) as Record<string, (...given: string[]) => Promise<unknown>>
      return (await module[name](...given)) as T
    },
    { path: '/tests/gpu/inPage.ts', name, given },
  )
}

function expectAllHold(outcomes: Outcome[]): void {
  expect(outcomes.length).toBeGreaterThan(0)
  expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([])
}

test('every WebGPU kernel computes what the operation composed on the CPU does, forward and backward', async ({
  page,
}) => {
  expectAllHold(await inPage<Outcome[]>(page, 'outcomesOfOwn', 'kernels'))
})

const groups: Record<keyof typeof referenceChecks, string> = {
  operations: 'every operation of the reference comes out on WebGPU, forward and gradient',
  optimisers: 'both optimisers follow the reference on WebGPU over 20 steps',
  model: 'states, heads, halting and gradients of both models come out on WebGPU as in the reference',
}

for (const [group, name] of Object.entries(groups))
  test(name, async ({ page }) => {
    test.skip(!hasShared, 'needs ../shared')
    expectAllHold(await inPage<Outcome[]>(page, 'outcomesOfReference', group))
  })

test('a shader that does not compile counts as failure, though it only yields zeros', async ({ page }) => {
  const { failure } = await inPage<Outcome>(page, 'brokenShader')
  expect(failure).toMatch(/unresolved value 'nothing'/)
})

test('a GPU made of software is found and named, and not chosen unasked', async ({ page }) => {
  const report = await inPage<BackendReport>(page, 'choose', 'auto')
  expect(report).toMatchObject({ backend: 'wasm', software: true, probe: {} })
  expect(report.why).toMatch(/^The only GPU is made of software \(.+\)\. WebAssembly computes\.$/)
  const asked = await inPage<BackendReport>(page, 'choose', 'webgpu')
  expect(asked).toMatchObject({ backend: 'webgpu', software: true })
  expect(asked.kernels).toContain('HrmAttentionGrad')
})

test('a GPU that goes away is reported', async ({ page }) => {
  expect(await inPage<string>(page, 'saidOfLoss')).toMatch(/destroyed/)
})
