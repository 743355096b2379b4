import { describe, expect, it } from 'vitest'
import { guardIds } from '../../../../workers/backtest/guards/contract.ts'
import { guardTexts } from '../../../../workers/backtest/guards/texts.ts'
import { overfittingOf } from '../../../../workers/backtest/sweep/task.ts'
import { deflatedSharpe } from '../../../../workers/quant/sharpeEvidence.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'
import { costs, decisions, flat, market, rules } from '../tinyMarket.ts'
import { finishedRun, guard, wandering } from './finishedRun.ts'

const run = finishedRun(benchPanel(6, 700, 5), { benchmark: 'QQQ', split: 420 })
const metric = (id: string) => run.report.metrics.find((row) => row.id === id)!.outOfSample
const held = { signals: decisions({ day: 0 }) }
const steady = finishedRun(
  wandering(1, 500, 4, () => 0.003),
  held,
)
const falling = finishedRun(
  wandering(1, 500, 4, () => -0.003),
  held,
)

describe('every guard', () => {
  it('says in words what it asks, when it passes, how it is computed and who says so', () => {
    expect(Object.keys(guardTexts)).toEqual([...guardIds])
    for (const { id, label, plain, formula, source } of Object.values(guardTexts)) {
      expect(label.length, id).toBeGreaterThan(5)
      expect(plain, id).toMatch(/\?.* Passes/)
      expect(formula.length, id).toBeGreaterThan(20)
      expect(source, id).toMatch(/^[^(]+ \(\d{4}\), “.+”/)
    }
  })
  it('has nothing to say without trades', async () => {
    const idle = finishedRun(wandering(1, 300, 4), { signals: decisions() })
    for (const id of guardIds) {
      const found = await guard(idle, id)
      expect([found.state, found.value, found.finding]).toEqual(['unknown', NaN, 'There are no trades.'])
    }
  })
  it('answers for a run with a single out-of-sample day without failing', async () => {
    const panel = wandering(1, 300, 4)
    const last = finishedRun(panel, { signals: decisions({ day: 298 }), split: 299 })
    for (const id of guardIds) expect(typeof (await guard(last, id)).finding).toBe('string')
  })
})

describe('figures of the report', () => {
  it('are used as they stand in it, out of sample', async () => {
    for (const id of ['probabilisticSharpe', 'independentBets'] as const) {
      expect((await guard(run, id)).value).toBe(metric(id))
    }
    expect((await guard(run, 'breakEvenCosts')).value).toBe(metric('breakEvenBps'))
    expect((await guard(run, 'capacity')).value).toBe(metric('capacityTight'))
  })
  it('a steady gain passes, a loss does not', async () => {
    for (const id of ['probabilisticSharpe', 'minimumTrackRecord'] as const) {
      expect((await guard(steady, id)).state, id).toBe('passes')
      expect((await guard(falling, id)).state, id).toBe('doubt')
    }
    expect((await guard(falling, 'minimumTrackRecord')).finding).toContain(
      'no number of days would be enough',
    )
  })
  it('the track record needed is compared with the days there are', async () => {
    const found = await guard(steady, 'minimumTrackRecord')
    expect(found.value).toBeLessThan(499)
    expect(found.finding).toContain(`needs ${found.value} days; there are 499.`)
  })
  it('costs pass only with room for twice of them', async () => {
    const rise = Array.from({ length: 40 }, (_, day) => flat(100 * 1.002 ** day))
    const of = async (bps: number) => {
      const signals = decisions(...[0, 10, 20].map((day) => ({ day, horizon: 5 })))
      return guard(
        finishedRun(market(rise), { signals, rules: rules({ costs: costs(bps, 0) }) }),
        'breakEvenCosts',
      )
    }
    // Five bars from the open of the first to the close of the fifth: four steps of 0.2 %, about 40 bps a side.
    const few = await of(15)
    expect(few.value).toBeGreaterThan(35)
    expect(few.value).toBeLessThan(45)
    expect(few.state).toBe('passes')
    expect((await of(25)).state).toBe('doubt')
    expect((await of(0)).state).toBe('doubt')
  })
  it('one symbol is one bet', async () => {
    const found = await guard(steady, 'independentBets')
    expect(found.value).toBeCloseTo(1, 12)
    expect(found.state).toBe('doubt')
  })
  it('more money than the volume carries is a doubt', async () => {
    const of = (capital: number) =>
      guard(
        finishedRun(wandering(1, 300, 4), { signals: decisions({ day: 50 }), rules: rules({ capital }) }),
        'capacity',
      )
    // Half of the equity in one trade, 1 % of some 100 × 1,000,000 dollars a day: two million.
    const small = await of(10_000)
    expect(small.value / 2e6).toBeCloseTo(1, 0)
    expect(small.state).toBe('passes')
    expect((await of(1e7)).state).toBe('doubt')
  })
})

describe('what was tried', () => {
  it('one trial deflates nothing', async () => {
    expect((await guard(steady, 'deflatedSharpe')).value).toBeCloseTo(
      (await guard(steady, 'probabilisticSharpe')).value,
      12,
    )
  })
  it('many trials deflate, by the formula of its authors', async () => {
    const found = await guard(steady, 'deflatedSharpe', { trials: 1000, sharpeVariance: 0.002 })
    const { stats, returns } = steady.judged.strategy
    expect(found.value).toBeCloseTo(
      deflatedSharpe({
        sharpe: stats.sharpe / Math.sqrt(252),
        observations: returns.length,
        skew: stats.skew,
        kurtosis: stats.kurtosis,
        trials: 1000,
        trialSharpeVariance: 0.002,
      }),
      12,
    )
    expect(found.finding).toContain('The best of 1,000 trials without skill')
  })
  it('the reality check is that of the family', async () => {
    const found = await guard(run, 'realityCheck', { realityCheck: 0.05, pValue: 0.01, trials: 3 })
    expect([found.state, found.value]).toEqual(['passes', 0.05])
    expect((await guard(run, 'realityCheck', { realityCheck: 0.0501 })).state).toBe('doubt')
  })
  it('overfitting needs ten settings; noise is overfitted, an edge is not', async () => {
    const [days, count] = [320, 12]
    const random = new Random(4)
    const noise = Float32Array.from({ length: days * count }, () => random.uniform() - 0.5)
    const series = (values: Float32Array, n = count) => ({
      series: { count: n, days, overfitting: () => Promise.resolve(overfittingOf(values, days, n)) },
    })
    expect((await guard(run, 'overfitting', series(noise, 9))).state).toBe('unknown')
    const overfitted = await guard(run, 'overfitting', series(noise))
    expect(overfitted.value).toBeGreaterThan(0.3)
    const edge = noise.map((value, i) => value + (i % count === 3 ? 0.3 : 0))
    const sound = await guard(run, 'overfitting', series(edge))
    expect([sound.state, sound.value]).toEqual(['passes', 0])
  })
})

describe('the drawdown fan', () => {
  it('has the measured drawdown in it and quantiles in order', async () => {
    const found = await guard(run, 'drawdownFan')
    const { day, low, middle, high, actual } = found.fan!
    expect([day[0], day.at(-1), day.length]).toEqual([0, 280, 121])
    expect(Math.min(...actual)).toBeCloseTo(metric('maxDrawdown'), 12)
    expect(found.measured).toBeCloseTo(metric('maxDrawdown'), 12)
    for (let k = 0; k < day.length; k++) {
      expect(low[k]).toBeLessThanOrEqual(middle[k])
      expect(middle[k]).toBeLessThanOrEqual(high[k])
      expect(high[k]).toBeLessThanOrEqual(0)
    }
    const bound = found.rows.find((row) => row.label === 'Not deeper in 95 of 100')!.value
    const within = found.reruns.filter((depth) => depth >= bound).length
    expect(within / found.reruns.length).toBeCloseTo(0.95, 2)
    expect(found.value).toBe(found.reruns.filter((depth) => depth < found.measured).length / 1000)
  })
  it('a loss for every gain in turn was a mild draw, all losses at once were a hard one', async () => {
    // The same 400 days: 200 gains of 1.1 % and 200 losses of 1 %.
    const path = (gains: (day: number) => boolean) => {
      let price = 100
      return market(
        Array.from({ length: 401 }, (_, day) => flat(day === 0 ? 100 : (price *= gains(day) ? 1.011 : 0.99))),
      )
    }
    const of = (gains: (day: number) => boolean) =>
      guard(
        finishedRun(path(gains), { ...held, rules: rules({ sizing: { kind: 'equal', fraction: 1 } }) }),
        'drawdownFan',
      )
    const mild = await of((day) => day % 2 === 0)
    expect(mild.state).toBe('doubt')
    expect(mild.value).toBeGreaterThan(0.9)
    const hard = await of((day) => day > 200)
    expect(hard.state).toBe('passes')
    expect(hard.value).toBeLessThan(0.4)
  })
})
