import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Metric, Part, Report, RunRequest } from '../../../../workers/backtest/api.ts'
import { createEngine } from '../../../../workers/backtest/engine.ts'
import { excessReturns } from '../../../../workers/backtest/excess.ts'
import { scopeOf } from '../../../../workers/backtest/range.ts'
import { sweepMetrics } from '../../../../workers/backtest/sweep/contract.ts'
import { Evaluator, readByRules } from '../../../../workers/backtest/sweep/evaluator.ts'
import { returnsOf } from '../../../../workers/backtest/wealth.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { systemOf } from '../../../../workers/systems/registry.ts'
import type { AnyParamSpec, Params } from '../../../../workers/systems/system.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'

const panel = benchPanel(6, 500, 5)
const info = systemInfos.find(({ id }) => id === 'options')!
const base = { ...defaultParams(info, 'recommended'), averageFast: 5, averageSlow: 30 }
const system = systemOf('options')
const engine = createEngine()
engine.load({ panelId: 'test', panel, simulated: true, signals: null })

const requestWith = (params: Params, change: Partial<RunRequest> = {}): RunRequest => ({
  system: 'options',
  params,
  from: null,
  to: null,
  outOfSampleFrom: panel.dates[300],
  benchmark: 'QQQ',
  seed: 1,
  ...change,
})

async function reportOf(request: RunRequest): Promise<Report> {
  const outcome = await engine.run(request)
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

function evaluatorOf(request: RunRequest): Evaluator {
  const scope = scopeOf(panel, request)
  if (typeof scope === 'string') throw new Error(scope)
  const evaluator = new Evaluator(system, { panel, tradable: scope.tradable }, scope.benchmark)
  evaluator.measure({ range: scope.range, split: scope.split })
  return evaluator
}

const inReport = (metric: Metric, part: Part) =>
  ({ all: metric.all, inSample: metric.inSample, outOfSample: metric.outOfSample })[part]

function expectSame(evaluator: Evaluator, report: Report, parts: Part[]): void {
  parts.forEach((part, p) => {
    sweepMetrics.forEach((id, k) => {
      const metric = report.metrics.find((one) => one.id === id)!
      const found = evaluator.metrics[p * sweepMetrics.length + k]
      const wanted = inReport(metric, part)
      if (Number.isNaN(wanted)) expect(found, `${id} ${part}`).toBeNaN()
      else expect(found, `${id} ${part}`).toBeCloseTo(wanted, 9)
    })
  })
}

describe('what a sweep keeps of a combination', () => {
  it('is what the report of that combination says, in sample and out of sample', async () => {
    const evaluator = evaluatorOf(requestWith(base))
    const changes: Params[] = [
      {},
      { stop: 0.03 },
      { rsiDays: 5, stop: 0.03 },
      { allowShort: true },
      { target: 0 },
      { expression: 'vertical', volDays: 20 },
      { expression: 'vertical', volDays: 20, optionDelta: 0.6 },
      {},
    ]
    for (const change of changes) {
      const params = { ...base, ...change }
      evaluator.run(params)
      expectSame(evaluator, await reportOf(requestWith(params)), ['inSample', 'outOfSample'])
    }
  })

  it('is of the whole run where nothing is held back, and needs no benchmark', async () => {
    const request = requestWith({ ...base, cashRate: 0.03 }, { outOfSampleFrom: null, benchmark: null })
    const evaluator = evaluatorOf(request)
    evaluator.run(request.params)
    expect(evaluator.partCount).toBe(1)
    expectSame(evaluator, await reportOf(request), ['all'])
  })

  it('charges for the daily excess returns that the verdict tests', async () => {
    const request = requestWith({ ...base, cashRate: 0.02 })
    const evaluator = evaluatorOf(request)
    evaluator.run(request.params)
    const report = await reportOf(request)
    const excess = excessReturns(returnsOf(report.equity), returnsOf(report.benchmark), 0.02)
    expect(evaluator.observations).toBe(excess.length)
    const charged = new Float64Array(evaluator.observations)
    evaluator.excessInto(charged)
    excess.forEach((value, day) => expect(charged[day]).toBeCloseTo(value, 12))
  })
})

describe('parameters that only change the rules', () => {
  it.each(['options', 'custom'] as const)('are never read by the signals of %s', (id) => {
    const one = systemOf(id)
    const read = new Set<string>()
    const ruled = new Set<string>()
    const watched = (params: Params, read: Set<string>) =>
      new Proxy(params, {
        get(target, name) {
          read.add(String(name))
          return target[String(name)]
        },
      })
    const rows = {
      symbol: ['S1', 'S2'],
      date: Int32Array.of(panel.dates[10], panel.dates[20]),
      direction: Int8Array.of(1, 1),
      conviction: Float64Array.of(0.5, 0.7),
      horizon: Int32Array.of(0, 5),
      size: Float64Array.of(NaN, NaN),
      stop: Float64Array.of(NaN, NaN),
      target: Float64Array.of(NaN, NaN),
    }
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            Object.entries(one.params as Record<string, AnyParamSpec>).map(([name, spec]) => [
              name,
              spec.kind === 'choice'
                ? fc.constantFrom(...spec.options.map(({ value }) => value))
                : typeof spec.recommended === 'boolean'
                  ? fc.boolean()
                  : fc.constant(spec.recommended),
            ]),
          ),
        ),
        (params) => {
          one.signals(
            { panel: { ...panel }, tradable: new Uint8Array(6).fill(1), signals: rows },
            watched(params, read),
          )
          one.rules(watched(params, ruled))
        },
      ),
      { numRuns: 20 },
    )
    expect([...read].filter((name) => one.onlyRules.includes(name))).toEqual([])
    expect(read.size).toBeGreaterThan(0)
    expect(ruled.size).toBeGreaterThan(10)
    expect([...ruled].filter((name) => !readByRules(one).includes(name))).toEqual([])
  })
})
