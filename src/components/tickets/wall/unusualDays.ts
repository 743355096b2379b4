import { moods, type TicketAnomalies, type TicketsStatus } from '../../../../workers/backtest/api.ts'
import { count, date, number, probability } from '../../../charts/format.ts'

type Product = TicketsStatus['products'][number]

/** How the wall is ordered. */
export type WallOrder = 'recent' | 'most' | 'name'

/** [products] rows of `TicketAnomalies` that the rule in force flags, in the order of their days. */
export function flaggedByProduct(anomalies: TicketAnomalies, products: number): number[][] {
  const rows: number[][] = Array.from({ length: products }, () => [])
  for (let row = 0; row < anomalies.day.length; row++)
    if (anomalies.flagged[row]) rows[anomalies.product[row]].push(row)
  return rows
}

/** Products with tickets whose symbol, company or name holds the text, in the order asked for. */
export function wallOrder(
  products: Product[],
  anomalies: TicketAnomalies,
  flagged: number[][],
  order: WallOrder,
  text: string,
  [from, to]: [from: number, to: number],
): number[] {
  const sought = text.trim().toLowerCase()
  const inRange = flagged.map((rows) =>
    rows.filter((row) => anomalies.day[row] >= from && anomalies.day[row] <= to),
  )
  const newest = inRange.map((rows) => (rows.length > 0 ? anomalies.day[rows[rows.length - 1]] : -Infinity))
  const shown = products.flatMap((product, i) =>
    product.moods.length > 0 &&
    `${product.symbol} ${product.company} ${product.name}`.toLowerCase().includes(sought)
      ? [i]
      : [],
  )
  const byName = (a: number, b: number): number =>
    compare(products[a].symbol, products[b].symbol) || compare(products[a].name, products[b].name)
  if (order === 'name') return shown.sort(byName)
  if (order === 'most') return shown.sort((a, b) => inRange[b].length - inRange[a].length || byName(a, b))
  return shown.sort((a, b) => compare(newest[b], newest[a]) || byName(a, b))
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** What the days of a product come to, for those who do not see the picture. */
export function productWords(product: Product, anomalies: TicketAnomalies, rows: number[]): string {
  const about = `${product.symbol}, ${product.name || product.company}: ${count(rows.length, 'unusual day')}`
  const last = rows[rows.length - 1]
  return last === undefined ? about : `${about}, the last on ${dayWords(anomalies, last)}`
}

/** “3 Mar 2024: 41 negative tickets, 12.3 expected, p 0.001, 8.2 MADs, corroborated”. */
export function dayWords(anomalies: TicketAnomalies, row: number): string {
  const mood = moods[anomalies.mood[row]]
  return [
    `${date(anomalies.day[row])}: ${count(anomalies.count[row], `${mood} ticket`)}`,
    `${number(anomalies.expected[row], { digits: 1 })} expected`,
    `p ${probability(anomalies.tail[row])}`,
    `${number(anomalies.score[row], { digits: 1 })} MADs`,
    anomalies.corroborated[row] ? 'corroborated' : 'nothing else agreed',
  ].join(', ')
}
