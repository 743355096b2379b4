import { optimalBlockLength, percentileInterval, stationaryIndices } from '../../quant/bootstrap.ts'
import { perBreath, type Breathe } from '../breathe.ts'
import { resamples } from '../resampling/resampler.ts'
import { daysPerYear } from '../sizing.ts'
import { comparedFigures, type ComparedFigure, type ComparedPart, type Measure } from './contract.ts'
import { figuresOf } from './figures.ts'

/** One seed for every comparison: the same runs give the same intervals, whoever compares them. */
const seed = 19_940_101

/** Days below which an interval would say more than is known. */
const leastDays = 30

type Paired = Pick<ComparedPart, 'meanBlock' | 'values' | 'differences'>

/**
 * Figures of every run and their differences from the base, with percentile intervals of the stationary bootstrap
 * (Politis & Romano 1994): every resample draws the same days for all runs, so that what moved them alike cancels
 * out of the difference. The mean block is the longest that Politis & White (2004) find for any run or any
 * difference of two. Each run has its interval at 95 %; the differences together (Bonferroni over the runs).
 *
 * @param returns [runs][days] daily returns of the same days
 * @param cashRates [runs] yearly
 * @returns null when told to stop
 */
export async function pairedBootstrap(
  returns: Float64Array[],
  cashRates: number[],
  base: number,
  breathe: Breathe,
): Promise<Paired | null> {
  const days = returns[0].length
  const rates = cashRates.map((rate) => rate / daysPerYear)
  const meanBlock = blockOf(returns)
  const enough = days >= leastDays
  const drawn = returns.map(() => byFigure(() => new Float64Array(enough ? resamples : 0)))
  const indices = new Int32Array(days)
  for (let b = 0; enough && b < resamples; b++) {
    if (b % perBreath === 0 && !(await breathe())) return null
    stationaryIndices(indices, meanBlock, seed, b)
    for (const [run, series] of returns.entries()) {
      const figures = figuresOf(series, indices, rates[run])
      for (const figure of comparedFigures) drawn[run][figure][b] = figures[figure]
    }
  }
  const inOrder = Int32Array.from({ length: days }, (_, i) => i)
  const seen = returns.map((series, run) => figuresOf(series, inOrder, rates[run]))
  const together = 1 - 0.05 / Math.max(1, returns.length - 1)
  return {
    meanBlock,
    values: drawn.map((of, run) => byFigure((figure) => measure(seen[run][figure], of[figure], 0.95))),
    differences: drawn.map((of, run) =>
      byFigure((figure) =>
        measure(
          seen[run][figure] - seen[base][figure],
          of[figure].map((value, b) => value - drawn[base][figure][b]),
          together,
        ),
      ),
    ),
  }
}

/** The same whichever run is the base, so that another base changes no draw. */
function blockOf(returns: Float64Array[]): number {
  const pairs = returns.flatMap((a, i) =>
    returns.slice(i + 1).map((b) => a.map((value, day) => value - b[day])),
  )
  return Math.max(1, ...[...returns, ...pairs].map(optimalBlockLength))
}

function measure(value: number, drawn: Float64Array, confidence: number): Measure {
  return { value, ...percentileInterval(drawn, confidence) }
}

function byFigure<T>(of: (figure: ComparedFigure) => T): Record<ComparedFigure, T> {
  return {
    meanReturn: of('meanReturn'),
    sharpe: of('sharpe'),
    cagr: of('cagr'),
    maxDrawdown: of('maxDrawdown'),
  }
}
