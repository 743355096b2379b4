import type { ConfidencePart, TicketCandidate } from '../../../workers/backtest/api.ts'
import { number } from '../../charts/format.ts'

/** What each part of the confidence is called. */
export const partNames: Record<ConfidencePart['id'], string> = {
  base: 'Tickets',
  incident: 'Incident',
  sentiment: 'Share of complaints',
  news: 'News',
  downloads: 'Downloads',
  commits: 'Commits',
  release: 'New version',
}

/** “0.50 tickets + 0.30 incident = 0.80”, for those who do not see the bar. */
export function confidenceSum({ parts, confidence }: Pick<TicketCandidate, 'parts' | 'confidence'>): string {
  const terms = parts
    .filter(({ part }) => part > 0)
    .map(({ id, part }) => `${number(part)} ${partNames[id].toLowerCase()}`)
  const sum = parts.reduce((total, { part }) => total + part, 0)
  // Where the product has less weight than another of its company, the sum is scaled.
  const scaled =
    sum > 0 && Math.abs(sum - confidence) > 1e-6 ? `, times ${number(confidence / sum)} by weight` : ''
  return `${terms.join(' + ') || 'nothing'}${scaled} = ${number(confidence)}`
}
