import { performance } from '../../quant/statistics.ts'
import { daysPerYear } from '../sizing.ts'
import type { SweepMetric } from '../sweep/contract.ts'
import type { WalkNumbers } from './contract.ts'

export const noNumbers: WalkNumbers = {
  sharpe: NaN,
  annualReturn: NaN,
  maxDrawdown: NaN,
  alpha: NaN,
  trades: NaN,
}

/** What came of a stretch of days; `benchmark` over the same days. */
export function numbersOf(
  returns: Float64Array,
  benchmark: Float64Array | null,
  riskFree: number,
  trades: number,
): WalkNumbers {
  const { sharpe, cagr, maxDrawdown, alpha } = performance(returns, {
    periodsPerYear: daysPerYear,
    riskFree,
    benchmark,
  })
  return { sharpe, annualReturn: cagr, maxDrawdown, alpha: benchmark === null ? NaN : alpha, trades }
}

/** What a training promised, over so many daily returns. */
export function promiseOf(metrics: Record<SweepMetric, number>, returns: number): WalkNumbers {
  const { sharpe, totalReturn, maxDrawdown, alpha, trades } = metrics
  const annualReturn = Math.max(0, 1 + totalReturn) ** (daysPerYear / returns) - 1
  return { sharpe, annualReturn, maxDrawdown, alpha, trades }
}

/** Of the promises that were made; NaN where there are none. */
export function meanOf(promises: WalkNumbers[]): WalkNumbers {
  const mean = (pick: (numbers: WalkNumbers) => number): number => {
    const values = promises.map(pick).filter((value) => !Number.isNaN(value))
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return {
    sharpe: mean(({ sharpe }) => sharpe),
    annualReturn: mean(({ annualReturn }) => annualReturn),
    maxDrawdown: mean(({ maxDrawdown }) => maxDrawdown),
    alpha: mean(({ alpha }) => alpha),
    trades: mean(({ trades }) => trades),
  }
}

/** Annual return got ÷ annual return promised; NaN where nothing was promised. */
export function efficiencyOf(got: WalkNumbers, promised: WalkNumbers): number {
  return promised.annualReturn > 0 ? got.annualReturn / promised.annualReturn : NaN
}

/**
 * [days of all test windows] growth of 1 that earns each day what the training of its window promised a year; a
 * window without a promise earns nothing.
 */
export function promiseLine(windows: { days: number; annualReturn: number }[]): Float64Array {
  const line = new Float64Array(windows.reduce((sum, { days }) => sum + days, 0))
  let value = 1
  let at = 0
  for (const { days, annualReturn } of windows) {
    const daily = Number.isNaN(annualReturn) ? 1 : (1 + annualReturn) ** (1 / daysPerYear)
    for (let day = 0; day < days; day++) line[at++] = value *= daily
  }
  return line
}
