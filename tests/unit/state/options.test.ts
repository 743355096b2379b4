import { expect, test, vi } from 'vitest'
import { defaultState, type AppState } from '../../../src/state/appState.ts'
import { Options } from '../../../src/state/options.svelte.ts'
import type { Engine } from '../../../src/state/workers.ts'
import { recommendedStrikemap, type OptionsStatus } from '../../../workers/backtest/api.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const underlying = (symbol: string, days: number[], contracts: number) => ({
  symbol,
  days: Int32Array.from(days),
  contracts: new Int32Array(days.length).fill(contracts),
  quoted: true,
  priced: days.length,
})

/** A tab with chains of two shares on different days. */
function setUp() {
  const status: OptionsStatus = {
    underlyings: [underlying('AAA', [100, 107, 114], 40), underlying('QQQ', [100, 114], 90)],
    contracts: 300,
    problems: [],
  }
  const backtest = { optionsStatus: vi.fn(() => ok(status)), optionContract: vi.fn(() => ok({})) }
  const panelFor = vi.fn(() => ok({ panelId: 'p1', symbols: ['AAA', 'QQQ'], from: 0, to: 200 }))
  const host = {
    state: defaultState(),
    engine: { backtest, data: {} } as unknown as Engine,
    simulated: true,
    panel: null,
    panelFor,
    runnable: panelFor,
    change(part: Partial<AppState>) {
      host.state = { ...host.state, ...part }
    },
  }
  return { backtest, host, options: new Options(host) }
}

test('the largest chain is looked at first, on its last day', async () => {
  const { options } = setUp()
  expect(options.query).toBeNull()
  await options.open()
  expect(options.query).toEqual({ symbol: 'QQQ', day: 114, settings: recommendedStrikemap })
})

test('a day without quotes of the chosen share gives the last before it, else the first', async () => {
  const { host, options } = setUp()
  await options.open()
  options.showChain('QQQ', 107)
  expect(options.day).toBe(100)
  options.showChain('AAA', 107)
  expect(options.day).toBe(107)
  options.showChain('AAA', 99)
  expect(options.day).toBe(100)
  options.showChain('GONE', 114)
  expect(options.underlying?.symbol).toBe('QQQ')
  expect(host.state.optionsChain).toEqual({ symbol: 'GONE', day: 114 })
})

test('a setting that returns to what is recommended leaves the link', () => {
  const { host, options } = setUp()
  options.set({ definition: 'original', leastVolume: 10 })
  expect(host.state.strikemapSettings).toEqual({ definition: 'original', leastVolume: 10 })
  options.set({ definition: 'recommended' })
  expect(host.state.strikemapSettings).toEqual({ leastVolume: 10 })
  expect(options.settings).toEqual({ ...recommendedStrikemap, leastVolume: 10 })
})

test('the contract of a link is asked for in the chain that is looked at', async () => {
  const { backtest, options } = setUp()
  await options.open()
  options.showContract({ expiry: 20_105, strike: 350, right: 1 })
  expect(options.contract).toEqual({ expiry: 20_105, strike: 350, right: 1 })
  await options.contractView(options.query!, options.contract!)
  expect(backtest.optionContract).toHaveBeenCalledWith(
    expect.objectContaining({ symbol: 'QQQ', day: 114, expiry: 20_105, strike: 350, right: 1 }),
  )
})

test('a contract is handed to the builder of the desk once', async () => {
  const { host, options } = setUp()
  await options.open()
  const leg = { right: 1 as const, quantity: 1, strike: 350, expiry: 20_105 }
  options.showContract({ expiry: 20_105, strike: 350, right: 1 })
  options.build([leg])
  expect(host.state).toMatchObject({ optionsTab: 'desk', optionsContract: null })
  expect(options.takeLegs()).toEqual({ legs: [leg], askedFor: true })
  expect(options.takeLegs()).toBeNull()
})

test('what was being built comes back, unless another contract was asked for meanwhile', async () => {
  const { options } = setUp()
  await options.open()
  const leg = { right: 1 as const, quantity: 1, strike: 350, expiry: 20_105 }
  options.keepLegs([])
  expect(options.takeLegs()).toBeNull()
  options.keepLegs([leg])
  expect(options.takeLegs()).toEqual({ legs: [leg], askedFor: false })
  options.build([{ ...leg, strike: 360 }])
  options.keepLegs([leg])
  expect(options.takeLegs()?.legs[0].strike).toBe(360)
})
