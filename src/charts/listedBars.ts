import type { TradeChart } from '../../workers/backtest/api.ts'

/** A step of the raw factor beyond this is a split; smaller ones are dividends. */
const splitStep = 1.2

/**
 * Bars as the share was listed, in units of one day: prices of other days are those a holder from before a split
 * would compare with the strikes of that day.
 *
 * @param at index of the bar whose units count
 */
export function listedBars(chart: TradeChart, at: number): TradeChart {
  const { rawFactor } = chart
  const factor = Float64Array.from(rawFactor)
  for (const step of [1, -1]) {
    let split = 1
    for (let i = at + step; i >= 0 && i < factor.length; i += step) {
      const ratio = rawFactor[i] / rawFactor[i - step]
      if (ratio > splitStep || ratio < 1 / splitStep) split *= ratio
      factor[i] = rawFactor[i] / split
    }
  }
  const scaled = (prices: Float64Array) => prices.map((price, i) => price * factor[i])
  return {
    ...chart,
    open: scaled(chart.open),
    high: scaled(chart.high),
    low: scaled(chart.low),
    close: scaled(chart.close),
  }
}
