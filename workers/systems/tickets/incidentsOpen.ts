import { severities, type DemandTables } from '../../quant/demandTables.ts'
import { sessionOf } from './sessionOf.ts'

/** Minutes after midnight UTC at which the exchange closes, in summer; what comes later belongs to the next session. */
export const closeMinute = 20 * 60
const dayMinutes = 1440
/** Calendar days after which an incident that nobody has closed is taken for forgotten. */
const forgotten = 14

const graveness = (severity: number) => Math.max(0, severity - severities.indexOf('maintenance'))

/**
 * The incidents of a company that are open at each close, overlapping ones merged: [companies × sessions] how grave
 * the gravest is: 0 = none open, 1 minor, 2 major, 3 critical. Planned maintenance and incidents without impact are
 * no trouble. An incident is open from the first close at which it is known until the close at or before which it
 * was resolved; that it will be resolved later is not known before. One that nobody has closed counts for 14 days.
 */
export function incidentsOpen(
  { companies, incidents }: Pick<DemandTables, 'companies' | 'incidents'>,
  dates: Int32Array,
): Uint8Array {
  const sessions = dates.length
  const open = new Uint8Array(companies.symbol.length * sessions)
  for (let i = 0; i < incidents.company.length; i++) {
    const grave = graveness(incidents.severity[i])
    if (grave === 0) continue
    const { until } = openDays(incidents.started[i], incidents.resolved[i])
    const start = incidents.company[i] * sessions
    for (let at = sessionOf(dates, incidents.known[i]); at < sessions; at++) {
      if (dates[at] * dayMinutes + closeMinute >= until) break
      open[start + at] = Math.max(open[start + at], grave)
    }
  }
  return open
}

/** Minutes since the epoch until which an incident counts as open. */
export function openDays(started: number, resolved: number): { until: number } {
  const longest = started + forgotten * dayMinutes
  return { until: resolved > started ? Math.min(resolved, longest) : resolved <= started ? started : longest }
}
