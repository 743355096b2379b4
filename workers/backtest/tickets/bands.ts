import { moods } from '../../quant/demandTables.ts'
import { madScore } from '../../systems/tickets/detectAnomalies.ts'
import { ticketWorkOf, type TicketWork } from '../../systems/tickets/ticketWork.ts'
import type { TicketsParams } from '../../systems/ticketsParams.ts'
import type { TicketBand } from './contract.ts'
import { largestUsual } from './largestUsual.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

/**
 * Counts of the products from day to day, with what is usual.
 *
 * @param from epoch days, both inclusive; days that a product does not have are left out
 */
export function ticketBands(
  { tables, panel }: TicketsMarket,
  params: TicketsParams,
  wanted: number[],
  from: number,
  to: number,
): TicketBand[] {
  const { tickets } = tables
  const work = ticketWorkOf(tables, panel.dates)
  const detection = work.detection(params)
  const upper = limitOf(work, params)
  const of = new Set(wanted)
  const bands: TicketBand[] = []
  for (let series = 0; series < tickets.product.length; series++) {
    const product = tickets.product[series]
    if (!of.has(product)) continue
    const [offset, first] = [tickets.offset[series], tickets.first[series]]
    const begin = Math.max(from, first)
    const end = Math.min(to, first + tickets.offset[series + 1] - offset - 1)
    if (begin > end) continue
    const cells = Array.from({ length: end - begin + 1 }, (_, i) => offset + begin - first + i)
    bands.push({
      product,
      mood: moods[tickets.mood[series]],
      from: begin,
      count: Float32Array.from(cells, (cell) => tickets.value[cell]),
      expected: Float32Array.from(cells, (cell) => detection.expected[cell]),
      upper: Float32Array.from(cells, (cell) => upper(cell, tickets.mood[series])),
      shifts: cells.flatMap((cell, i) => {
        const direction = detection.shift[cell]
        return direction === 1 || direction === -1 ? [{ day: begin + i, direction }] : []
      }),
    })
  }
  return bands
}

/** Largest count of a cell that the rule in force does not call unusual; NaN where it cannot tell. */
function limitOf(work: TicketWork, params: TicketsParams): (cell: number, mood: number) => number {
  const { baseline, mad, ratio, expected, size, known } = work.detection(params)
  if (params.unusualBy === 'tail') {
    const { first, limit } = work.discoveries(params)
    return (cell, mood) =>
      // Neutral tickets are never unusual.
      moods[mood] === 'neutral' ? NaN : largestUsual(expected[cell], size[cell], limit[known[cell] - first])
  }
  const { madFloor, negativeThreshold, positiveThreshold } = params
  return (cell, mood) => {
    if (moods[mood] === 'neutral') return NaN
    const threshold = moods[mood] === 'negative' ? negativeThreshold : positiveThreshold
    const deviation = Math.max(mad[cell], madFloor)
    const most = Math.round(ratio[cell] * (baseline[cell] + threshold * deviation)) + 1
    if (Number.isNaN(most)) return NaN
    // Counts are whole, so the few next to the threshold are held against the rule itself.
    for (let count = most; count >= most - 2; count--)
      if (!(madScore(count / ratio[cell] - baseline[cell], deviation) > threshold)) return count
    return Math.max(0, most - 3)
  }
}
