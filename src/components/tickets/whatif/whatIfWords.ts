import type { WhatIf, WhatIfRow } from '../../../../workers/backtest/api.ts'
import { count, number, percent } from '../../../charts/format.ts'
import { csvFile, numberCell } from '../../report/exportCsv.ts'

const whole = (share: number): string => percent(share, { digits: 0 })

/** What one position brings, in sentences; the interval belongs to the share. */
export function positionWords(row: WhatIfRow): string {
  if (row.signals === 0) return 'No signal at all.'
  const { right, answered, rightByChance } = row
  const signals = `${count(row.signals, 'signal')}, ${number(row.perYear, { digits: row.perYear < 10 ? 1 : 0 })} a year, and ${count(row.trades, 'trade')}.`
  if (answered === 0) return `${signals} Of none can be told how it went.`
  const interval = `95${'\u2009'}% interval ${whole(right.low)} to ${whole(right.high)}`
  return `${signals} ${whole(right.share)} of ${number(answered, { digits: 0 })} went their way (${interval}; ${whole(rightByChance)} of all days would have).`
}

/** Whether a share differs from what blind days bring by more than its interval. */
export function beyondChance({ right, rightByChance, answered }: WhatIfRow): string {
  if (answered === 0) return ''
  if (right.low > rightByChance) return 'More often right than days chosen blindly.'
  if (right.high < rightByChance) return 'Less often right than days chosen blindly.'
  return 'That may well be what days chosen blindly bring.'
}

/** What “right” and the rest mean, of this answer. */
export function measureWords({ against, outOfSample }: Pick<WhatIf, 'against' | 'outOfSample'>): string {
  return `${outOfSample ? 'Only signals of the out-of-sample part count. ' : ''}Right: from the open after the signal to the close that ends its horizon, the share did better (after a long) or worse (after a short) than ${against ?? 'the mean of all shares'}. Confirmed: an incident began, or a headline of that mood appeared, within 10 days on either side. Lead: days from the unusual day to the first of them on it or after. Intervals take signals as independent of each other, which those of one week seldom are.`
}

/** One row a value, as they are drawn. */
export function whatIfCsv(param: string, rows: WhatIfRow[]): string {
  const head = [
    param, 'signals', 'signals_a_year', 'trades', 'right', 'right_low_95', 'right_high_95', 'right_of_all_days',
    'answered', 'confirmed', 'confirmed_low_95', 'confirmed_high_95', 'confirmed_of_all_days', 'lead_days',
    'mean_return',
  ] // prettier-ignore
  return csvFile([
    head,
    ...rows.map((row) =>
      [
        row.threshold,
        row.signals,
        row.perYear,
        row.trades,
        row.right.share,
        row.right.low,
        row.right.high,
        row.rightByChance,
        row.answered,
        row.confirmed.share,
        row.confirmed.low,
        row.confirmed.high,
        row.confirmedByChance,
        row.leadDays,
        row.meanReturn,
      ].map(numberCell),
    ),
  ])
}
