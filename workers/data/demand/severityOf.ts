import { severities, type IncidentSeverity } from '../../quant/demandTables.ts'

/** Words of status pages, as letters and digits in lower case. */
const words: Record<string, IncidentSeverity> = {
  none: 'none',
  operational: 'none',
  informational: 'minor',
  information: 'minor',
  maintenance: 'maintenance',
  scheduled: 'maintenance',
  inprogress: 'maintenance',
  verifying: 'maintenance',
  undermaintenance: 'maintenance',
  scheduledmaintenance: 'maintenance',
  plannedmaintenance: 'maintenance',
  minor: 'minor',
  low: 'minor',
  degraded: 'minor',
  degradedperformance: 'minor',
  performanceissues: 'minor',
  warning: 'minor',
  major: 'major',
  medium: 'major',
  partialoutage: 'major',
  partial: 'major',
  critical: 'critical',
  high: 'critical',
  majoroutage: 'critical',
  fulloutage: 'critical',
  outage: 'critical',
  down: 'critical',
  // Amazon: informational, degradation, disruption.
  '0': 'none',
  '1': 'minor',
  '2': 'major',
  '3': 'critical',
}

/**
 * Index into `severities` of a word of a status page: Statuspage, Google (low, medium, high), Amazon (1, 2, 3).
 * −1 where the word says nothing about it (“Investigating”, “Update”).
 */
export function severityOf(word: string): number {
  const key = word.toLowerCase().replace(/[^a-z0-9]/g, '')
  return Object.hasOwn(words, key) ? severities.indexOf(words[key]) : -1
}
