import type { ReplayState } from '../../../../workers/backtest/api.ts'
import { number } from '../../../charts/format.ts'

/** “128 of 128 decisions, 61 of 61 entries and 58 of 58 closed trades are those of the backtest.” */
export function comparedWords({ compared }: Pick<ReplayState, 'compared'>): string {
  const { decisions, same, entries, sameEntries, closed, sameClosed } = compared
  if (decisions === 0) return 'Nothing was decided yet, here or in the backtest.'
  const of = (part: number, all: number, noun: string, plural: string): string =>
    `${number(part, { digits: 0 })} of ${number(all, { digits: 0 })} ${all === 1 ? noun : plural}`
  return `${of(same, decisions, 'decision', 'decisions')}, ${of(sameEntries, entries, 'entry', 'entries')} and ${of(
    sameClosed,
    closed,
    'closed trade',
    'closed trades',
  )} are those of the backtest.`
}

export function agrees({ compared, difference }: Pick<ReplayState, 'compared' | 'difference'>): boolean {
  const { decisions, same, entries, sameEntries, closed, sameClosed } = compared
  return difference === '' && same === decisions && sameEntries === entries && sameClosed === closed
}
