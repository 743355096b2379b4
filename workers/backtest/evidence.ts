import { optimalBlockLength } from '../quant/bootstrap.ts'
import { mean, sampleDeviation, shape } from '../quant/moments.ts'
import type { Panel } from '../quant/panel.ts'
import type { Evidence, Flag, Verdict } from './api.ts'
import { accuracyOf, judgeClaims } from './claims.ts'
import type { FinishedRun } from './engine.ts'
import { alphaEvidence, excessReturns } from './excess.ts'
import { dailyIntervals, tradeIntervals } from './intervals.ts'
import { lossesOfEquity } from './lossesOfEquity.ts'
import type { Calendar } from './calendarDraws.ts'
import type { Breathe } from './breathe.ts'
import { notTested, robustnessOf } from './robustness.ts'
import { runKey, trialId, withParams } from './trialKey.ts'
import type { Charged, Trial, TrialFamily } from './trials.ts'
import { daysPerYear } from './sizing.ts'
import { robustnessMatters, verdictOf } from './verdict.ts'

/** A finished run as one thing that was tried. */
export function trialOf({ panel, report, scope, judged }: FinishedRun): Trial {
  const { system, params, benchmark } = report.request
  const { run } = judged
  const { dates } = report
  const key = runKey(system, panel.contents, dates[0], dates[dates.length - 1])
  return {
    id: trialId(withParams(key, params)),
    against: benchmark ?? '',
    firstDay: scope.range.first + 1,
    excess: excessReturns(run.returns, run.benchmarkReturns, run.riskFree),
    sharpe: dailySharpe(run.returns, run.riskFree),
  }
}

function dailySharpe(returns: Float64Array, riskFree: number): number {
  return (mean(returns) - riskFree / daysPerYear) / sampleDeviation(returns)
}

/**
 * The calendar of a panel. Its mean block is that of Politis and White for the mean return of all symbols: one
 * length for every trial, so that all see the same draws.
 */
export function calendarOf(panel: Panel): Calendar {
  const days = panel.dates.length
  const market = new Float64Array(Math.max(0, days - 1))
  for (let day = 1; day < days; day++) {
    let sum = 0
    let count = 0
    for (let at = day; at < panel.close.length; at += days) {
      const change = panel.close[at] / panel.close[at - 1] - 1
      if (!Number.isFinite(change)) continue
      sum += change
      count++
    }
    market[day - 1] = count > 0 ? sum / count : 0
  }
  return { days, meanBlock: optimalBlockLength(market) }
}

const lookAheadFlag: Flag = {
  id: 'look-ahead',
  severity: 'red',
  text: 'Decisions changed when the future was cut or scrambled: they use what nobody could know.',
}

/**
 * Intervals, p-value against everything tried, verdict and claims of a run. Intervals and claims are of the
 * out-of-sample part where there is one.
 *
 * @param charged of the run, once it was added to the family
 * @returns null when told to stop
 */
export async function evidenceOf(
  finished: FinishedRun,
  family: TrialFamily,
  charged: Charged,
  leaking: boolean,
  breathe: Breathe,
): Promise<Evidence | null> {
  const { report, judged, system, rules, entriesDecided } = finished
  const { run, strategy, trades } = judged
  const seed = report.request.seed
  // Taken together: a sweep may add to the family while the rest is computed.
  const tried = { trials: family.trials, pValue: family.pValue(charged) }

  const ofDays = await dailyIntervals(
    strategy.returns,
    judged.benchmark?.returns ?? null,
    run.riskFree,
    seed,
    breathe,
  )
  if (ofDays === null) return null
  const right = Math.round(accuracyOf(judged) * trades.length)
  const ofTrades = await tradeIntervals(trades, lossesOfEquity(run, trades), right, seed, breathe)
  if (ofTrades === null) return null
  const intervals = { ...ofDays, ...ofTrades }
  const hasSplit = judged.part === 'outOfSample'
  const verdict = await judge(finished, tried, leaking, breathe)
  if (verdict === null) return null
  return {
    hash: report.hash,
    intervals,
    ...tried,
    verdict,
    claims: judgeClaims(system.claims, {
      part: hasSplit ? judged : null,
      rules,
      entriesDecided,
      intervals,
    }),
  }
}

/** The verdict on a run with this p-value after so many trials; null when told to stop. */
export async function judge(
  finished: FinishedRun,
  tried: { trials: number; pValue: number },
  leaking: boolean,
  breathe: Breathe,
): Promise<Verdict | null> {
  const { report, judged } = finished
  const { run, strategy, benchmark, part } = judged
  const excess = excessReturns(strategy.returns, benchmark?.returns ?? null, run.riskFree)
  const grounds = {
    flags: leaking ? [lookAheadFlag, ...report.flags] : report.flags,
    trades: report.trades,
    days: run.returns.length,
    ...shape(run.returns),
    ...tried,
    outOfSample: part === 'outOfSample' ? alphaEvidence(excess).probability : null,
  }
  const robustness = robustnessMatters(grounds) ? await robustnessOf(finished, breathe) : notTested
  return robustness && verdictOf({ ...grounds, robustness })
}
