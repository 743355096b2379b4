import type { Panel } from '../../quant/panel.ts'

/** A share that did not trade for longer than this has no return over the gap. */
const longestGap = 10

/** The market that shares are measured against. */
export interface StudyMarket {
  /** Symbol, or what it is instead. */
  name: string
  /** [days] worth of what was 1 once; NaN on days without a price. */
  level: Float64Array
}

/** The benchmark where it is loaded, else QQQ, else every share in equal parts, rebalanced daily. */
export function studyMarket(panel: Panel, benchmark: string | null): StudyMarket {
  const days = panel.dates.length
  const symbol = [benchmark, 'QQQ'].find((each) => each !== null && panel.symbols.includes(each))
  if (symbol) {
    const start = panel.symbols.indexOf(symbol) * days
    return { name: symbol, level: panel.close.slice(start, start + days) }
  }
  const level = new Float64Array(days).fill(1)
  for (let day = 1; day < days; day++) {
    let sum = 0
    let traded = 0
    for (let start = 0; start < panel.close.length; start += days) {
      const change = panel.close[start + day] / panel.close[start + day - 1] - 1
      if (!Number.isFinite(change)) continue
      sum += change
      traded++
    }
    level[day] = level[day - 1] * (1 + (traded > 0 ? sum / traded : 0))
  }
  return { name: 'the equal-weighted mean of all shares', level }
}

/** Simple returns of a share and of the market over the same days; NaN = missing. */
export interface StudySeries {
  returns: Float64Array
  market: Float64Array
}

/**
 * Returns on the days `first` … `last` of the panel, which may lie outside of it. A return over a halt of up to
 * ten days is that since the last close, of the market too.
 *
 * @param share index into the symbols
 */
export function studySeries(
  panel: Panel,
  market: StudyMarket,
  share: number,
  first: number,
  last: number,
): StudySeries {
  const start = share * panel.dates.length
  const returns = new Float64Array(last - first + 1).fill(NaN)
  const marketReturns = new Float64Array(last - first + 1).fill(NaN)
  const { level } = market
  const priced = (day: number) => panel.close[start + day] > 0 && level[day] > 0
  for (let day = Math.max(1, first); day <= Math.min(last, panel.dates.length - 1); day++) {
    if (!priced(day)) continue
    let before = day - 1
    while (before >= 0 && day - before <= longestGap && !priced(before)) before--
    if (before < 0 || !priced(before)) continue
    returns[day - first] = panel.close[start + day] / panel.close[start + before] - 1
    marketReturns[day - first] = level[day] / level[before] - 1
  }
  return { returns, market: marketReturns }
}
