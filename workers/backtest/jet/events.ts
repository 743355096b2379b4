import { marketModel } from '../../quant/events/marketModel.ts'
import { eventKinds } from '../../quant/flightTables.ts'
import type { Panel } from '../../quant/panel.ts'
import { outOfPrices, tooFewDays } from '../study/placedEvents.ts'
import { studyMarket, studySeries, type StudyMarket } from '../study/studySeries.ts'
import type { EventRow } from './contract.ts'
import { announced, type AnnouncedEvents } from './studyEvents.ts'

/** Ends a quarter before the event, so that what leaks beforehand is not taken for usual. */
export const usualEstimation: [number, number] = [-250, -65]

/** All announcements by day, with the abnormal return of their day where the prices allow one. */
export function eventTimeline(data: {
  panel: Panel
  tables: AnnouncedEvents
  /** Symbol; null, or one that is not loaded = QQQ, else the mean of all shares. */
  benchmark: string | null
}): EventRow[] {
  const { panel, tables } = data
  const market = studyMarket(panel, data.benchmark)
  const { symbol } = tables.companies
  const { company, day, kind, counterparty } = tables.events
  return Array.from(company, (each, i) => ({
    symbol: symbol[each],
    day: day[i],
    kind: eventKinds[kind[i]],
    counterparty: counterparty[i] < 0 ? '' : symbol[counterparty[i]],
    ...dayOf(panel, market, symbol[each], day[i]),
  }))
}

function dayOf(
  panel: Panel,
  market: StudyMarket,
  symbol: string,
  day: number,
): Pick<EventRow, 'studied' | 'why' | 'dayReturn'> {
  const event = announced(panel, symbol, day)
  const notStudied = (why: string) => ({ studied: false, why, dayReturn: NaN })
  const without = outOfPrices(panel, event)
  if (without) return notStudied(without)
  const [from, to] = usualEstimation
  const series = studySeries(panel, market, event.share, event.at + from, event.at)
  const few = tooFewDays(panel, event, series, from, { estimation: [from, to], window: [0, 0] })
  if (few) return notStudied(few)
  const { abnormal } = marketModel(series.returns, series.market, 0, to - from)
  return { studied: true, why: '', dayReturn: abnormal[-from] }
}
