import { resamplerOf } from '../../../workers/backtest/calendarDraws.ts'
import type { Verdict } from '../../../workers/backtest/api.ts'
import { calendarOf, judge, trialOf } from '../../../workers/backtest/evidence.ts'
import { metricOf } from '../../../workers/backtest/guards/measured.ts'
import type { FinishedRun } from '../../../workers/backtest/engine.ts'
import { tSteps } from '../../../workers/backtest/resampling/maxima.ts'
import type { Resampler } from '../../../workers/backtest/resampling/resampler.ts'
import { TrialFamily } from '../../../workers/backtest/trials.ts'
import type { CarriedTrials } from '../../../workers/backtest/trials.ts'
import { quantile } from '../../../workers/quant/quantiles.ts'
import { sampleDeviation } from '../../../workers/quant/moments.ts'
import { coinFlips, customRequest, equalFraction, held, loadedWith } from './coinFlips.ts'
import type { Entry } from './coinFlips.ts'
import { finished } from './finished.ts'
import { chargeSearch } from './chargeSearch.ts'
import { marketDays, martingaleReturns, panelOf, tradedSymbols } from './randomMarket.ts'

/** True Sharpe ratios a year. */
export const sharpes = [0, 0.5, 1, 1.5, 2, 2.5, 3]

/** Strategies that are planted in each market, one after the other. */
export const plantedPerMarket = 4

export interface Judged {
  verdict: Verdict['kind']
  pValue: number
}

/** One strategy whose true Sharpe ratio is known, and what is found of it. */
export interface Planted {
  wanted: number
  /** A year, over all days. */
  measured: number
  /** The probabilistic Sharpe ratio over all days, and over the last two fifths, is at least 95 %. */
  byAllDays: boolean
  byOutOfSample: boolean
  /** By number of trials: this one alone; and after a search in which there was nothing to find. */
  alone: Judged
  searched: Judged
  /** t that the best of the search reaches by chance in one of 20 resamples. */
  hurdle: number
}

const daysPerYear = 252
const confident = 0.95
const neverStop = () => Promise.resolve(true)

/**
 * Strategies with a known true Sharpe ratio in one market. Each tosses coins (`coinFlips`), and prices then follow
 * its decisions: from the open at which it enters, for as long as it holds, the symbol gains δ a day in the direction
 * of the trade. δ = wanted Sharpe ratio ÷ √252 × σ ÷ exposure, where σ is the daily deviation of the same strategy
 * without that gain, and exposure the mean share of equity in its trades. Held for ten days, a day late it keeps
 * nine tenths of it.
 */
export async function measurePower(seed: number, trials: number, levels = sharpes): Promise<Planted[]> {
  const returns = martingaleReturns(seed)
  const nothing = panelOf(returns)
  const resampler = resamplerOf(calendarOf(nothing))
  const search = chargeSearch(nothing, trials, seed)
  const hurdle = quantile(search.studentised, 0.95) / tSteps
  const samples: Planted[] = []
  for (let strategy = 0; strategy < plantedPerMarket; strategy++) {
    const entries = coinFlips(seed, strategy)
    const request = customRequest(nothing, false)
    const idle = finished(loadedWith(nothing, entries, 'idle'), request)
    const barsHeld = idle.report.trades.reduce((sum, { bars }) => sum + bars, 0)
    const exposure = (equalFraction * barsHeld) / marketDays
    const perSharpe = sampleDeviation(idle.judged.run.returns) / Math.sqrt(daysPerYear) / exposure
    for (const wanted of levels) {
      const panel = panelOf(returns, pushOf(entries, wanted * perSharpe))
      const loaded = loadedWith(panel, entries, `${seed} ${strategy} ${wanted}`)
      const whole = finished(loaded, request)
      const run = finished(loaded, customRequest(panel, true))
      samples.push({
        wanted,
        measured: metricOf(whole, 'sharpe'),
        byAllDays: metricOf(whole, 'probabilisticSharpe') >= confident,
        byOutOfSample: metricOf(run, 'probabilisticSharpe') >= confident,
        alone: await judged(run, null, resampler),
        searched: await judged(run, search, resampler),
        hurdle,
      })
    }
  }
  return samples
}

/** [symbols × days] what prices gain from open to close because the strategy is in the market. */
function pushOf(entries: Entry[], perDay: number): Float64Array {
  const push = new Float64Array((1 + tradedSymbols) * marketDays)
  for (const { day, symbol, direction } of entries) {
    const from = symbol * marketDays + day + 1
    const to = symbol * marketDays + Math.min(marketDays, day + 1 + held)
    push.fill(direction * perDay, from, to)
  }
  return push
}

async function judged(run: FinishedRun, before: CarriedTrials | null, resampler: Resampler): Promise<Judged> {
  const family = new TrialFamily()
  if (before !== null) family.carry(before)
  const charged = family.add(trialOf(run), resampler)
  const tried = { trials: family.trials, pValue: family.pValue(charged) }
  const verdict = await judge(run, tried, false, neverStop)
  return { verdict: verdict!.kind, pValue: tried.pValue }
}
