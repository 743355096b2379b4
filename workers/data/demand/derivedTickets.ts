import { moods, severities, type DemandProblem, type DemandTables } from '../../quant/demandTables.ts'
import { plural } from '../quality/findings.ts'
import { minutesPerDay } from './closeOf.ts'
import { Noticed } from './noticed.ts'
import type { AdoptionSeriesRead } from './readAdoption.ts'
import type { Series } from './series.ts'

/** Fewer days of downloads say nothing about what is usual. */
const fewestDays = 28
/** What a product of incidents is called. */
export const incidentsName = 'incidents'

/** Counts of something else in the place of tickets, for a company that has none. */
export interface DerivedSeries extends Series {
  company: number
  mood: number
}

/**
 * Incidents begun on each day, of each company without tickets, from the first to the last; planned work and what had
 * no effect is no incident here. The count of a day is known on the day after.
 */
export function ticketsOfIncidents(
  { company, started, severity }: DemandTables['incidents'],
  hasTickets: ReadonlySet<number>,
  symbols: string[],
): { series: DerivedSeries[]; problems: DemandProblem[] } {
  const days = new Map<number, number[]>()
  company.forEach((of, i) => {
    if (hasTickets.has(of) || severity[i] < severities.indexOf('minor')) return
    const day = Math.floor(started[i] / minutesPerDay)
    const known = days.get(of)
    if (known) known.push(day)
    else days.set(of, [day])
  })
  const noticed = new Noticed()
  const series = [...days].map(([of, began]) => {
    // Incidents come sorted by their start.
    const first = began[0]
    const value = new Float64Array(began[began.length - 1] - first + 1)
    for (const day of began) value[day - first]++
    noticed.add(() => `${symbols[of]}: ${plural(began.length, 'incident')} in ${plural(value.length, 'day')}`)
    const known = Int32Array.from(value, (_, at) => first + at + 1)
    return { company: of, mood: moods.indexOf('negative'), first, value, known }
  })
  return {
    series,
    problems: noticed.problem(
      'from-incidents',
      (n) =>
        `${plural(n, 'company has', 'companies have')} no tickets: the incidents begun on each day are counted in ` +
        'their place, as negative. Incidents cannot confirm such a count.',
    ),
  }
}

/** Daily downloads of each company without tickets, as positive counts: a surge is an unusual day. */
export function ticketsOfDownloads(
  adoption: AdoptionSeriesRead[],
  companyOf: (pair: number) => number,
  hasTickets: ReadonlySet<number>,
  symbols: string[],
): { series: (DerivedSeries & { pair: number })[]; problems: DemandProblem[] } {
  const noticed = new Noticed()
  const series = adoption
    .filter(({ pair, metric, span, value }) => {
      if (metric !== 'downloads' || span !== 1 || hasTickets.has(companyOf(pair))) return false
      const told = value.filter((figure) => !Number.isNaN(figure))
      return told.length >= fewestDays && told.every((figure) => Number.isInteger(figure) && figure >= 0)
    })
    .map(({ pair, first, value, known }) => {
      const company = companyOf(pair)
      noticed.add(() => `${symbols[company]}: ${plural(value.length, 'day')}`)
      return {
        pair,
        company,
        mood: moods.indexOf('positive'),
        first,
        value: value.slice(),
        known: known.slice(),
      }
    })
  return {
    series,
    problems: noticed.problem(
      'from-downloads',
      (n) =>
        `${plural(n, 'package belongs', 'packages belong')} to a company without tickets: the downloads of each day ` +
        'are taken in their place, as positive. Downloads cannot confirm such a count.',
    ),
  }
}
