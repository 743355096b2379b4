import type { EventRow, EventStudyRequest } from '../../../../workers/backtest/api.ts'
import type { EventMark } from '../../../charts/eventTimelineOption.ts'
import type { AroundOption } from '../../study/studyWords.ts'

/** In the order they stand in, with how they are drawn. */
export const kindMarks: Record<string, EventMark> = {
  target: { symbol: 'triangle', size: 9, colour: 'gain' },
  acquirer: { symbol: 'diamond', size: 9, colour: 'ink2' },
  merger: { symbol: 'circle', size: 7, colour: 'warn' },
  terminated: {
    symbol: 'path://M0 0L2 0L5 3L8 0L10 0L6 5L10 10L8 10L5 7L2 10L0 10L4 5Z',
    size: 9,
    colour: 'loss',
  },
  earnings: { symbol: 'rect', size: [2, 10], colour: 'bench' },
  other: { symbol: 'rect', size: 6, colour: 'ink3' },
}

export const kindOrder = Object.keys(kindMarks)

const kindNames: Record<string, string> = {
  target: 'Target',
  acquirer: 'Acquirer',
  merger: 'Merger',
  terminated: 'Called off',
  earnings: 'Earnings',
  other: 'Other',
}

export const kindName = (kind: string): string => kindNames[kind] ?? kind

export const aroundOptions: AroundOption<EventStudyRequest['around']>[] = [
  {
    value: 'target',
    label: 'Targets',
    one: 'announcement that a company is bought',
    several: 'announcements that a company is bought',
  },
  {
    value: 'acquirer',
    label: 'Acquirers',
    one: 'announcement that a company buys',
    several: 'announcements that a company buys',
  },
  {
    value: 'terminated',
    label: 'Called off',
    one: 'announcement to either side that a deal is off',
    several: 'announcements to either side that a deal is off',
  },
  {
    value: 'earnings',
    label: 'Earnings',
    one: 'announcement of earnings',
    several: 'announcements of earnings',
  },
  { value: 'signals', label: 'Signals', one: 'signal of this system', several: 'signals of this system' },
]

/** Why there is nothing to study. */
export function noneWords(around: EventStudyRequest['around']): string {
  return around === 'signals'
    ? 'There are no signals to study. Look at the report first: it lists those that the model and the settings give.'
    : 'There is no such announcement.'
}

export type AnnouncementColumn = 'day' | 'symbol' | 'kind' | 'counterparty' | 'dayReturn'

export interface AnnouncementFilter {
  /** '' = all. */
  kind: string
  company: string
}

/** A company is found on either side of a deal. */
export function filterAnnouncements(rows: EventRow[], { kind, company }: AnnouncementFilter): EventRow[] {
  return rows.filter(
    (row) =>
      (kind === '' || row.kind === kind) &&
      (company === '' || row.symbol === company || row.counterparty === company),
  )
}

/** A sorted copy; what has no number comes last, whichever way is up. */
export function sortAnnouncements(
  rows: EventRow[],
  { column, descending }: { column: AnnouncementColumn; descending: boolean },
): EventRow[] {
  const sign = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [left, right] = [a[column], b[column]]
    if (typeof left === 'string') return sign * left.localeCompare(String(right), 'en') || b.day - a.day
    const [x, y] = [left, Number(right)]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
    return sign * (x - y) || a.symbol.localeCompare(b.symbol, 'en')
  })
}
