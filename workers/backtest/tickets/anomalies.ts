import { partIds, type Candidate } from '../../systems/tickets/candidates.ts'
import { ticketWorkOf } from '../../systems/tickets/ticketWork.ts'
import type { TicketsParams } from '../../systems/ticketsParams.ts'
import type { TicketAnomalies } from './contract.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

/** Parts of the confidence that are of the tickets themselves. */
const own = new Set(['base', 'sentiment'])

/** The days that either rule calls unusual, by day, then product, then mood. */
export function ticketAnomalies({ tables, panel }: TicketsMarket, params: TicketsParams): TicketAnomalies {
  const { tickets } = tables
  const work = ticketWorkOf(tables, panel.dates)
  const detection = work.detection(params)
  const inForce = work.flagged(params)
  const other = work.flagged({ ...params, unusualBy: params.unusualBy === 'tail' ? 'mad' : 'tail' })
  const agreed = new Set(
    work
      .candidates(params)
      .filter(isCorroborated)
      .map(({ cell }) => cell),
  )
  const rows: { cell: number; product: number; mood: number; day: number }[] = []
  for (let series = 0; series < tickets.product.length; series++) {
    const [product, mood] = [tickets.product[series], tickets.mood[series]]
    const start = tickets.offset[series]
    for (let cell = start; cell < tickets.offset[series + 1]; cell++)
      if (inForce[cell] || other[cell])
        rows.push({ cell, product, mood, day: tickets.first[series] + cell - start })
  }
  rows.sort((a, b) => a.day - b.day || a.product - b.product || a.mood - b.mood)
  const column = (value: (cell: number) => number): Float64Array =>
    Float64Array.from(rows, ({ cell }) => value(cell))
  return {
    product: Int32Array.from(rows, ({ product }) => product),
    mood: Uint8Array.from(rows, ({ mood }) => mood),
    day: Int32Array.from(rows, ({ day }) => day),
    count: column((cell) => tickets.value[cell]),
    expected: column((cell) => detection.expected[cell]),
    score: column((cell) => detection.score[cell]),
    tail: column((cell) => detection.tail[cell]),
    flagged: Uint8Array.from(rows, ({ cell }) => inForce[cell]),
    corroborated: Uint8Array.from(rows, ({ cell }) => Number(agreed.has(cell))),
  }
}

/** Whether a source that is independent of the tickets agreed. */
export function isCorroborated({ parts }: Candidate): boolean {
  return partIds.some((id, i) => !own.has(id) && parts[i] > 0)
}
