import type { TableName } from '../schema.ts'
import { eventRules } from './eventChecks.ts'
import { flightRules } from './flightChecks.ts'
import type { RowRule } from './findings.ts'
import { optionRules } from './optionChecks.ts'

const incident = `concat_ws(' ', started_at::VARCHAR, symbol, nullif(incident, ''), nullif(severity, ''))`

const incidentRules: RowRule[] = [
  {
    name: 'over-before-it-began',
    kind: 'impossible',
    severity: 'warn',
    where: 'resolved_at < started_at',
    text: (count, n) => `${count} ${n === 1 ? 'incident is' : 'incidents are'} over before it began.`,
    example: incident,
  },
  {
    name: 'no-time',
    kind: 'outliers',
    severity: 'info',
    where: 'resolved_at = started_at',
    text: (count, n) =>
      `${count} ${n === 1 ? 'incident takes' : 'incidents take'} no time at all: entered afterwards, most likely.`,
    example: incident,
  },
  {
    name: 'long',
    kind: 'outliers',
    severity: 'info',
    where: 'epoch(resolved_at) - epoch(started_at) > 3 * 86400',
    text: (count, n) =>
      `${count} ${n === 1 ? 'incident lasts' : 'incidents last'} longer than three days: often one that nobody closed.`,
    example: incident,
  },
  {
    name: 'planned',
    kind: 'outliers',
    severity: 'info',
    where: `lower(severity) IN ('maintenance', 'scheduled', 'planned')`,
    text: (count, n) =>
      `${count} ${n === 1 ? 'row is' : 'rows are'} planned maintenance, announced before it began: no surprise to anybody.`,
    example: incident,
  },
]

const aircraftRules: RowRule[] = [
  {
    name: 'ends-before-it-begins',
    kind: 'impossible',
    severity: 'warn',
    where: 'valid_to < valid_from',
    text: (count, n) =>
      `${count} ${n === 1 ? 'row ends' : 'rows end'} before ${n === 1 ? 'it begins' : 'they begin'}.`,
    example: `concat_ws(' ', icao24, registration, valid_from::VARCHAR, 'to', valid_to::VARCHAR)`,
  },
  {
    name: 'no-company',
    kind: 'owners',
    severity: 'info',
    where: `symbol = '' AND owner <> ''`,
    text: (count, n) =>
      `${count} aircraft ${n === 1 ? 'names an owner' : 'name owners'} and no company. ` +
      'Match owners to companies before their flights can mean anything.',
    example: null,
  },
]

const airportRules: RowRule[] = [
  {
    name: 'null-island',
    kind: 'impossible',
    severity: 'warn',
    where: 'latitude = 0 AND longitude = 0',
    text: (count, n) =>
      `${count} ${n === 1 ? 'airport lies' : 'airports lie'} at 0° north, 0° east, in the sea: the place is missing.`,
    example: `concat_ws(' ', code, name)`,
  },
]

const companyRules: RowRule[] = [
  {
    name: 'no-name',
    kind: 'owners',
    severity: 'info',
    where: `name = ''`,
    text: (count, n) =>
      `${count} ${n === 1 ? 'company has' : 'companies have'} no name, so no owner can be matched to ${n === 1 ? 'it' : 'them'}.`,
    example: 'symbol',
  },
]

const nameless: RowRule = {
  name: 'no-ticker',
  kind: 'owners',
  severity: 'info',
  where: `symbol = '' AND company <> ''`,
  text: (count, n) =>
    `${count} ${n === 1 ? 'event names a company' : 'events name companies'} and no ticker. ` +
    'Match names to companies before they meet any prices.',
  example: null,
}

/** What single rows of each table are held against, beside what every table is held against. */
export const rowRules: Partial<Record<TableName, RowRule[]>> = {
  flights: flightRules,
  events: [...eventRules, nameless],
  options: optionRules,
  incidents: incidentRules,
  aircraft: aircraftRules,
  airports: airportRules,
  companies: companyRules,
}
