import { eventKinds, type FlightTables } from '../../quant/flightTables.ts'
import type { Panel } from '../../quant/panel.ts'
import { byDay, decided, placed, type SignalDay, type StudiedEvent } from '../study/placedEvents.ts'
import type { EventStudyRequest } from './contract.ts'

export type AnnouncedEvents = Pick<FlightTables, 'companies' | 'events'>

/**
 * The events to be studied, by day. Day 0 of an announcement is its own session or, where the exchange is
 * closed, the next; of a signal it is the session after the close that it was made at. It lies beyond the panel
 * where there is none.
 */
export function studiedEvents(
  panel: Panel,
  tables: AnnouncedEvents,
  signals: SignalDay[],
  around: EventStudyRequest['around'],
): StudiedEvent[] {
  if (around === 'signals') return byDay(signals.map((signal) => decided(panel, signal)))
  const { company, day, kind } = tables.events
  const found: StudiedEvent[] = []
  for (let i = 0; i < company.length; i++) {
    if (eventKinds[kind[i]] === around)
      found.push(announced(panel, tables.companies.symbol[company[i]], day[i]))
  }
  return byDay(found)
}

export const announced = (panel: Panel, symbol: string, day: number): StudiedEvent =>
  placed(panel, { symbol, day, direction: 1 }, day)
