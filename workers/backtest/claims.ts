import type { Claim, ClaimMetric, RiskRules } from '../systems/system.ts'
import type { ClaimRow, ClaimState } from './api.ts'
import { lossesOfEquity } from './lossesOfEquity.ts'
import type { RunPart } from './parts.ts'

export interface Interval {
  low: number
  high: number
}

/** What a claim is measured on: the out-of-sample part, or null when there is none. */
export interface ClaimInputs {
  part: RunPart | null
  rules: RiskRules
  /** Entries decided in the part, whether or not they could be carried out. */
  entriesDecided: number
  /** By metric id; null while they are still being computed. */
  intervals: Record<string, Interval> | null
}

const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`

/** Share of trades whose price went the way of the signal, costs left aside. */
export function accuracyOf({ trades, run, part }: RunPart): number {
  let right = 0
  run.trades.forEach((trade, i) => {
    if (part !== 'all' && trade.outOfSample !== (part === 'outOfSample')) return
    if (trade.profit + trade.fees + run.slippage[i] > 0) right++
  })
  return trades.length > 0 ? right / trades.length : NaN
}

/** A volatility a year that strategies of any size can be compared at. */
const commonVolatility = 0.1

/** The alpha a year that the same positions would earn if sized for a volatility of 10 % a year. */
export function scaledAlpha(alpha: number, volatility: number): number {
  return volatility > 0 ? (commonVolatility * alpha) / volatility : NaN
}

function measured(metric: ClaimMetric, part: RunPart): number {
  const { trades, strategy, benchmark } = part
  switch (metric) {
    case 'trades':
      return trades.length
    case 'sharpe':
      return strategy.stats.sharpe
    case 'maxDrawdown':
      return strategy.stats.maxDrawdown
    case 'winRate':
      return trades.length > 0 ? trades.filter((trade) => trade.profit > 0).length / trades.length : NaN
    case 'accuracy':
      return accuracyOf(part)
    case 'alpha':
      return benchmark === null ? NaN : strategy.stats.alpha
    case 'scaledAlpha':
      return benchmark === null ? NaN : scaledAlpha(strategy.stats.alpha, strategy.stats.annualVolatility)
    case 'expectancy':
      return meanOf(trades.map((trade) => trade.return))
    case 'averageBars':
      return meanOf(trades.map((trade) => trade.bars))
    case 'worstLoss':
      return trades.length > 0 ? Math.max(...lossesOfEquity(part.run, trades)) : NaN
  }
}

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Each claim of a system, out of sample only: met when the whole interval lies on the side of the claim,
 * not met when none of it does, else undecided; not reachable where arithmetic forbids it. A count is its
 * own interval.
 */
export function judgeClaims(claims: Claim[], inputs: ClaimInputs): ClaimRow[] {
  return claims.map((claim) => {
    const { text, metric } = claim
    const { part, intervals } = inputs
    const row = (state: ClaimState, value: number, { low, high }: Interval, note: string): ClaimRow => ({
      text,
      metric,
      state,
      value,
      low,
      high,
      implausible: claim.implausibleAbove !== undefined && value > claim.implausibleAbove,
      note,
    })
    const unknown = { low: NaN, high: NaN }
    if (part === null) {
      return row(
        'not measured',
        NaN,
        unknown,
        'Claims are measured out of sample, and no part was kept apart.',
      )
    }
    const value = measured(metric, part)
    const impossible = unreachable(claim, part, inputs)
    const interval = metric === 'trades' ? { low: value, high: value } : intervals?.[metric]
    if (impossible !== null) return row('not reachable', value, interval ?? unknown, impossible)
    if (Number.isNaN(value)) {
      const why =
        (metric === 'alpha' || metric === 'scaledAlpha') && part.benchmark === null
          ? 'There is no benchmark to measure it against.'
          : 'There are too few days or trades to measure it.'
      return row('undecided', value, unknown, why)
    }
    if (interval === undefined) {
      return row('undecided', value, unknown, 'Its interval is still being computed.')
    }
    const { low, high } = interval
    const least = claim.atLeast ?? -Infinity
    const most = claim.atMost ?? Infinity
    if (low >= least && high <= most)
      return row('met', value, interval, 'All of the interval is on the claimed side.')
    if (high < least || low > most)
      return row('not met', value, interval, 'None of the interval is on the claimed side.')
    return row('undecided', value, interval, 'The claimed figure lies inside the interval.')
  })
}

/** The arithmetic that forbids a claim under the rules as set; null where none does. */
function unreachable(claim: Claim, part: RunPart, { rules, entriesDecided }: ClaimInputs): string | null {
  if (claim.metric === 'worstLoss') return costlyStop(claim, rules)
  if (claim.atLeast === undefined) return null
  if (claim.metric === 'trades' && rules.trim === undefined && entriesDecided < claim.atLeast) {
    return `Only ${entriesDecided} entries were decided out of sample; ${claim.atLeast} trades cannot come of them.`
  }
  if (claim.metric === 'alpha' && rules.target !== undefined && part.trades.length > 0) {
    const largest = largestPosition(rules)
    if (largest === null) return null
    const perYear = part.trades.length / part.years
    const most = perYear * largest * rules.target
    if (most >= claim.atLeast) return null
    return (
      `${perYear.toFixed(0)} trades a year × ${percent(largest)} of equity × a target of ${percent(rules.target)} ` +
      `earn at most ${percent(most)} a year.`
    )
  }
  return null
}

/** Why a stop that is hit at its level loses more than is claimed; null where it does not. */
function costlyStop({ atMost }: Claim, { sizing, stop, costs }: RiskRules): string | null {
  if (atMost === undefined || sizing.kind !== 'risk' || stop === undefined) return null
  // The fill of the entry bears its slippage already; the stop is measured from it.
  const costsOfStop = (2 * costs.commissionBps + costs.slippageBps) / 10_000
  const lost = sizing.budget * (1 + costsOfStop / stop)
  if (!(lost > atMost)) return null
  return (
    `A stop that is hit at its level loses the budget of ${exact(sizing.budget)} and costs of ` +
    `${exact(lost - sizing.budget)}: ${exact(lost)} together. Rounding down to whole shares can save it; gaps add to it.`
  )
}

const exact = (fraction: number) => `${(100 * fraction).toFixed(3)} %`

/** Largest fraction of equity one lot may take at its entry; null where nothing bounds it below the gross limit. */
function largestPosition({ sizing, limits }: RiskRules): number | null {
  const bounds = [limits.position, sizing.kind === 'conviction' ? sizing.max : undefined]
  if (sizing.kind === 'equal') bounds.push(sizing.fraction)
  const known = bounds.filter((bound) => bound !== undefined)
  return known.length > 0 ? Math.min(...known) : null
}
