import { calendarFrom, isTradingDay, tradingDays } from '../tradingCalendar.ts'

export interface Hole {
  /** Last day before and first day after. */
  from: number
  to: number
}

export interface MissingDays {
  /** Trading days without a row, between the first and the last row. */
  days: number[]
  /** Longest stretch without a row. */
  longest: Hole
  /** Which calendar said so, in words. */
  calendar: string
}

/** Files whose days are at least this often trading days of New York are held to its calendar. */
const fit = 0.98
const fewestPeers = 3

/**
 * Trading days missing from the days of a symbol (ascending). The calendar is New York's where the file
 * keeps to it; else the days on which at least half of the other symbols traded; null where neither can tell.
 */
export function missingDays(day: Int32Array, peers: PeerDays): MissingDays | null {
  if (day.length < 2) return null
  const from = day[0]
  const to = day[day.length - 1]
  const newYork = keepsToNewYork(day)
  const expected = newYork ? tradingDays(Math.max(from, calendarFrom), to) : peers.daysOfOthers(day)
  if (!expected) return null
  const present = new Set(day)
  return {
    days: [...expected].filter((d) => !present.has(d)),
    longest: longestHole(day),
    calendar: newYork ? 'the calendar of New York' : 'the days on which half of the others traded',
  }
}

function keepsToNewYork(day: Int32Array): boolean {
  const known = day.filter((d) => d >= calendarFrom)
  return known.length > 1 && known.filter(isTradingDay).length >= known.length * fit
}

/** On each day, how many symbols are listed and how many of them trade. */
export class PeerDays {
  readonly #first: number
  readonly #listed: Int32Array
  readonly #traded: Int32Array

  constructor(symbols: Int32Array[]) {
    const listed = symbols.filter((day) => day.length > 0)
    this.#first = listed.reduce((first, day) => Math.min(first, day[0]), Infinity)
    const last = listed.reduce((latest, day) => Math.max(latest, day[day.length - 1]), -Infinity)
    const days = listed.length > 0 ? last - this.#first + 1 : 0
    this.#listed = new Int32Array(days)
    this.#traded = new Int32Array(days)
    for (const day of listed) {
      this.#listed
        .subarray(day[0] - this.#first, day[day.length - 1] - this.#first + 1)
        .forEach((n, i, part) => {
          part[i] = n + 1
        })
      for (const d of day) this.#traded[d - this.#first]++
    }
  }

  /** Days within those of one of the symbols on which at least half of the others traded; null with too few others. */
  daysOfOthers(day: Int32Array): Int32Array | null {
    const own = new Set(day)
    const expected: number[] = []
    let enough = false
    for (let d = day[0]; d <= day[day.length - 1]; d++) {
      const others = this.#listed[d - this.#first] - 1
      if (!(others >= fewestPeers)) continue
      enough = true
      if ((this.#traded[d - this.#first] - Number(own.has(d))) * 2 >= others) expected.push(d)
    }
    return enough ? Int32Array.from(expected) : null
  }
}

function longestHole(day: Int32Array): Hole {
  let best = { from: day[0], to: day[0] }
  for (let i = 1; i < day.length; i++) {
    if (day[i] - day[i - 1] > best.to - best.from) best = { from: day[i - 1], to: day[i] }
  }
  return best
}
