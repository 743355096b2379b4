import { log } from '../../quant/elementary.ts'
import type { Panel } from '../../quant/panel.ts'

/** Trading days of the estimation window, how long before the day it ends, and how many must have traded. */
const estimationDays = 250
const estimationGap = 65
const leastDays = 100

export interface AbnormalPath {
  /** [days after the first] cumulative abnormal log return; days without trade add nothing */
  cumulative: Float64Array
  /** of a day's abnormal return in the estimation window */
  deviation: number
}

/**
 * Abnormal returns by the market model (MacKinlay 1997): return − α − β · market, both estimated by least squares over
 * the 250 trading days that end 65 before.
 */
export class MarketModel {
  private readonly market: Float64Array

  /** @param benchmark index in the panel; −1 = the mean of all symbols */
  constructor(
    private readonly panel: Panel,
    benchmark: number,
  ) {
    const { dates, symbols } = panel
    this.market = new Float64Array(dates.length).fill(NaN)
    for (let day = 1; day < dates.length; day++) {
      if (benchmark >= 0) {
        this.market[day] = this.returnOn(benchmark, day)
        continue
      }
      let sum = 0
      let count = 0
      for (let symbol = 0; symbol < symbols.length; symbol++) {
        const value = this.returnOn(symbol, day)
        if (Number.isNaN(value)) continue
        sum += value
        count++
      }
      this.market[day] = count > 0 ? sum / count : NaN
    }
  }

  /** Log return of a day on which the symbol traded, as on the day before; else NaN. */
  returnOn(symbol: number, day: number): number {
    const { close, dates } = this.panel
    const at = symbol * dates.length + day
    return log(close[at] / close[at - 1])
  }

  /** The days after `from`, up to and with `to`; null where too little is known. */
  path(symbol: number, from: number, to: number): AbnormalPath | null {
    const fit = this.fit(symbol, from - estimationGap)
    if (!fit || to <= from) return null
    const cumulative = new Float64Array(to - from)
    let sum = 0
    for (let day = from + 1; day <= to; day++) {
      const abnormal = this.returnOn(symbol, day) - fit.alpha - fit.beta * this.market[day]
      if (!Number.isNaN(abnormal)) sum += abnormal
      cumulative[day - from - 1] = sum
    }
    return { cumulative, deviation: fit.deviation }
  }

  /** @param end first day behind the window */
  private fit(symbol: number, end: number): { alpha: number; beta: number; deviation: number } | null {
    let n = 0
    let x = 0
    let y = 0
    let xx = 0
    let xy = 0
    let yy = 0
    for (let day = Math.max(1, end - estimationDays); day < end; day++) {
      const own = this.returnOn(symbol, day)
      const market = this.market[day]
      if (Number.isNaN(own) || Number.isNaN(market)) continue
      n++
      x += market
      y += own
      xx += market * market
      xy += market * own
      yy += own * own
    }
    if (n < leastDays) return null
    const varX = xx - (x * x) / n
    const beta = varX > 0 ? (xy - (x * y) / n) / varX : 0
    const residual = yy - (y * y) / n - beta * (xy - (x * y) / n)
    return { alpha: (y - beta * x) / n, beta, deviation: Math.sqrt(Math.max(0, residual) / (n - 2)) }
  }
}
