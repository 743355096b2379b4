import type { Page } from '@playwright/test'
import { createServer } from 'vite'
import type { ViteDevServer } from 'vite'
import { benchPanel } from '../bench/backtestPanel.ts'
import { realPanel } from '../unit/realPrices.ts'
import type { Panel } from '../../workers/quant/panel.ts'
import type { Agreement, ChargeAgreement } from './gpuAgreement.ts'
import { expect, hasShared, test } from './page.ts'

const port = 4176
const rules = ['averages', 'rsi', 'bollinger'] as const

test.use({ baseURL: `http://localhost:${port}/`, provoked: /WebGPU is experimental|powerPreference/ })

let server: ViteDevServer

test.beforeAll(async () => {
  server = await createServer({
    configFile: false,
    logLevel: 'error',
    server: { port, strictPort: true, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  await server.listen()
})
test.afterAll(() => server.close())

/** Calls a function of the module in the page; the panel crosses as plain numbers. */
async function inPage<T>(page: Page, name: string, panel: Panel, ...rest: unknown[]): Promise<T> {
  await page.goto('tests/e2e/gpuAgreement.html')
  const plain = Object.entries(panel).map(([key, column]) => [key, Array.from(column as ArrayLike<unknown>)])
  return page.evaluate(
    async ({ path, name, plain, rest }) => {
      const module = (await import(path)) as Record<string, (...given: unknown[]) => unknown>
      return (await module[name](module.panelFrom(plain), ...rest)) as T
    },
    { path: '/tests/e2e/gpuAgreement.ts', name, plain, rest },
  )
}

function expectAgreement(found: Agreement): void {
  const others = found.otherTrades + found.otherShares
  expect(found.thresholdCases + found.roundedShares, JSON.stringify(found)).toBe(others)
  expect(others).toBeLessThanOrEqual(0.02 * found.combinations)
  expect(found.stops).toBeGreaterThan(100)
  expect(found.targets).toBeGreaterThan(100)
}

for (const rule of rules) {
  test(`1,000 random ${rule} combinations trade on the GPU as in the core, but where float32 crosses a threshold`, async ({
    page,
  }) => {
    const panel = benchPanel(2, 1260, 20_240_601)
    // Three raw shares became one after two years: whole shares are whole raw ones.
    panel.rawFactor = Float64Array.from({ length: 2 * 1260 }, (_, at) => (at % 1260 < 504 ? 1 / 3 : 1))
    expectAgreement(await inPage<Agreement>(page, 'agreementOn', panel, rule, 1000, 1))
  })

  test(`${rule} combinations are charged on the GPU as on the CPU, never less`, async ({ page }) => {
    const found = await inPage<ChargeAgreement>(page, 'chargesOn', benchPanel(2, 1260, 7), rule, 128, 2)
    expect(found.differ).toBe(0)
    expect(found.unmoved).toBeLessThan(32)
    expect(found.worstT).toBeLessThan(1e-4)
    expect(found.worstSharpe).toBeLessThan(1e-5)
    for (const { fewest, most, same } of [found.studentised, found.plain]) {
      expect(fewest).toBe(0)
      expect(most).toBeLessThanOrEqual(1)
      expect(same).toBeGreaterThan(950)
    }
  })

  test(`300 random ${rule} combinations on real prices trade alike too`, async ({ page }) => {
    test.skip(!hasShared, 'needs ../shared')
    expectAgreement(await inPage<Agreement>(page, 'agreementOn', realPanel(['AAPL', 'QQQ']), rule, 300, 3))
  })
}

test('what is measured charges nothing, and batches asked for together come out as one by one', async ({
  page,
}) => {
  const found = await inPage<{ rate: number; charged: number; sameTogether: boolean }>(
    page,
    'measuredOn',
    benchPanel(2, 300, 5),
  )
  expect(found.rate).toBeGreaterThan(0)
  expect(found.charged).toBe(0)
  expect(found.sameTogether).toBe(true)
})

test('a device that is lost rejects what is asked of it, in words', async ({ page }) => {
  expect(await inPage<string>(page, 'afterLoss', benchPanel(2, 300, 5))).toMatch(/The GPU is gone/)
})

test('a browser without an adapter says so', async ({ page }) => {
  expect(await inPage<string>(page, 'withoutAdapter', benchPanel(2, 300, 5))).toBe(
    'This browser has no GPU to compute on.',
  )
})
