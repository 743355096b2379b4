import { log } from '../../quant/elementary.ts'
import type { Panel } from '../../quant/panel.ts'

/** A step of the raw factor larger than this between two bars is a split; dividends move it far less. */
const splitStep = 1.2
/** Splits are ratios of small whole numbers; dividends of the same day are not part of them. */
const largestPart = 50
const closeEnough = 0.03

/** What splits and dividends did to the shares of a panel, read from its raw factors. */
export class CorporateActions {
  /** [symbols × days] shares after the open of the day for one before; 1 on most days. */
  private readonly ratios: Float64Array
  /** [symbols × (days + 1)] sum of what dividends paid before the day, as logs of the price. */
  private readonly paid: Float64Array
  private readonly days: number

  constructor({ dates, symbols, rawFactor }: Panel) {
    const days = dates.length
    this.days = days
    this.ratios = new Float64Array(symbols.length * days).fill(1)
    this.paid = new Float64Array(symbols.length * (days + 1))
    if (!rawFactor) return
    for (let s = 0; s < symbols.length; s++) {
      let before = NaN
      for (let day = 0; day < days; day++) {
        const factor = rawFactor[s * days + day]
        let dividend = 0
        if (factor > 0) {
          const step = before / factor
          if (step > splitStep || step < 1 / splitStep) {
            const ratio = nearestRatio(step)
            this.ratios[s * days + day] = ratio
            dividend = Math.max(0, log(step / ratio))
          } else if (step > 1) dividend = log(step)
          before = factor
        }
        this.paid[s * (days + 1) + day + 1] = this.paid[s * (days + 1) + day] + dividend
      }
    }
  }

  /** Shares that one share of the day before became. */
  splitOn(symbol: number, day: number): number {
    return this.ratios[symbol * this.days + day]
  }

  /** Continuous yearly yield of the dividends of the year up to a day; what is not yet a year counts as it is. */
  dividendYield(symbol: number, day: number): number {
    const at = symbol * (this.days + 1) + day + 1
    const from = Math.max(0, day + 1 - tradingYear)
    const years = (day + 1 - from) / tradingYear
    return years < 0.25 ? 0 : (this.paid[at] - this.paid[symbol * (this.days + 1) + from]) / years
  }
}

const tradingYear = 252

/** The ratio of small whole numbers nearest to a step, or the step itself where none is near. */
export function nearestRatio(step: number): number {
  for (let part = 1; part <= 4; part++) {
    const whole = Math.round(step * part)
    if (whole >= 1 && whole <= largestPart && Math.abs(whole / part / step - 1) < closeEnough)
      return whole / part
  }
  for (let whole = 2; whole <= largestPart; whole++) {
    if (Math.abs(1 / whole / step - 1) < closeEnough) return 1 / whole
  }
  return step
}
