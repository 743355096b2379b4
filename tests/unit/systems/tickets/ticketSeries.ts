import { moods, type TicketMood } from '../../../../workers/quant/demandTables.ts'
import type { TicketSeries } from '../../../../workers/systems/tickets/detection.ts'

/** Series of daily counts, each from the same Thursday on and known a day later unless said. */
export function ticketSeries(
  counts: readonly (readonly number[])[],
  { mood = 'negative', lag = 1 }: { mood?: TicketMood; lag?: number | ((day: number) => number) } = {},
): TicketSeries {
  const first = 18_000
  const offset = new Int32Array(counts.length + 1)
  counts.forEach((row, i) => (offset[i + 1] = offset[i] + row.length))
  const lagOf = typeof lag === 'number' ? () => lag : lag
  return {
    offset,
    first: new Int32Array(counts.length).fill(first),
    value: Float64Array.from(counts.flat()),
    known: Int32Array.from(counts.flatMap((row) => row.map((_, day) => first + day + lagOf(day)))),
    product: Int32Array.from(counts.keys()),
    mood: new Uint8Array(counts.length).fill(moods.indexOf(mood)),
  }
}
