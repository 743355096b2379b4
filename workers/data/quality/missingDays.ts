import { calendarFrom, isTradingDay, tradingDays } from '../tradingCalendar.ts'
import type { Bars } from './bars.ts'

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
 * Trading days missing from a symbol. The calendar is New York's where the file keeps to it; else the
 * days on which at least half of the other symbols traded; null where neither can tell.
 */
export function missingDays(bars: Bars, others: Bars[]): MissingDays | null {
  const { day } = bars
  if (day.length < 2) return null
  const from = day[0]
  const to = day[day.length - 1]
  const newYork = keepsToNewYork(day)
  const expected = newYork ? tradingDays(Math.max(from, calendarFrom), to) : daysOfPeers(others, from, to)
  if (!expected) return null
  const present = new Set(day)
  const days = [...expected].filter((d) => !present.has(d))
  return {
    days,
    longest: longestHole(day),
    calendar: keepsToNewYork(day)
      ? 'the calendar of New York'
      : 'the days on which half of the others traded',
  }
}

function keepsToNewYork(day: Int32Array): boolean {
  const known = day.filter((d) => d >= calendarFrom)
  return known.length > 1 && known.filter(isTradingDay).length >= known.length * fit
}

function daysOfPeers(others: Bars[], from: number, to: number): Int32Array | null {
  if (others.length < fewestPeers) return null
  const listed = new Int32Array(to - from + 1)
  const traded = new Int32Array(to - from + 1)
  for (const { day } of others) {
    for (let d = Math.max(from, day[0]); d <= Math.min(to, day[day.length - 1]); d++) listed[d - from]++
    for (const d of day) if (d >= from && d <= to) traded[d - from]++
  }
  const days: number[] = []
  for (let i = 0; i < listed.length; i++) {
    if (listed[i] >= fewestPeers && traded[i] * 2 >= listed[i]) days.push(from + i)
  }
  return Int32Array.from(days)
}

function longestHole(day: Int32Array): Hole {
  let best = { from: day[0], to: day[0] }
  for (let i = 1; i < day.length; i++) {
    if (day[i] - day[i - 1] > best.to - best.from) best = { from: day[i - 1], to: day[i] }
  }
  return best
}
