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
  const agreed = new Uint8Array(inForce.length)
  for (const candidate of work.candidates(params)) if (isCorroborated(candidate)) agreed[candidate.cell] = 1
  const { cell, series, day } = eitherByDay(tickets, inForce, other)
  const rows = cell.length
  const column = (values: Float64Array): Float64Array => gathered(new Float64Array(rows), values, cell)
  return {
    product: gathered(new Int32Array(rows), tickets.product, series),
    mood: gathered(new Uint8Array(rows), tickets.mood, series),
    day,
    count: column(tickets.value),
    expected: column(detection.expected),
    score: column(detection.score),
    tail: column(detection.tail),
    flagged: gathered(new Uint8Array(rows), inForce, cell),
    corroborated: gathered(new Uint8Array(rows), agreed, cell),
  }
}

/** Values at these places; there are many, and `from` with a function takes ten times as long. */
function gathered<T extends Float64Array | Int32Array | Uint8Array>(
  into: T,
  values: ArrayLike<number>,
  places: Int32Array,
): T {
  for (let i = 0; i < places.length; i++) into[i] = values[places[i]]
  return into
}

/** Cells that either rule flags, by day; of one day in the order of their series, which is that of products and moods. */
function eitherByDay(
  { product, offset, first }: TicketsMarket['tables']['tickets'],
  one: Uint8Array,
  other: Uint8Array,
): { cell: Int32Array; series: Int32Array; day: Int32Array } {
  const earliest = first.reduce((least, day) => Math.min(least, day), Infinity)
  const latest = first.reduce((most, day, i) => Math.max(most, day + offset[i + 1] - offset[i]), -Infinity)
  const days = Math.max(0, latest - earliest)
  // Where the rows of each day begin, by counting them first.
  const next = new Int32Array(days + 1)
  const each = (visit: (cell: number, series: number, day: number) => void): void => {
    for (let series = 0; series < product.length; series++)
      for (let cell = offset[series]; cell < offset[series + 1]; cell++)
        if (one[cell] || other[cell]) visit(cell, series, first[series] - earliest + cell - offset[series])
  }
  each((_cell, _series, day) => next[day + 1]++)
  for (let day = 0; day < days; day++) next[day + 1] += next[day]
  const rows = next[days]
  const found = { cell: new Int32Array(rows), series: new Int32Array(rows), day: new Int32Array(rows) }
  each((cell, series, day) => {
    const row = next[day]++
    found.cell[row] = cell
    found.series[row] = series
    found.day[row] = earliest + day
  })
  return found
}

/** Whether a source that is independent of the tickets agreed. */
export function isCorroborated({ parts }: Candidate): boolean {
  return partIds.some((id, i) => !own.has(id) && parts[i] > 0)
}
