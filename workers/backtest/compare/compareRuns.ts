import type { Part } from '../api.ts'
import type { Breathe } from '../breathe.ts'
import { commonDays, firstFrom } from './commonDays.ts'
import type { ComparedPart, ComparedRun, Comparison } from './contract.ts'
import { pairedBootstrap } from './pairedBootstrap.ts'

/**
 * Runs side by side over the days that all of them have. Where they split their days differently, what is out of
 * sample for all begins at the latest split and what is in sample for all ends at the earliest; days between are in
 * neither.
 *
 * @returns a sentence where they cannot be compared, null when told to stop
 */
export async function compareRuns(
  runs: ComparedRun[],
  base: number,
  breathe: Breathe,
): Promise<Comparison | string | null> {
  if (runs.length < 2) return 'It takes two runs to compare.'
  const { dates, equity } = commonDays(runs)
  if (dates.length < 2)
    return 'These runs have no two days in common, so there is nothing to compare. Choose runs over the same period.'
  const days = dates.length
  const splits = runs.flatMap(({ splitFrom }) => (splitFrom === null ? [] : firstFrom(dates, splitFrom)))
  const split = splits.length > 0 ? Math.max(...splits) : days
  const stretches: [part: Part, from: number, end: number][] =
    splits.length === 0
      ? [['all', 1, days]]
      : [
          ['outOfSample', Math.max(1, split), days],
          ['inSample', 1, Math.min(...splits)],
        ]

  const parts: ComparedPart[] = []
  for (const [part, from, end] of stretches) {
    if (end - from < 2) continue
    const returns = equity.map((values) =>
      Float64Array.from({ length: end - from }, (_, i) => values[from + i] / values[from + i - 1] - 1),
    )
    const cashRates = runs.map(({ cashRate }) => cashRate)
    const paired = await pairedBootstrap(returns, cashRates, base, breathe)
    if (paired === null) return null
    parts.push({ part, from: dates[from], to: dates[end - 1], days: end - from, ...paired })
  }
  return {
    dates,
    equity,
    split,
    splitsDiffer: new Set(splits).size > 1,
    withoutSplit: splits.length === 0 ? [] : [...runs.keys()].filter((i) => runs[i].splitFrom === null),
    base,
    parts,
  }
}
