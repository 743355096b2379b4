import { describe, expect, it } from 'vitest'
import { benchPanel } from '../../../bench/backtestPanel.ts'
import type { RunRequest } from '../../../../workers/backtest/api.ts'
import { ruleSweepOf } from '../../../../workers/backtest/gpu/ruleSweep.ts'
import { exitCode } from '../../../../workers/backtest/ledger.ts'
import { simulateColumns } from '../../../../workers/backtest/simulate.ts'
import type { Axis } from '../../../../workers/backtest/sweep/contract.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { systemOf } from '../../../../workers/systems/registry.ts'
import type { Params } from '../../../../workers/systems/system.ts'

const recommended = defaultParams(
  systemInfos.find(({ id }) => id === 'options')!,
  'recommended',
)
const averagesAlone: Params = {
  ...recommended,
  ...{ rsiOn: false, volumeOn: false, macdOn: false, bollingerOn: false, momentumOn: false },
}
const crossings: Axis[] = [
  { param: 'averageFast', values: [5, 10, 20] },
  { param: 'averageSlow', values: [50, 100] },
]

function fits(
  params: Partial<Params>,
  axes: Axis[] = crossings,
  { panel = benchPanel(2, 300, 1), ...request }: Partial<RunRequest> & { panel?: Panel } = {},
): string {
  const sweep = ruleSweepOf(
    panel,
    {
      system: 'options',
      params: { ...averagesAlone, ...params } as Params,
      from: null,
      to: null,
      outOfSampleFrom: null,
      benchmark: 'QQQ',
      seed: 1,
      ...request,
    },
    axes,
  )
  return typeof sweep === 'string' ? sweep : `fits: ${sweep.rule}`
}

describe('a sweep the GPU kernel can compute', () => {
  it('crosses averages of one symbol with the recommended risk rules', () => {
    expect(fits({})).toBe('fits: averages')
  })

  it('may be of RSI or of Bollinger bands', () => {
    expect(fits({ averagesOn: false, rsiOn: true }, [{ param: 'rsiDays', values: [5, 14] }])).toBe(
      'fits: rsi',
    )
    expect(
      fits({ averagesOn: false, bollingerOn: true }, [{ param: 'bollingerWidth', values: [1, 2] }]),
    ).toBe('fits: bollinger')
  })

  it('may sweep stops, targets, holding times, costs and sizes', () => {
    const axes = ['stop', 'target', 'maxBars', 'commissionBps', 'slippageBps', 'sizeAtFullConviction']
    expect(
      fits(
        { trimAbove: 0 },
        axes.map((param) => ({ param, values: [0, 0.1] })),
      ),
    ).toBe('fits: averages')
  })
})

describe('a sweep the GPU kernel leaves to the CPU', () => {
  it('is of another system, of several signals, or of a signal without a kernel', () => {
    expect(fits({}, crossings, { system: 'custom' })).toMatch(/only the options system/)
    expect(fits({ rsiOn: true })).toMatch(/exactly one signal/)
    expect(fits({ averagesOn: false, macdOn: true })).toMatch(/exactly one signal/)
    expect(fits({}, [{ param: 'rsiOn', values: [true, false] }])).toMatch(/on and off/)
  })

  it('trades more than one symbol', () => {
    expect(fits({}, crossings, { panel: benchPanel(3, 300, 1) })).toBe(
      'The GPU kernel trades one symbol, and there are 2.',
    )
  })

  it('needs a rule the kernel does not know, be it in one combination only', () => {
    expect(fits({ allowShort: true })).toMatch(/short selling/)
    expect(fits({ overlap: true })).toMatch(/several lots/)
    expect(fits({ breakerDrawdown: 0.2 })).toMatch(/drawdown breaker/)
    expect(fits({}, [{ param: 'trailingStop', values: [0, 0.05] }])).toMatch(/trailing stops/)
  })

  it('misses a bar within the range, but not one outside', () => {
    const panel = benchPanel(2, 300, 1)
    panel.open[300 + 10] = panel.close[300 + 10] = NaN
    expect(fits({}, crossings, { panel })).toMatch(/whole bar of S1/)
    expect(fits({}, crossings, { panel, from: panel.dates[11] })).toBe('fits: averages')
  })

  it('has a range nobody can run', () => {
    expect(fits({}, crossings, { from: 99_999 })).toMatch(/starts on|fewer than two/)
  })

  it('may trim a position: without a target, with a far one, or where a bar closes above its high', () => {
    expect(fits({ target: 0 })).toMatch(/trim/)
    expect(fits({ target: 1, maxPosition: 0.2, sizeAtFullConviction: 1 })).toMatch(/trim/)
    const panel = benchPanel(2, 300, 1)
    panel.high[300 + 20] = 0.9 * panel.close[300 + 20]
    expect(fits({}, crossings, { panel })).toMatch(/trim/)
  })
})

it('no combination that fits is ever trimmed, however near the limit', () => {
  const panel = benchPanel(2, 800, 4)
  const system = systemOf('options')
  const random = new Random(8)
  const near = (middle: number, by: number) => middle * (1 + by * (random.uniform() - 0.5))
  let fitting = 0
  let trimmed = 0
  for (let i = 0; i < 400; i++) {
    const params: Params = {
      ...averagesAlone,
      ...{ averageFast: 2 + random.below(5), averageSlow: 8 + random.below(20), stop: 0, maxBars: 0 },
      ...{ sizeAtFullConviction: 1, wholeShares: false, maxPosition: near(0.6, 0.4), target: near(0.1, 1) },
      ...{ trimAbove: near(0.62, 0.1), trimTo: 0.3, trimEveryDays: 1 },
    }
    const doesFit = fits(params, [], { panel }) === 'fits: averages'
    const { ledger } = simulateColumns(
      panel,
      system.signals({ panel, tradable: Uint8Array.of(0, 1) }, params),
      system.rules(params),
    )
    const trims = ledger.exit.subarray(0, ledger.length).filter((code) => code === exitCode.trim).length
    if (doesFit) {
      fitting++
      expect(trims).toBe(0)
    } else if (trims > 0) trimmed++
  }
  expect(fitting).toBeGreaterThan(50)
  expect(trimmed).toBeGreaterThan(50)
})
