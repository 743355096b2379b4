import type { Detection, TicketSeries } from '../../../workers/systems/tickets/detection.ts'

/** A change of level of all tickets of a company, on an epoch day. */
export interface LevelChange {
  start: number
  /** What stays, as a share of what was usual. */
  growth: number
}

/** Days within which a change counts as recognised. */
const WITHIN = 35
/** Days without which there is nothing to compare with, before and after. */
const BEFORE = 81
const AFTER = 42

const classes = [
  { from: -0.4, to: -0.3 },
  { from: -0.3, to: -0.15 },
  { from: 0.2, to: 0.35 },
  { from: 0.35, to: 0.5 },
  { from: 0.5, to: 0.7 },
]

/** How many changes of level are recognised, by size, and how soon; and what else is taken for one. */
export class LevelChanges {
  private readonly tallies = classes.map(() => ({ all: 0, days: [] as number[] }))
  private series = 0
  private others = 0

  add(detection: Detection, tickets: TicketSeries, i: number, changes: LevelChange[]): void {
    const first = tickets.first[i]
    const shift = detection.shift.subarray(tickets.offset[i], tickets.offset[i + 1])
    const recognised = new Set([...shift.keys()].filter((day) => shift[day] !== 0).map((day) => first + day))
    this.series++
    for (const { start, growth } of changes) {
      const day = [...recognised].find(
        (each) => each >= start && each < start + WITHIN && shift[each - first] === Math.sign(growth),
      )
      if (day !== undefined) recognised.delete(day)
      if (start < first + BEFORE || start > first + shift.length - AFTER) continue
      const tally = this.tallies[classes.findIndex(({ from, to }) => growth >= from && growth < to)]
      tally.all++
      if (day !== undefined) tally.days.push(day - start)
    }
    this.others += recognised.size
  }

  rows(): string[][] {
    const percent = (share: number) => `${share > 0 ? '+' : '−'}${Math.abs(100 * share).toFixed(0)} %`
    return this.tallies.map(({ all, days }, k) => [
      `${percent(classes[k].from)} to ${percent(classes[k].to)}`,
      String(all),
      `${((100 * days.length) / all).toFixed(0)} %`,
      String(days.sort((a, b) => a - b)[days.length >> 1] ?? '–'),
    ])
  }

  get summary(): string {
    return `${this.others} recognised where there was none, in ${this.series} series of five years.`
  }
}
