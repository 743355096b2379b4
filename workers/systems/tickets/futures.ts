import { Random } from '../../quant/random.ts'
import type { DailySeries, DemandTables } from '../../quant/demandTables.ts'
import { closeMinute } from './incidentsOpen.ts'

/** The tables as they were known at the close of an epoch day. */
export function demandUntil(tables: DemandTables, day: number): DemandTables {
  const close = day * 1440 + closeMinute
  const { incidents, news } = tables
  return {
    ...tables,
    tickets: { ...tables.tickets, value: knownValues(tables.tickets, day, () => NaN) },
    adoption: { ...tables.adoption, value: knownValues(tables.adoption, day, () => NaN) },
    incidents: {
      ...rows(incidents, (i) => incidents.known[i] <= day),
      resolved: Float64Array.from(
        at(incidents.resolved, (i) => incidents.known[i] <= day),
        (resolved) => (resolved > close ? NaN : resolved),
      ),
    },
    news: rows(news, (i) => news.known[i] <= day),
  }
}

/** The same past with other figures, incidents and headlines after the close of an epoch day. */
export function demandOfAnotherFuture(tables: DemandTables, day: number, seed: number): DemandTables {
  const random = new Random(seed)
  const close = day * 1440 + closeMinute
  const { incidents, news } = tables
  const other = (series: DailySeries) =>
    knownValues(series, day, (value) => {
      const draw = random.uniform()
      if (draw < 0.1) return NaN
      return draw < 0.3 ? 0 : Math.round((Number.isNaN(value) ? 10 : value) * 6 * random.uniform())
    })
  return {
    ...tables,
    tickets: { ...tables.tickets, value: other(tables.tickets) },
    adoption: { ...tables.adoption, value: other(tables.adoption) },
    incidents: {
      ...incidents,
      severity: incidents.severity.map((severity, i) =>
        incidents.known[i] > day ? random.below(5) : severity,
      ),
      resolved: incidents.resolved.map((resolved, i) =>
        resolved <= close ? resolved : Math.max(close + 1, incidents.started[i]) + random.below(20 * 1440),
      ),
    },
    news: {
      ...news,
      sentiment: news.sentiment.map((mood, i) => (news.known[i] > day ? 2 * random.uniform() - 1 : mood)),
    },
  }
}

/** Figures known at the close of a day as they are; later ones become something else. */
function knownValues(
  { value, known }: DailySeries,
  day: number,
  later: (value: number) => number,
): Float64Array {
  return value.map((figure, i) => (known[i] <= day ? figure : later(figure)))
}

/** The rows of a table of columns that are kept. */
function rows<T extends Record<string, ArrayLike<unknown>>>(table: T, isKept: (row: number) => boolean): T {
  return Object.fromEntries(
    Object.entries(table).map(([name, column]) => [
      name,
      Array.isArray(column) ? at(column, isKept) : (column as Float64Array).filter((_, i) => isKept(i)),
    ]),
  ) as unknown as T
}

function at<V>(column: ArrayLike<V>, isKept: (row: number) => boolean): V[] {
  return Array.from(column).filter((_, i) => isKept(i))
}
