import type { OwnerMatch } from '../../../workers/data/api.ts'

export type Shown = 'undecided' | 'accepted' | 'none' | 'all'

export function stateOf({ decision }: OwnerMatch): Exclude<Shown, 'all'> {
  if (!decision) return 'undecided'
  return decision.symbol === null ? 'none' : 'accepted'
}

/**
 * The names in one state whose name, candidate or ticker holds the words searched for. Those in `staying`
 * were decided a moment ago and stay in sight, so that a slip can be undone where it happened.
 */
export function shownOwners(
  matches: OwnerMatch[],
  shown: Shown,
  search: string,
  staying: ReadonlySet<string>,
): OwnerMatch[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return matches.filter((match) => {
    if (shown !== 'all' && stateOf(match) !== shown && !staying.has(match.owner)) return false
    if (words.length === 0) return true
    const text = [match.owner, match.decision?.symbol ?? '']
      .concat(match.candidates.flatMap(({ symbol, name }) => [symbol, name]))
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Undecided names that are, but for their legal form, those of one company and no other. */
export function sameNames(matches: OwnerMatch[]): OwnerMatch[] {
  return matches.filter(
    ({ decision, candidates, caution }) =>
      decision === null &&
      caution === '' &&
      candidates[0]?.score === 100 &&
      (candidates[1]?.score ?? 0) < 100,
  )
}

export function countStates(matches: OwnerMatch[]): Record<Shown, number> {
  const counts = { undecided: 0, accepted: 0, none: 0, all: matches.length }
  for (const match of matches) counts[stateOf(match)]++
  return counts
}

/** “2024-01-31” → epoch day; null for an empty field. */
export function dayOf(field: string): number | null {
  const time = Date.parse(field)
  return field === '' || Number.isNaN(time) ? null : time / 86_400_000
}
