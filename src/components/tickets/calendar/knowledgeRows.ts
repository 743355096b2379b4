import type { KnowledgeCalendar } from '../../../../workers/backtest/api.ts'
import { date, number } from '../../../charts/format.ts'

export type KnowledgeRow = KnowledgeCalendar['rows'][number]

const severities = ['no impact', 'maintenance', 'minor', 'major', 'critical']

/** What is told first, because the end is cut off where there is little room: “negative · help desk”. */
export const shortLabel = (label: string): string => label.split(' · ').reverse().join(' · ')

/** Whose colour a cell has: bad news orange, good news blue, the rest grey. */
export function toneOfCell({ kind, label, value }: KnowledgeRow, i: number): 'loss' | 'gain' | 'plain' {
  if (kind === 'incident') return value[i] >= 2 ? 'loss' : 'plain'
  if (kind === 'news') return value[i] < 0 ? 'loss' : value[i] > 0 ? 'gain' : 'plain'
  if (kind === 'tickets')
    return label.endsWith('negative') ? 'loss' : label.endsWith('positive') ? 'gain' : 'plain'
  return 'plain'
}

/** [days] 0–1, how strongly the cells of a row are filled. */
export function strengths({ kind, value }: KnowledgeRow): number[] {
  if (kind === 'incident') return Array.from(value, (severity) => Math.max(0.25, severity / 4))
  if (kind === 'news') return Array.from(value, (mood) => 0.25 + 0.75 * Math.min(1, Math.abs(mood) || 0))
  const most = value.reduce((a, b) => (b > a ? b : a), 0)
  return Array.from(value, (each) => (most > 0 && each > 0 ? 0.12 + 0.88 * Math.sqrt(each / most) : 0))
}

/** What a cell tells, without its day: “12 tickets”, “major”, “−0.40”. */
export function valueWords({ kind, value }: KnowledgeRow, i: number): string {
  const told = value[i]
  switch (kind) {
    case 'tickets':
      return Number.isNaN(told) ? 'not told' : number(told, { digits: 0 })
    case 'adoption':
      return Number.isNaN(told) ? 'not told' : number(told, { digits: told % 1 ? 2 : 0 })
    case 'incident':
      return `${severities[told] ?? 'unknown'} incident`
    case 'news':
      return Number.isNaN(told) ? 'headlines, not judged' : `headlines at ${number(told, { signed: true })}`
  }
}

/** A cell in a sentence. */
export function cellWords(row: KnowledgeRow, i: number, close: number): string {
  const { label, day, known, counted } = row
  const since =
    known[i] === day[i] ? 'known from the close of that day' : `known from the close of ${date(known[i])}`
  const yet = known[i] > close ? ', so not yet' : ''
  const used = counted[i] && known[i] <= close ? (row.kind === 'tickets' ? '; unusual' : '; counted') : ''
  return `${date(day[i])}, ${label}: ${valueWords(row, i)}, ${since}${yet}${used}.`
}

/** What of a source was known at a close: the newest day told, and how many days had passed that were not. */
export function knownAt(row: KnowledgeRow, close: number): { newest: number; waiting: number } {
  let newest = -1
  let waiting = 0
  row.day.forEach((day, i) => {
    if (row.known[i] <= close) newest = i
    else if (day <= close) waiting++
  })
  return { newest, waiting }
}
