import type { Panel } from '../../quant/panel.ts'
import { firstAtOrAfter } from '../range.ts'
import type { StudyDays } from './contract.ts'
import type { StudySeries } from './studySeries.ts'

/** Estimation days with a return that an event needs. */
export const fewestEstimated = 120

/** A decision of a system, to be studied like an announcement. */
export interface SignalDay {
  symbol: string
  /** Epoch day at whose close it was made. */
  day: number
  /** A short signal counts with its sign turned. */
  direction: 1 | -1
}

export interface StudiedEvent {
  symbol: string
  /** Epoch day of the announcement or the decision. */
  day: number
  /** Indices into the panel: the share, −1 without prices, and the session that is day 0. */
  share: number
  at: number
  direction: 1 | -1
}

/** An event whose day 0 is the first session on `notBefore` or later; beyond the panel where there is none. */
export function placed(panel: Panel, { symbol, day, direction }: SignalDay, notBefore: number): StudiedEvent {
  const at = firstAtOrAfter(panel.dates, notBefore)
  return { symbol, day, share: panel.symbols.indexOf(symbol), at, direction }
}

/** Day 0 of a decision is the session after the close that it was made at. */
export const decided = (panel: Panel, signal: SignalDay): StudiedEvent =>
  placed(panel, signal, signal.day + 1)

/** By day, then symbol. */
export const byDay = (events: StudiedEvent[]): StudiedEvent[] =>
  events.sort((a, b) => a.day - b.day || (a.symbol < b.symbol ? -1 : 1))

/** Why an event cannot be studied whatever the days around it; '' where it can. */
export function outOfPrices({ dates, close }: Panel, { share, at, day }: StudiedEvent): string {
  if (dates.length === 0 || share < 0) return 'No prices of the company are loaded'
  if (day < dates[0]) return 'Announced before the prices begin'
  if (at >= dates.length) return 'Announced after the prices end'
  const start = share * dates.length
  for (let later = at; later < dates.length; later++) if (close[start + later] > 0) return ''
  return 'Announced after the last price of the company'
}

/**
 * Why the days around an event are not enough; '' where they are.
 *
 * @param series on the days from `first`, relative to the event
 */
export function tooFewDays(
  panel: Panel,
  { at }: StudiedEvent,
  { returns }: StudySeries,
  first: number,
  { estimation, window }: Pick<StudyDays, 'estimation' | 'window'>,
): string {
  const traded = ([from, to]: [number, number]) =>
    returns.slice(from - first, to - first + 1).filter((each) => !Number.isNaN(each)).length
  if (traded(estimation) < fewestEstimated)
    return `Fewer than ${fewestEstimated} days of prices to estimate the usual return from`
  if (at + window[0] < 0 || at + window[1] >= panel.dates.length)
    return 'The window reaches beyond the prices'
  return traded(window) * 2 < window[1] - window[0] + 1
    ? 'The share did not trade on most days of the window'
    : ''
}
