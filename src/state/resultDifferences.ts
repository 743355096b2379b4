import { dollars, number, percent } from '../charts/format.ts'
import type { SeenFigures } from './seenFigures.ts'

/** What of two results of the same settings differs, “trades: 214 there, 213 here”; never empty. */
export function resultDifferences(there: SeenFigures | null, here: SeenFigures): string[] {
  if (!there) return ['The link says no figures of the result, only its hash, and that differs.']
  const said = rows.flatMap(({ label, of, inWords }) => {
    const [before, now] = [of(there), of(here)]
    if (before === now) return []
    const words = (value: number | null) => (value === null ? 'undefined' : inWords(value))
    return [`${label}: ${words(before)} there, ${words(now)} here`]
  })
  if (said.length > 0) return said
  return ['Every headline figure is the same; single trades, or the equity of single days, differ.']
}

const rows: {
  label: string
  of: (seen: SeenFigures) => number | null
  inWords: (value: number) => string
}[] = [
  { label: 'Trades', of: ({ trades }) => trades, inWords: (value) => number(value, { digits: 0 }) },
  {
    label: 'Total return',
    of: (seen) => seen.totalReturn,
    inWords: (value) => percent(value, { digits: 4 }),
  },
  { label: 'Sharpe', of: ({ sharpe }) => sharpe, inWords: (value) => number(value, { digits: 4 }) },
  {
    label: 'Max. drawdown',
    of: ({ maxDrawdown }) => maxDrawdown,
    inWords: (value) => percent(value, { digits: 4 }),
  },
  { label: 'Last equity', of: ({ equity }) => equity, inWords: (value) => dollars(value, { digits: 2 }) },
]

/**
 * Why the same settings on the same files can come out differently, likeliest first.
 *
 * @param unnamed own files in the tab that the system reads and the link does not name
 * @param jet flights had a say
 */
export function likelyReasons(
  there: SeenFigures | null,
  here: SeenFigures,
  { unnamed, jet }: { unnamed: string[]; jet: boolean },
): string[] {
  const reasons: string[] = []
  if (there && there.version !== here.version)
    reasons.push(
      `Made with Contrail ${there.version}; this is ${here.version}. Reload the page to get the newest.`,
    )
  if (unnamed.length > 0)
    reasons.push(`Files here that the link does not name are read as well: ${unnamed.join(', ')}.`)
  if (jet)
    reasons.push(
      'Owners of aircraft that were confirmed by hand stay in their browser; only a project carries them.',
    )
  reasons.push(
    'Files were read under other mappings or repairs than there: a project carries both.',
    'Another browser or processor rounds a few functions differently; the figures then differ in late digits only.',
  )
  return reasons
}
