import * as v from 'valibot'
import type { IncidentRow } from '../collectedRows.ts'
import { instant } from './instants.ts'
import { plainText } from './plainText.ts'
import type { Refusals } from './refusals.ts'

/** What an incident is but whose: the rest is added where it is collected. */
export type Incident = Pick<IncidentRow, 'id' | 'title' | 'startedAt' | 'resolvedAt' | 'severity'>
type Read = (item: unknown, place: string, refusals: Refusals) => Incident | null

const name = v.pipe(v.string(), v.transform(plainText))
const word = v.pipe(v.string(), v.toLowerCase())
const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.minLength(1, 'an identifier'))

const statuspage = v.object({
  id,
  name,
  impact: v.nullish(word, 'minor'),
  status: v.nullish(word, ''),
  created_at: instant,
  started_at: v.nullish(instant),
  updated_at: v.nullish(instant),
  resolved_at: v.nullish(instant),
  scheduled_for: v.nullish(instant),
})
const over = new Set(['resolved', 'postmortem', 'completed'])

/** Statuspage, `/api/v2/incidents.json` and `/api/v2/summary.json`. Work that is only planned is left out. */
export const statuspageIncident: Read = (item, place, refusals) => {
  const one = refusals.read(statuspage, item, place)
  if (!one || one.status === 'scheduled') return null
  const isPlanned = one.scheduled_for != null
  return {
    id: one.id,
    title: one.name,
    startedAt: one.scheduled_for ?? one.started_at ?? one.created_at,
    resolvedAt: one.resolved_at ?? (over.has(one.status) ? one.updated_at : null) ?? NaN,
    severity: isPlanned ? 'maintenance' : one.impact,
  }
}

const google = v.object({
  id,
  begin: instant,
  end: v.nullish(instant),
  external_desc: name,
  severity: v.nullish(word, 'low'),
})
const googleSeverities: Record<string, string> = { low: 'minor', medium: 'major', high: 'critical' }

/** https://status.cloud.google.com/incidents.json */
export const googleIncident: Read = (item, place, refusals) => {
  const one = refusals.read(google, item, place)
  return (
    one && {
      id: one.id,
      title: one.external_desc,
      startedAt: one.begin,
      resolvedAt: one.end ?? NaN,
      severity: googleSeverities[one.severity] ?? one.severity,
    }
  )
}

const amazon = v.object({
  service: v.string(),
  service_name: name,
  summary: name,
  date: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform(Number),
    v.check((seconds) => seconds > 0 && seconds < 1e11, 'seconds since 1970'),
  ),
  status: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
})
const amazonSeverities: Record<string, string> = { 0: 'none', 1: 'minor', 2: 'major', 3: 'critical' }

/** Amazon’s `data.json`, which tells no ends. */
export const amazonIncident: Read = (item, place, refusals) => {
  const one = refusals.read(amazon, item, place)
  return (
    one && {
      id: `${one.service} ${one.date}`,
      // The mark comes when it is over; the incident stays the same.
      title: `${one.service_name}: ${one.summary.replace(/^\[RESOLVED\]\s*/i, '')}`,
      startedAt: one.date * 1000,
      resolvedAt: NaN,
      severity: amazonSeverities[one.status] ?? 'minor',
    }
  )
}

const record = v.object({
  id,
  title: name,
  started_at: instant,
  resolved_at: v.nullish(instant),
  impact: v.nullish(word, 'minor'),
})

/** Records of an archive of incidents, one object each. */
export const archivedIncident: Read = (item, place, refusals) => {
  const one = refusals.read(record, item, place)
  return (
    one && {
      id: one.id,
      title: one.title,
      startedAt: one.started_at,
      resolvedAt: one.resolved_at ?? NaN,
      severity: one.impact,
    }
  )
}
