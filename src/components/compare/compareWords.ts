import type { ComparedFigure, ComparedPart, Comparison, Measure } from '../../../workers/backtest/api.ts'
import { date, number, percent } from '../../charts/format.ts'
import type { ComparedStatus } from '../../state/compare.svelte.ts'

export const figureWords: Record<ComparedFigure, { label: string; note: string }> = {
  meanReturn: { label: 'Mean return a day', note: 'arithmetic mean' },
  sharpe: { label: 'Sharpe ratio', note: 'over cash, a year' },
  cagr: { label: 'CAGR', note: 'growth a year of 252 days' },
  maxDrawdown: { label: 'Largest drawdown', note: 'nearer to 0 is better' },
}

export function figureText(figure: ComparedFigure, value: number, signed = false): string {
  if (figure === 'sharpe') return number(value, { signed })
  return percent(value, { digits: figure === 'meanReturn' ? 3 : 1, signed })
}

/** A difference between two percentages is in points. */
export function differenceText(figure: ComparedFigure, value: number): string {
  if (figure === 'sharpe' || !Number.isFinite(value)) return figureText(figure, value, true)
  return number(100 * value, { digits: figure === 'meanReturn' ? 3 : 1, signed: true })
}

/** How a difference reads, as `luck.md` words it: what chance explains is no difference. */
export function differenceWords({ value, low, high }: Measure): string {
  if (!Number.isFinite(value)) return 'cannot be told'
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'too few days to tell'
  if (low === 0 && high === 0) return 'the same'
  if (low <= 0 && high >= 0) return 'no difference that chance does not explain'
  return 'a difference that chance hardly explains'
}

export const statusWords: Record<ComparedStatus, string> = {
  waiting: 'waiting',
  kept: 'from the notebook',
  computing: 'computing…',
  reproduced: 'reproduced, identical',
  differs: 'differs from its link',
  computed: 'computed here',
  missing: 'files are missing',
  stopped: 'stopped',
  failed: 'could not be computed',
}

/** “12 Mar 2022 – 30 Dec 2024, 710 days”. */
export function partText({ from, to, days }: ComparedPart): string {
  return `${date(from)} – ${date(to)}, ${number(days, { digits: 0 })} days`
}

/** What has to be known of the days; a sentence each. */
export function daysNotes(
  { dates, split, splitsDiffer, withoutSplit }: Comparison,
  letters: string[],
): string[] {
  const notes: string[] = []
  if (splitsDiffer)
    notes.push(
      split < dates.length
        ? `The runs begin their out-of-sample part on different days. Here it begins for all on ${date(dates[split])}, the latest of them, and in sample ends before the earliest; the days between are in neither.`
        : 'The runs begin their out-of-sample part on different days, and after the latest of them no day is common to all.',
    )
  if (withoutSplit.length > 0) {
    const which = withoutSplit.map((run) => letters[run]).join(', ')
    notes.push(
      `${which} ${withoutSplit.length === 1 ? 'has' : 'have'} no split: settings may have been chosen on all days, so nothing of ${withoutSplit.length === 1 ? 'it' : 'them'} is out of sample.`,
    )
  }
  return notes
}
