import { describe, expect, it } from 'vitest'
import type { Flag, ReportTrade } from '../../../workers/backtest/api.ts'
import { judgeClaims } from '../../../workers/backtest/claims.ts'
import type { ClaimInputs } from '../../../workers/backtest/claims.ts'
import { wilson } from '../../../workers/backtest/intervals.ts'
import type { RunPart } from '../../../workers/backtest/parts.ts'
import { nonOverlapping, powerOf, robustnessMatters, verdictOf } from '../../../workers/backtest/verdict.ts'
import type { VerdictInputs } from '../../../workers/backtest/verdict.ts'
import type { Claim } from '../../../workers/systems/system.ts'
import { rules } from './tinyMarket.ts'

const span = (entryDay: number, exitDay: number) => ({ entryDay, exitDay }) as ReportTrade
const trades = Array.from({ length: 60 }, (_, i) => span(20 * i, 20 * i + 5))
const flag = (id: string, severity: Flag['severity']): Flag => ({ id, severity, text: `${id} text` })

const convincing: VerdictInputs = {
  flags: [],
  trades,
  days: 1259,
  skew: 0,
  kurtosis: 4,
  trials: 12,
  pValue: 0.004,
  outOfSample: 0.95,
  robustness: { delayed: 0.05, weakest: { symbol: 'AAPL', alpha: 0.02 } },
}
const kind = (changes: Partial<VerdictInputs>) => verdictOf({ ...convincing, ...changes }).kind

describe('the verdict, in its order', () => {
  it('not assessable comes before everything', () => {
    expect(kind({ flags: [flag('gaps', 'red')], trades: [], pValue: 1 })).toBe('not assessable')
  })
  it('too little data: few trades apart, or too few days to see a Sharpe ratio of 1', () => {
    expect(kind({ trades: trades.slice(0, 29), pValue: 1 })).toBe('too little data')
    expect(kind({ trades: Array.from({ length: 90 }, () => span(1, 9)) })).toBe('too little data')
    expect(kind({ days: 504, pValue: 1 })).toBe('too little data')
  })
  it('consistent with luck above 5 %, however convincing the rest', () => {
    expect(kind({ pValue: 0.0501 })).toBe('consistent with luck')
    expect(verdictOf({ ...convincing, pValue: 0.31, trials: 1340 }).because).toContain(
      'After 1,340 trials, chance alone does as well in 31 of 100 reruns (p = 0.31).',
    )
  })
  it('hard to explain by luck only when every test is passed', () => {
    expect(kind({})).toBe('hard to explain by luck')
    expect(kind({ outOfSample: 0.8 })).toBe('fragile')
    expect(kind({ outOfSample: null })).toBe('fragile')
    expect(kind({ robustness: { ...convincing.robustness, delayed: -0.01 } })).toBe('fragile')
    expect(kind({ robustness: { delayed: 0.05, weakest: { symbol: 'AAPL', alpha: 0 } } })).toBe('fragile')
  })
  it('reruns with a delay and without symbols are asked for only where they can change it', () => {
    expect(robustnessMatters(convincing)).toBe(true)
    expect(robustnessMatters({ ...convincing, flags: [flag('survivorship', 'warn')] })).toBe(true)
    expect(robustnessMatters({ ...convincing, pValue: 0.2 })).toBe(false)
    expect(robustnessMatters({ ...convincing, outOfSample: 0.5 })).toBe(false)
    expect(robustnessMatters({ ...convincing, flags: [flag('gaps', 'red')] })).toBe(false)
  })
  it('data without delisted symbols cap it at fragile', () => {
    expect(kind({ flags: [flag('survivorship', 'warn')] })).toBe('fragile')
  })
})

describe('what the verdict counts', () => {
  it('trades that touch in time are one', () => {
    expect(nonOverlapping([span(1, 10), span(2, 3), span(4, 5), span(5, 8), span(11, 12)])).toBe(3)
  })
  it('five years show a Sharpe ratio of 1 in about three of four samples, two years in two of five', () => {
    expect(powerOf(1260, 0, 3)).toBeCloseTo(0.72, 1)
    expect(powerOf(504, 0, 3)).toBeCloseTo(0.41, 1)
  })
  it('the Wilson interval of 8 in 10 is 49 to 94 %', () => {
    const { low, high } = wilson(8, 10)
    expect(low).toBeCloseTo(0.4902, 4)
    expect(high).toBeCloseTo(0.9433, 4)
    expect(wilson(10, 10).high).toBeCloseTo(1, 12)
  })
})

describe('claims', () => {
  const part = {
    part: 'outOfSample',
    years: 2,
    trades: Array.from({ length: 40 }, (_, i) => ({ profit: i < 24 ? 1 : -1 }) as ReportTrade),
    strategy: { stats: { sharpe: 1.4, maxDrawdown: -0.1, alpha: 0.05 } },
    benchmark: {},
  } as unknown as RunPart
  const judge = (claim: Partial<Claim>, changes: Partial<ClaimInputs> = {}) =>
    judgeClaims([{ text: 'a claim', metric: 'sharpe', ...claim }], {
      part,
      rules: rules(),
      entriesDecided: 50,
      intervals: { sharpe: { low: 0.9, high: 1.9 } },
      ...changes,
    })[0]

  it('are met when the whole interval is on their side, not met when none of it is, else undecided', () => {
    expect(judge({ atLeast: 0.8 }).state).toBe('met')
    expect(judge({ atLeast: 1 }).state).toBe('undecided')
    expect(judge({ atLeast: 2 }).state).toBe('not met')
    expect(judge({ atLeast: 0.8, atMost: 1.8 }).state).toBe('undecided')
  })
  it('are not measured without an out-of-sample part', () => {
    expect(judge({ atLeast: 1 }, { part: null }).state).toBe('not measured')
  })
  it('a figure far above the claim is implausible', () => {
    expect(judge({ atLeast: 1, implausibleAbove: 1.2 }).implausible).toBe(true)
  })
  it('are not reachable where arithmetic forbids it, with the arithmetic', () => {
    const few = judge({ metric: 'trades', atLeast: 60 })
    expect([few.state, few.note]).toEqual([
      'not reachable',
      'Only 50 entries were decided out of sample; 60 trades cannot come of them.',
    ])
    const small = judge(
      { metric: 'alpha', atLeast: 0.15 },
      { rules: rules({ target: 0.05, sizing: { kind: 'equal', fraction: 0.02 } }) },
    )
    expect(small.state).toBe('not reachable')
    expect(small.note).toContain('earn at most 2.0 % a year')
  })
  it('of a largest loss cannot be kept by a budget as large, since a stop that is hit costs on top of it', () => {
    const run = { equity: Float64Array.of(1000, 1000) }
    const losing = {
      ...part,
      run,
      trades: [{ entryDay: 1, profit: -2.6 } as ReportTrade, { entryDay: 1, profit: 5 } as ReportTrade],
    } as unknown as RunPart
    const claim: Partial<Claim> = { metric: 'worstLoss', atMost: 0.0025 }
    const budget = (budget: number) => ({
      part: losing,
      rules: rules({
        sizing: { kind: 'risk', budget },
        stop: 0.05,
        costs: { commissionBps: 1, slippageBps: 5, borrowRate: 0 },
      }),
      intervals: { worstLoss: { low: 0.0024, high: 0.0026 } },
    })
    const full = judge(claim, budget(0.0025))
    expect(full.state).toBe('not reachable')
    expect(full.value).toBeCloseTo(0.0026, 12)
    expect(full.note).toContain('0.250 % and costs of 0.003 %: 0.254 % together')
    expect(judge(claim, budget(0.002)).state).toBe('undecided')
  })
})
