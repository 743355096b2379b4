import { Random } from '../../quant/random.ts'
import type { Breathe } from '../breathe.ts'
import type { FinishedRun } from '../engine.ts'
import { alphaOfRerun } from '../rerun.ts'
import { byChance } from './byChance.ts'
import { decidingDays } from './decidingDays.ts'
import { unknown, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { MovedSignals } from './movedSignals.ts'
import { Taken } from './taken.ts'

const reruns = 200
const stream = 1_000_002

/** Rows of the signals by what becomes of them in a rerun. */
interface Roles {
  /** Filled in the part that is judged: they enter anywhere; with the bars that each was held. */
  entries: { row: number; bars: number }[]
  /** Stay where they are, as they are: all decisions of before. */
  kept: number[]
  /** Stay where they are and only close what is held: closing decisions, and entries that closed the other side. */
  closing: number[]
}

/** So often a place is drawn for an entry, until it is free. */
const draws = 30

/**
 * Reruns in which every entry of the part that is judged happens on another day and in another symbol, drawn
 * evenly among those with a bar. Where a symbol has one lot at a time, places are drawn again until the trade would
 * not run into another one for as long as it was held: else the reruns would drop entries, hold less than the run,
 * and scatter less, and one run without skill in nine would pass (tests/operating-characteristics.md). Null when
 * told to stop.
 */
export async function randomEntriesOf(run: FinishedRun, breathe: Breathe): Promise<Measured | null> {
  const { entries, kept, closing } = rolesOf(run)
  if (entries.length === 0) return unknown('probability', `Nothing was entered${where(run)}.`)
  const { signals, panel, report } = run
  const places = placesOf(run)
  const days = panel.panel.dates.length
  const random = new Random(report.request.seed, stream)
  const rows = Int32Array.from([...kept, ...closing, ...entries.map(({ row }) => row)])
  const firstEntry = kept.length + closing.length
  const day = Int32Array.from(rows, (row) => signals.day[row])
  const symbol = Int32Array.from(rows, (row) => signals.symbol[row])
  const direction = Int8Array.from(rows, (row, i) =>
    i >= kept.length && i < firstEntry ? 0 : signals.direction[row],
  )
  const moved = new MovedSignals(signals, panel.panel, rows.length)
  const order = new Order(rows.length, days)
  const taken = run.rules.overlap ? null : heldBefore(run)
  const alphas = new Float64Array(reruns)
  for (let k = 0; k < reruns; k++) {
    if (!(await breathe())) return null
    taken?.next()
    for (let i = firstEntry; i < rows.length; i++) {
      const { bars } = entries[i - firstEntry]
      let tries = draws
      do {
        const place = places[random.below(places.length)]
        symbol[i] = Math.floor(place / days)
        day[i] = place % days
      } while (taken !== null && --tries > 0 && !taken.isFree(symbol[i], day[i] + 1, bars))
      taken?.take(symbol[i], day[i] + 1, bars)
    }
    const sorted = order.by(day)
    for (let at = 0; at < sorted.length; at++) {
      const i = sorted[at]
      moved.put(at, rows[i], day[i], symbol[i], direction[i])
    }
    alphas[k] = alphaOfRerun(run, moved.signals)
  }
  return byChance(run, alphas, 'random entries')
}

function rolesOf(run: FinishedRun): Roles {
  const { signals, report, scope, rules, judged } = run
  const { from, to } = decidingDays(run)
  const first = scope.range.first
  const key = (...parts: number[]) => parts.join(' ')
  const filled = new Map(
    judged.trades.map((trade) => [
      key(trade.symbol, first + trade.signalDay, trade.direction, trade.reason, trade.conviction),
      trade.exitDay - trade.entryDay + 1,
    ]),
  )
  const closed = new Set(
    report.trades
      .filter((trade) => trade.exitReason === 'signal')
      .map((trade) => key(trade.symbol, first + trade.exitDay - 1, -trade.direction)),
  )
  const roles: Roles = { entries: [], kept: [], closing: [] }
  for (let row = 0; row < signals.day.length; row++) {
    const [day, symbol, direction] = [signals.day[row], signals.symbol[row], signals.direction[row]]
    if (day > to) break
    if (day < from) {
      roles.kept.push(row)
      continue
    }
    if (direction === 0 || closed.has(key(symbol, day, direction))) roles.closing.push(row)
    const itself = key(symbol, day, direction, signals.reason?.[row] ?? -1, signals.conviction[row])
    const bars = filled.get(itself)
    if (direction === 0 || bars === undefined) continue
    roles.entries.push({ row, bars })
    // Where lots may not overlap only the first of equal rows was filled.
    if (!rules.overlap) filled.delete(itself)
  }
  return roles
}

/** Days on which trades entered before the part that is judged are still held in it. */
function heldBefore({ panel, report, scope, judged }: FinishedRun): Taken {
  const taken = new Taken(panel.panel.symbols.length, panel.panel.dates.length)
  const { first } = scope.range
  for (const { symbol, entryDay, exitDay } of report.trades) {
    if (entryDay < judged.from && exitDay >= judged.from)
      taken.keep(symbol, first + entryDay, first + exitDay)
  }
  return taken
}

/** Cells of the panel, symbol × days + day, in which an entry of the part that is judged can be decided. */
function placesOf(run: FinishedRun): Int32Array {
  const { panel, scope } = run
  const { from, to } = decidingDays(run)
  const { close, dates, symbols } = panel.panel
  const places: number[] = []
  for (let symbol = 0; symbol < symbols.length; symbol++) {
    if (scope.tradable[symbol] === 0) continue
    for (let day = from; day <= to; day++) {
      const cell = symbol * dates.length + day
      if (close[cell] > 0) places.push(cell)
    }
  }
  return Int32Array.from(places)
}

/** Sorts by day, equal days in the order given: a counting sort, as it runs once a rerun. */
class Order {
  private readonly order: Int32Array
  private readonly start: Int32Array

  constructor(rows: number, days: number) {
    this.order = new Int32Array(rows)
    this.start = new Int32Array(days + 1)
  }

  /** Places of the rows, earliest day first; the array is used again by the next call. */
  by(day: Int32Array): Int32Array {
    const { order, start } = this
    start.fill(0)
    for (const value of day) start[value + 1]++
    for (let d = 1; d < start.length; d++) start[d] += start[d - 1]
    for (let i = 0; i < day.length; i++) order[start[day[i]]++] = i
    return order
  }
}
