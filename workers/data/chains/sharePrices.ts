import type { Panel } from '../../quant/panel.ts'

/** Raw close of a share on an epoch day; NaN where the prices in use do not have it. */
export type SharePrices = (symbol: string, day: number) => number

/** Digits that survive the way to the adjusted price and back. */
const digits = 10

/** What the shares cost by the prices of a panel, as they were listed. */
export function sharePricesOf({ symbols, dates, close, rawFactor }: Panel): SharePrices {
  const placeOf = new Map(symbols.map((symbol, place) => [symbol, place]))
  const indexOf = new Map(Array.from(dates, (day, index) => [day, index]))
  return (symbol, day) => {
    const place = placeOf.get(symbol)
    const index = indexOf.get(day)
    if (place === undefined || index === undefined) return NaN
    const at = place * dates.length + index
    return Number((close[at] * (rawFactor?.[at] ?? 1)).toPrecision(digits))
  }
}

/** Nothing is known of any share: the chains and the prices in use have nothing to do with each other. */
export const noSharePrices: SharePrices = () => NaN
