import type { EventRow, EventStudyRequest, EventStudyResult } from '../../../../workers/backtest/api.ts'
import type { EventMark } from '../../../charts/eventTimelineOption.ts'
import { dayText } from '../../../charts/carCurveOption.ts'
import { count, percent, probability, typeset } from '../../../charts/format.ts'

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

export const aroundOptions: { value: EventStudyRequest['around']; label: string; of: string }[] = [
  { value: 'target', label: 'Targets', of: 'announcement that a company is bought' },
  { value: 'acquirer', label: 'Acquirers', of: 'announcement that a company buys' },
  { value: 'terminated', label: 'Called off', of: 'announcement to either side that a deal is off' },
  { value: 'earnings', label: 'Earnings', of: 'announcement of earnings' },
  { value: 'signals', label: 'Signals', of: 'signal of this system' },
]

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

/** Below this a test calls it unlikely that nothing happened. */
export const significant = 0.05

/** What came of a study, in one sentence; the interval belongs to it. */
export function studySentence(result: EventStudyResult): string {
  const { events, request, meanCar, carLow, carHigh } = result
  const last = meanCar.length - 1
  const of = aroundOptions.find(({ value }) => value === request.around)!.of
  const noun = count(events, of, of.replace(/^(announcement|signal)/, '$1s'))
  const moved = `${percent(meanCar[last], { digits: 2, signed: true })} beyond what the market explains`
  const interval = Number.isFinite(carLow[last])
    ? ` (95 % interval ${percent(carLow[last], { digits: 2, signed: true })} to ${percent(carHigh[last], { digits: 2, signed: true })})`
    : ''
  const days =
    request.window[0] === request.window[1]
      ? `On day ${dayText(request.window[0])}`
      : `From day ${dayText(request.window[0])} to day ${dayText(request.window[1])}`
  return typeset(`${days} around ${noun}, prices moved by ${moved}${interval}.`)
}

/** What the tests make of it together, led by the one that allows for most. */
export function testsSentence({ tests, events }: EventStudyResult): string {
  const fair = tests.find(({ id }) => id === 'kolari-pynnonen')
  const known = tests.filter(({ p }) => Number.isFinite(p))
  if (known.length === 0 || !fair) return ''
  if (!Number.isFinite(fair.p))
    return events === 1
      ? 'One event alone cannot show how much events differ: only two of the tests can be made.'
      : 'The test that allows for events that share days cannot be made of these.'
  const low = known.filter(({ p }) => p < significant).length
  const p = fair.p < 0.001 ? `p ${probability(fair.p)}` : `p = ${probability(fair.p)}`
  if (fair.p < significant)
    return `${low === known.length ? 'All tests agree' : 'The test that allows for most agrees'} that this is unlikely to be chance (Kolari & Pynnönen, ${p}).`
  return low > 0
    ? `Once noisier days and shared days are allowed for, it may well be chance (Kolari & Pynnönen, ${p}); tests that do not allow for them disagree.`
    : `It may well be chance (Kolari & Pynnönen, ${p}).`
}

/** Why there is nothing to show, and what to do. */
export function emptyWords({ request, leftOut }: EventStudyResult): string {
  if (leftOut.length > 0)
    return 'None of the events can be studied like this. Choose another kind, or days that the prices reach.'
  return request.around === 'signals'
    ? 'There are no signals to study. Look at the report first: it lists those that the model and the settings give.'
    : 'There is no such announcement.'
}
