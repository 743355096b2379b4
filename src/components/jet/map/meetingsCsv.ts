import type { CoLocation } from '../../../../workers/backtest/api.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** Meetings at one airport, times in UTC; empty where a landing is not timed. */
export function meetingsCsv(meetings: readonly CoLocation[]): string {
  const time = (minutes: number) =>
    Number.isFinite(minutes) ? `${new Date(minutes * 60_000).toISOString().slice(0, 16)}Z` : ''
  const head = [
    'airport', 'headquarters_of', 'company', 'aircraft', 'landed_at', 'other_company', 'other_aircraft',
    'other_landed_at', 'hours_apart',
  ] // prettier-ignore
  const rows = meetings.map(({ airport, headquartersOf, first, second, apart }) => [
    textCell(airport),
    textCell(headquartersOf),
    textCell(first.symbol),
    textCell(first.registration),
    time(first.arrived),
    textCell(second.symbol),
    textCell(second.registration),
    time(second.arrived),
    numberCell(apart),
  ])
  return csvFile([head, ...rows])
}
