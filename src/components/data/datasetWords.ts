import type { DatasetSummary } from '../../../workers/data/api.ts'
import { tables } from '../../../workers/data/schema.ts'
import { count, number } from '../../charts/format.ts'

/** Days of rows, or nothing where the table has no time. */
export function hasRange({ kind, from, to }: DatasetSummary): boolean {
  return tables[kind].time !== null && (from !== 0 || to !== 0)
}

/** Where `known_at` comes from, as a sentence; '' for tables without. */
export function knownAtSentence({ kind, knownAt }: DatasetSummary): string {
  const doc = tables[kind].knownAt?.doc ?? ''
  switch (knownAt) {
    case null:
      return ''
    case 'file':
      return 'When each row was known stands in the file.'
    case 'assumed':
      return `When each row was known is assumed from the usual lag of the source: ${doc}`
    case 'mixed':
      return `Where the file does not say when a row was known, the usual lag of the source is assumed: ${doc}`
  }
}

/** How much of the past an earlier import of the same file had otherwise; '' where there was none. */
export function vintageSentence({ vintageOf }: DatasetSummary): string {
  if (!vintageOf) return ''
  const { changed, removed, added, importedAt } = vintageOf
  const before = `the import of ${dayInWords(importedAt)}`
  const more = added > 0 ? ` ${sentenceCase(count(added, 'row'))} ${added === 1 ? 'is' : 'are'} new.` : ''
  if (changed + removed === 0) return `The past is as it was in ${before}.${more}`
  const parts = [
    changed > 0 ? `${count(changed, 'row')} ${changed === 1 ? 'differs' : 'differ'}` : '',
    removed > 0 ? `${count(removed, 'row')} ${removed === 1 ? 'is' : 'are'} gone` : '',
  ].filter(Boolean)
  return `The past changed: ${parts.join(' and ')}, compared with ${before}.${more}`
}

/** Of whom the rows are: “36 aircraft”, “AAPL, QQQ”; '' for tables about nobody. */
export function subjectsInWords({ kind, symbols }: DatasetSummary, few = 4): string {
  if (symbols.length === 0) return ''
  if (symbols.length <= few) return symbols.join(', ')
  return tables[kind].subject === 'icao24'
    ? `${number(symbols.length, { digits: 0 })} aircraft`
    : count(symbols.length, 'symbol')
}

/** “3 November”, with the year unless it is this one. Of the person's own clock. */
export function dayInWords(epochMilliseconds: number, now = Date.now()): string {
  const day = new Date(epochMilliseconds)
  const year = day.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric'
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year })
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** “45 rows have the symbol and date of a row before them.” */
export function repeatedSentence({ kind, repeated }: Pick<DatasetSummary, 'kind' | 'repeated'>): string {
  const names = tables[kind].columns.filter(({ key }) => key).map(({ name }) => name.replaceAll('_', ' '))
  const last = names.pop() ?? ''
  const key = names.length > 0 ? `${names.join(', ')} and ${last}` : last
  return `${count(repeated, 'row')} ${repeated === 1 ? 'has' : 'have'} the ${key} of a row before.`
}
