import * as v from 'valibot'
import { AskFailed } from '../contract.ts'
import {
  amazonIncident,
  archivedIncident,
  googleIncident,
  statuspageIncident,
  type Incident,
} from './incidentShapes.ts'
import type { Refusals } from './refusals.ts'

const list = v.array(v.unknown())
const statuspageAnswer = v.object({ incidents: list, scheduled_maintenances: v.optional(list, []) })
const amazonAnswer = v.object({ archive: list, current: v.optional(list, []) })

/** The incidents of an answer, whichever of the known shapes it has; throws `AskFailed` where it has none. */
export function incidentsOf(answer: unknown, host: string, refusals: Refusals): Incident[] {
  const page = v.safeParse(statuspageAnswer, answer)
  if (page.success) {
    const { incidents, scheduled_maintenances } = page.output
    return [
      ...read(incidents, statuspageIncident, 'Incident', refusals),
      ...read(scheduled_maintenances, statuspageIncident, 'Maintenance', refusals),
    ]
  }
  const amazon = v.safeParse(amazonAnswer, answer)
  if (amazon.success) {
    const { archive, current } = amazon.output
    return [
      ...read(archive, amazonIncident, 'Incident', refusals),
      ...read(current, amazonIncident, 'Current incident', refusals),
    ]
  }
  if (Array.isArray(answer)) {
    const isGoogle = answer.some(
      (item) => typeof item === 'object' && item !== null && 'external_desc' in item,
    )
    return read(answer, isGoogle ? googleIncident : archivedIncident, 'Incident', refusals)
  }
  throw new AskFailed(
    'malformed',
    `${host} answered with no list of incidents. Give the address of a page made with Statuspage, or of a file such ` +
      'as https://status.cloud.google.com/incidents.json.',
  )
}

function read(
  items: unknown[],
  shape: (item: unknown, place: string, refusals: Refusals) => Incident | null,
  word: string,
  refusals: Refusals,
): Incident[] {
  return items.flatMap((item, index) => shape(item, `${word} ${index + 1}`, refusals) ?? [])
}
