import { severities, type DemandProblem, type DemandTables } from '../../quant/demandTables.ts'
import type { Database } from '../database.ts'
import { rowsOfAll } from '../flights/rowsOfAll.ts'
import { plural } from '../quality/findings.ts'
import { knownOnCloseOf, minuteOfClose, minutesPerDay, minuteText } from './closeOf.ts'
import { Noticed } from './noticed.ts'
import { severityOf } from './severityOf.ts'

type Incidents = DemandTables['incidents']

/** Rows of one identifier further apart than this are incidents of their own: some files put a service there. */
const longestPause = 7 * minutesPerDay

interface Incident {
  company: number
  started: number
  resolved: number
  severity: number
  known: number
  title: string
}

/**
 * Incidents by company, then start. Rows of one incident become one: from the first start to the last end, as grave
 * as it was called by the close at which it was first known. An end that was seen late counts from when it was seen.
 * In a file that tells no ends each is over on the day after it was first known. Needs `demand_companies`.
 * @param watched of the tables, those that live sources give: an incident without an end there goes on
 */
export async function readIncidents(
  database: Database,
  tables: string[],
  watched: string[],
): Promise<{ incidents: Incidents; problems: DemandProblem[] }> {
  if (tables.length === 0) return { incidents: columnsOf([]), problems: [] }
  const rows = rowsOfAll(tables, 'symbol, started_at, resolved_at, severity, incident, title, known_at')
  const goesOn = ['false', ...watched.map((table) => `source = ${tables.indexOf(table)}`)].join(' OR ')
  const minutes = (column: string) => `epoch_ms(${column})::DOUBLE / 60000`
  const found = await database.query(
    `WITH row AS (
       SELECT *, bool_and(epoch_ms(started_at) % 86400000 = 0) OVER (PARTITION BY source) AS is_day_only,
         bool_or(resolved_at IS NOT NULL OR ${goesOn}) OVER (PARTITION BY source) AS tells_ends FROM ${rows}
       WHERE started_at IS NOT NULL
     )
     SELECT company.ordinal AS company, incident, title, severity, ${minutes('started_at')} AS started,
       COALESCE(${minutes('resolved_at')}, 'NaN'::DOUBLE) AS resolved, is_day_only::INTEGER AS day_only,
       COALESCE(known_at - DATE '1970-01-01', -2147483648)::INTEGER AS known, tells_ends::INTEGER AS tells_ends
     FROM row JOIN demand_companies AS company USING (symbol)
     ORDER BY company, incident, started, known, resolved, source, line`,
  )
  const company = found.integers('company')
  const [incident, title, severity] = ['incident', 'title', 'severity'].map((name) => found.texts(name))
  const started = found.numbers('started')
  const resolved = found.numbers('resolved')
  const dayOnly = found.integers('day_only')
  const told = found.integers('known')
  const tellsEnds = found.integers('tells_ends')
  const backwards = new Noticed()
  const repeated = new Noticed()
  const endless = new Noticed()
  const open = new Noticed()
  const merged: Incident[] = []
  let lastId = ''
  let lastEnd = NaN
  for (let i = 0; i < found.rows; i++) {
    const name = () => `${minuteText(started[i])} ${title[i] || incident[i]}`.trim()
    let end = resolved[i]
    if (end < started[i]) {
      backwards.add(() => `${name()}, ends ${minuteText(resolved[i])}`)
      end = NaN
    }
    const soonest = knownOnCloseOf(started[i]) + dayOnly[i]
    const known = Math.max(soonest, told[i])
    const last = merged.at(-1)
    const isSame =
      last?.company === company[i] &&
      (incident[i] === ''
        ? lastId === '' &&
          last.started === started[i] &&
          Object.is(last.resolved, end) &&
          last.title === title[i]
        : incident[i] === lastId &&
          started[i] - (Number.isNaN(lastEnd) ? last.started : lastEnd) <= longestPause)
    if (isSame) {
      repeated.add(name)
      const called = severityOf(severity[i])
      // A planned piece of work stays one, whatever its updates are called.
      const isPlanned = severities[last.severity] === 'maintenance'
      if (!isPlanned && Math.floor(started[i] / minutesPerDay) <= last.known) {
        last.severity = Math.max(last.severity, called)
      }
      // At the closes before, it was taken for open.
      if (known > Math.max(soonest, last.known)) end = Math.max(end, minuteOfClose(known - 1) + 1)
      if (!(end <= last.resolved)) last.resolved = end
      lastEnd = Math.max(started[i], Number.isNaN(end) ? lastEnd || started[i] : end)
      continue
    }
    if (!tellsEnds[i]) {
      endless.add(name)
      end = (known + 1) * minutesPerDay
    }
    merged.push({
      company: company[i],
      started: started[i],
      resolved: end,
      severity: severityOf(severity[i]),
      known,
      title: title[i],
    })
    lastId = incident[i]
    lastEnd = end
  }
  for (const one of merged) {
    if (one.severity < 0) one.severity = severities.indexOf('minor')
    if (Number.isNaN(one.resolved)) open.add(() => `${minuteText(one.started)} ${one.title}`.trim())
  }
  merged.sort((a, b) => a.company - b.company || a.started - b.started)
  return { incidents: columnsOf(merged), problems: problemsOf(backwards, repeated, endless, open) }
}

function columnsOf(incidents: Incident[]): Incidents {
  return {
    company: Int32Array.from(incidents, ({ company }) => company),
    started: Float64Array.from(incidents, ({ started }) => started),
    resolved: Float64Array.from(incidents, ({ resolved }) => resolved),
    severity: Uint8Array.from(incidents, ({ severity }) => severity),
    known: Int32Array.from(incidents, ({ known }) => known),
    title: incidents.map(({ title }) => title),
  }
}

function problemsOf(backwards: Noticed, repeated: Noticed, endless: Noticed, open: Noticed): DemandProblem[] {
  return [
    ...backwards.problem(
      'ends-before-it-begins',
      (n) => `${plural(n, 'row ends', 'rows end')} before the incident begins: the end counts as not told.`,
    ),
    ...repeated.problem(
      'same-incident',
      (n) =>
        `${plural(n, 'row repeats', 'rows repeat')} an incident or ${n === 1 ? 'tells' : 'tell'} a change of its ` +
        'status: the rows of an incident are taken as one, from its first start to its last end.',
    ),
    ...endless.problem(
      'ends-untold',
      (n) =>
        `${plural(n, 'incident comes', 'incidents come')} from a file that tells no ends: counted as open at the ` +
        'first close only.',
    ),
    ...open.problem(
      'no-end',
      (n) =>
        `${plural(n, 'incident has', 'incidents have')} no end: counted as open from then on, for 14 days at most.`,
    ),
  ]
}
