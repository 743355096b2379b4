import { describe, expect, it } from 'vitest'
import type { Report, RunRequest } from '../../../workers/backtest/api.ts'
import { createEngine } from '../../../workers/backtest/engine.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import type { Params, SignalRows } from '../../../workers/systems/system.ts'
import { benchPanel } from '../../bench/backtestPanel.ts'

const panel = benchPanel(6, 700, 5)
const [first, split, last] = [panel.dates[0], panel.dates[420], panel.dates[699]]
const paramsOf = (system: 'options' | 'custom', changes: Params = {}): Params => ({
  ...defaultParams(
    systemInfos.find(({ id }) => id === system)!,
    'recommended',
  ),
  ...changes,
})
const request = (changes: Partial<RunRequest> = {}): RunRequest => ({
  system: 'options',
  params: paramsOf('options'),
  from: null,
  to: null,
  outOfSampleFrom: split,
  benchmark: 'QQQ',
  seed: 7,
  ...changes,
})

/** Buys S1 every twentieth day of the panel, for ten bars. */
const everyTwentieth: SignalRows = (() => {
  const date = panel.dates.filter((_, day) => day % 20 === 0)
  const n = date.length
  return {
    symbol: new Array<string>(n).fill('S1'),
    date,
    direction: new Int8Array(n).fill(1),
    conviction: new Float64Array(n).fill(1),
    horizon: new Int32Array(n).fill(10),
    size: new Float64Array(n).fill(NaN),
    stop: new Float64Array(n).fill(NaN),
    target: new Float64Array(n).fill(NaN),
  }
})()

function engineWith(signals: SignalRows | null = null) {
  const engine = createEngine()
  engine.load({ panelId: 'p', panel, simulated: true, signals })
  return engine
}

async function reportOf(changes: Partial<RunRequest> = {}): Promise<Report> {
  const outcome = await engineWith().run(request(changes))
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

const metric = (report: Report, id: string) => report.metrics.find((row) => row.id === id)!

describe('a run', () => {
  it('gives the same hash and numbers again', async () => {
    const [one, two] = [await reportOf(), await reportOf()]
    expect(one.trades.length).toBeGreaterThan(50)
    expect(two.hash).toBe(one.hash)
    expect(two.metrics).toEqual(one.metrics)
  })

  it('never puts in-sample and out-of-sample into one number', async () => {
    const parted = await reportOf()
    for (const row of parted.metrics) {
      expect(row.all).toBeNaN()
      expect(row.benchmarkAll).toBeNaN()
    }
    expect(metric(parted, 'trades').inSample + metric(parted, 'trades').outOfSample).toBe(
      parted.trades.length,
    )
    expect(new Set(parted.bySymbol.map((row) => row.part))).toEqual(new Set(['inSample', 'outOfSample']))
    const whole = await reportOf({ outOfSampleFrom: null })
    for (const row of whole.metrics) expect([row.inSample, row.outOfSample]).toEqual([NaN, NaN])
    expect(whole.hash).toBe(parted.hash)
  })

  it('measures each part on its own days, the first out-of-sample return included', async () => {
    const report = await reportOf()
    const at = report.split
    const growth = (values: Float64Array) => values[values.length - 1] / values[at - 1] - 1
    expect(metric(report, 'totalReturn').outOfSample).toBeCloseTo(growth(report.equity), 12)
    expect(metric(report, 'totalReturn').benchmarkOutOfSample).toBeCloseTo(growth(report.benchmark), 12)
    expect(metric(report, 'totalReturn').inSample).toBeCloseTo(
      report.equity[at - 1] / report.equity[0] - 1,
      12,
    )
  })

  it('never trades the benchmark', async () => {
    const { trades, symbols } = await reportOf()
    expect(trades.some((trade) => symbols[trade.symbol] === 'QQQ')).toBe(false)
  })

  it('of a range trades inside it only, with the indicators warm from the days before', async () => {
    const from = panel.dates[300]
    const to = panel.dates[500]
    const report = await reportOf({ from, to, outOfSampleFrom: null })
    expect([report.dates[0], report.dates[report.dates.length - 1]]).toEqual([from, to])
    expect(report.equity.length).toBe(201)
    expect(report.equity[0]).toBe(report.capital)
    expect(Math.min(...report.trades.map((trade) => trade.signalDay))).toBeLessThan(20)
    const cut = engineWith()
    const known = { ...panel, dates: panel.dates.slice(0, 501) }
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
      known[name] = Float64Array.from(
        { length: 6 * 501 },
        (_, i) => panel[name][Math.floor(i / 501) * 700 + (i % 501)],
      )
    }
    cut.load({ panelId: 'cut', panel: known, simulated: true, signals: null })
    const again = await cut.run(request({ from, outOfSampleFrom: null }))
    expect(again.ok && again.value.hash).toBe(report.hash)
  })

  it('adds up: profits, attribution and costs', async () => {
    const report = await reportOf()
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
    const gained = report.equity[report.equity.length - 1] - report.capital
    expect(sum(report.trades.map((trade) => trade.profit))).toBeCloseTo(gained, 4)
    expect(sum(report.bySymbol.map((row) => row.profit))).toBeCloseTo(gained, 4)
    expect(sum(report.bySignal.map((row) => row.profit))).toBeCloseTo(gained, 4)
    const { costs } = report
    expect(costs.total).toBeCloseTo(costs.commission + costs.slippage + costs.borrow, 9)
    expect(metric(report, 'costs').inSample + metric(report, 'costs').outOfSample).toBeCloseTo(costs.total, 6)
  })

  it('at the break-even costs there is nothing left', async () => {
    const custom = (bps: number) =>
      engineWith(everyTwentieth).run(
        request({
          system: 'custom',
          outOfSampleFrom: null,
          params: paramsOf('custom', {
            stop: 0,
            target: 0,
            trimAbove: 0,
            wholeShares: false,
            commissionBps: bps,
            slippageBps: 0,
          }),
        }),
      )
    const free = await custom(0)
    if (!free.ok) throw new Error(free.message)
    const { breakEvenBps } = free.value.costs
    const profit = free.value.trades.reduce((sum, trade) => sum + trade.profit, 0)
    const charged = await custom(breakEvenBps)
    if (!charged.ok) throw new Error(charged.message)
    const left = charged.value.trades.reduce((sum, trade) => sum + trade.profit, 0)
    // Positions shrink a little with the equity, so not to the cent.
    expect(Math.abs(left)).toBeLessThan(Math.abs(profit) / 20)
  })

  it('says what a newcomer must know before believing it', async () => {
    const ids = (await reportOf({ benchmark: null, outOfSampleFrom: null })).flags.map((flag) => flag.id)
    expect(ids).toEqual(
      expect.arrayContaining(['simulated', 'survivorship', 'no-benchmark', 'no-out-of-sample']),
    )
    expect((await reportOf()).claims.map((claim) => claim.state)).not.toContain('not measured')
    expect(new Set((await reportOf({ outOfSampleFrom: null })).claims.map((claim) => claim.state))).toEqual(
      new Set(['not measured']),
    )
  })
})

describe('what cannot run ends in a sentence', () => {
  const message = async (changes: Partial<RunRequest>) => {
    const outcome = await engineWith().run(request(changes))
    return outcome.ok ? '' : outcome.message
  }
  it('no data, no days, no such benchmark', async () => {
    const empty = await createEngine().run(request())
    expect(!empty.ok && empty.message).toContain('Load a price file')
    expect(await message({ from: last + 10 })).toContain('after its end')
    expect(await message({ from: first - 20, to: first - 10 })).toContain('Choose a longer range')
    expect(await message({ benchmark: 'SPY' })).toContain('SPY is not among the loaded symbols')
  })
})

describe('requests in flight', () => {
  it('the newest wins, older ones say that they were superseded', async () => {
    const engine = engineWith()
    const outcomes = await Promise.all([engine.run(request()), engine.run(request({ seed: 8 }))])
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.code))).toEqual(['superseded', 'ok'])
  })

  it('evidence gives way to a newer run', async () => {
    const engine = engineWith()
    await engine.run(request())
    const [evidence, newer] = await Promise.all([
      engine.evidence(request()),
      engine.run(request({ seed: 8 })),
    ])
    expect(!evidence.ok && evidence.code).toBe('superseded')
    expect(newer.ok).toBe(true)
  })

  it('can be cancelled', async () => {
    const engine = engineWith()
    await engine.run(request())
    const [evidence] = await Promise.all([engine.evidence(request()), engine.cancel()])
    expect(!evidence.ok && evidence.code).toBe('superseded')
    expect((await engine.evidence(request())).ok).toBe(true)
  })

  it('ready waits for its panel', async () => {
    const engine = createEngine()
    const ready = engine.ready('p')
    engine.load({ panelId: 'p', panel, simulated: true, signals: null })
    expect(await ready).toEqual({ ok: true, value: null })
  })
})

describe('evidence', () => {
  it('is the same for the same run and seed, and brackets what was measured', async () => {
    const of = async () => {
      const engine = engineWith()
      const report = await engine.run(request())
      const evidence = await engine.evidence(request())
      if (!report.ok || !evidence.ok) throw new Error('failed')
      return { report: report.value, evidence: evidence.value }
    }
    const [one, two] = [await of(), await of()]
    expect(two.evidence).toEqual(one.evidence)
    expect(one.evidence.trials).toBe(1)
    expect(one.evidence.hash).toBe(one.report.hash)
    for (const id of ['cagr', 'sharpe', 'volatility', 'alpha', 'winRate', 'expectancy']) {
      const { low, high } = one.evidence.intervals[id]
      const { outOfSample } = metric(one.report, id)
      expect(low, id).toBeLessThan(outOfSample)
      expect(high, id).toBeGreaterThan(outOfSample)
    }
    expect(one.evidence.claims.every((claim) => claim.note !== 'Its interval is still being computed.')).toBe(
      true,
    )
  })

  it('charges for every distinct run, and not twice for the same one', async () => {
    const engine = engineWith()
    for (const stop of [0.05, 0.06, 0.05, 0.07]) {
      await engine.run(request({ params: paramsOf('options', { stop }) }))
    }
    const evidence = await engine.evidence(request({ params: paramsOf('options', { stop: 0.07 }) }))
    expect(evidence.ok && evidence.value.trials).toBe(3)
  })
})

describe('the chart of a trade', () => {
  it('holds the bars around it', async () => {
    const engine = engineWith()
    const chart = await engine.tradeChart('S2', panel.dates[100], panel.dates[110])
    if (!chart.ok) throw new Error(chart.message)
    expect([chart.value.dates[0], chart.value.dates.length]).toEqual([panel.dates[60], 91])
    expect(chart.value.close[40]).toBe(panel.close[2 * 700 + 100])
  })
})
