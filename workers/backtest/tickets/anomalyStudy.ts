import { systemOf } from '../../systems/registry.ts'
import type { Params } from '../../systems/system.ts'
import { byDay, decided, type SignalDay } from '../study/placedEvents.ts'
import { studyOf } from '../study/study.ts'
import { decisionsOf } from './candidates.ts'
import type { AnomalyStudyRequest, AnomalyStudyResult } from './contract.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

/** Calendar days; what follows another within them belongs to the same spell. */
export const spellDays = 10

/**
 * What prices did around unusual days or signals, or a sentence why it cannot be asked so. Day 0 is the session
 * after the close at which the day was known, so nothing of the window from day 0 on was known before. Around
 * unusual days returns count as they are; around signals those of a short have their sign turned.
 */
export function anomalyStudy(
  market: TicketsMarket,
  params: Params,
  request: AnomalyStudyRequest,
): AnomalyStudyResult | string {
  const { panel, benchmark } = market
  const days =
    request.around === 'signals' ? signalDays(market, params) : unusualDays(market, params, request.around)
  const { first, later } = firstOfSpells(days)
  const events = byDay(first.map((day) => decided(panel, day)))
  const figures = studyOf({ panel, benchmark, events }, request)
  if (typeof figures === 'string') return figures
  const why = `Within ${spellDays} days of another of the same company: a spell counts once`
  const leftOut = later > 0 ? [{ why, count: later }, ...figures.leftOut] : figures.leftOut
  return { request, ...figures, leftOut }
}

/** Whether or not anything was traded. */
function unusualDays(market: TicketsMarket, params: Params, around: 'negative' | 'positive'): SignalDay[] {
  const { tables, panel } = market
  return decisionsOf(market, params)
    .filter(({ candidate }) => candidate.direction === (around === 'negative' ? -1 : 1))
    .map(({ candidate: { company, session } }) => ({
      symbol: tables.companies.symbol[company],
      day: panel.dates[session],
      direction: 1,
    }))
}

function signalDays({ panel, tables, benchmark }: TicketsMarket, params: Params): SignalDay[] {
  const tradable = Uint8Array.from(panel.symbols, (symbol) => (symbol === benchmark ? 0 : 1))
  const { day, symbol, direction } = systemOf('tickets').signals({ panel, tradable, demand: tables }, params)
  return Array.from(day.keys())
    .filter((row) => direction[row] !== 0)
    .map((row) => ({
      symbol: panel.symbols[symbol[row]],
      day: panel.dates[day[row]],
      direction: direction[row] > 0 ? 1 : -1,
    }))
}

/** Of days that follow one another within ten days, of one company and direction, the first; the others counted. */
export function firstOfSpells(days: SignalDay[]): { first: SignalDay[]; later: number } {
  const latest = new Map<string, number>()
  const first = [...days]
    .sort((a, b) => a.day - b.day)
    .filter(({ symbol, day, direction }) => {
      const key = `${direction} ${symbol}`
      const before = latest.get(key)
      latest.set(key, day)
      return before === undefined || day - before > spellDays
    })
  return { first, later: days.length - first.length }
}
