import type { QualityFinding } from '../api.ts'
import { plural } from '../quality/findings.ts'
import { isoOf } from '../read/dates.ts'
import { findingId } from '../repairs.ts'
import type { Seam } from './carryOn.ts'

const mostDaysListed = 200

/** What a person should know of the prices that carry their files on; nothing where they simply go on. */
export function seamFindings(datasetId: string, seams: Seam[]): QualityFinding[] {
  return seams
    .filter(({ kind }) => kind !== 'same')
    .map((seam) => ({
      id: findingId(datasetId, seam.symbol, 'seam'),
      kind: seam.kind === 'gap' ? 'missing-days' : 'mixed-adjustment',
      severity: seam.kind === 'scaled' ? 'info' : 'warn',
      symbol: seam.symbol,
      days: seam.days.slice(0, mostDaysListed),
      count: seam.days.length,
      ...wordsOf(seam),
      repair: null,
    }))
}

function wordsOf({ symbol, kind, last, days, factor, common }: Seam): Pick<QualityFinding, 'text' | 'done'> {
  const until = isoOf(last)
  const collected = `${plural(days.length, 'day')} from ${isoOf(days[0])} on ${days.length === 1 ? 'was' : 'were'} collected`
  const leftOut = 'The collected days are left out.'
  if (kind === 'gap') {
    return {
      text:
        `${symbol}: the file ends on ${until} and ${collected}, without a day in common. ` +
        'Import a file that covers the days between.',
      done: leftOut,
    }
  }
  if (kind === 'scaled') {
    return {
      text:
        `${symbol}: on ${plural(common, 'day')} in common the file is at ${Number(factor.toPrecision(6))} × the ` +
        `collected price throughout, as vendors adjust for dividends and splits; ${collected}.`,
      done: 'The collected days are multiplied by that number and follow the file.',
    }
  }
  const why =
    common === 0
      ? 'the first collected price is far from the last of the file'
      : `on ${plural(common, 'day')} in common the two tell different prices, and by no constant factor`
  return {
    text:
      `${symbol}: ${why}; ${collected}, the file ends on ${until}. See whether both mean the same share, or import ` +
      'a newer file.',
    done: leftOut,
  }
}
