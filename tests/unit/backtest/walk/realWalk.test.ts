import { expect, it } from 'vitest'
import { createEngine } from '../../../../workers/backtest/engine.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { realPanel } from '../../realPrices.ts'
import { describeShared } from '../../shared.ts'

const info = systemInfos.find(({ id }) => id === 'options')!

describeShared('a walk-forward over ten years of real prices', () => {
  it('promises more than it keeps, and charges for every training', async () => {
    const engine = createEngine()
    const panel = realPanel()
    engine.load({ panelId: 'real', panel, simulated: false, signals: null })
    const outcome = await engine.walkForward({
      request: {
        system: 'options',
        params: defaultParams(info, 'recommended'),
        from: null,
        to: null,
        outOfSampleFrom: null,
        benchmark: 'QQQ',
        seed: 1,
      },
      axes: [
        { param: 'averageFast', values: [10, 30, 50] },
        { param: 'averageSlow', values: [100, 200, 300] },
      ],
      design: { kind: 'grid' },
      train: 504,
      test: 126,
      anchored: false,
      gap: 5,
      embargo: 10,
      objective: 'sharpe',
    })
    if (!outcome.ok) throw new Error(outcome.message)
    const { folds, dates, equity, benchmark, got, promisedMean, sharpeInterval, trials } = outcome.value
    expect(folds).toHaveLength(16)
    expect(dates).toHaveLength(panel.dates.length - 509)
    expect(Math.min(...equity)).toBeGreaterThan(0)
    // QQQ from 6 January 2017 to the end of the file.
    const qqq = panel.symbols.indexOf('QQQ') * panel.dates.length
    const last = qqq + panel.dates.length - 1
    expect(benchmark[benchmark.length - 1]).toBeCloseTo(panel.close[last] / panel.close[qqq + 508], 12)
    expect(got.sharpe).toBeLessThan(promisedMean.sharpe)
    expect(sharpeInterval.low).toBeLessThan(got.sharpe)
    expect(sharpeInterval.high).toBeGreaterThan(got.sharpe)
    expect(trials).toBe(16 * 9 + 1)
  })
})
