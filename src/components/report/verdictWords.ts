import type { Verdict } from '../../../workers/backtest/api.ts'

export const verdictTitle: Record<Verdict['kind'], string> = {
  'not assessable': 'Not assessable',
  'too little data': 'Too little data',
  'consistent with luck': 'Consistent with luck',
  fragile: 'Fragile',
  'hard to explain by luck': 'Hard to explain by luck',
}

/** Amber is doubt; only what has passed every test is free of it, and nothing is ever “proven”. */
export const verdictTone: Record<Verdict['kind'], 'loss' | 'warn' | 'accent'> = {
  'not assessable': 'loss',
  'too little data': 'warn',
  'consistent with luck': 'warn',
  fragile: 'warn',
  'hard to explain by luck': 'accent',
}

/** How many of 100 reruns of chance do as well, in words. */
export function reruns(p: number): string {
  if (!Number.isFinite(p)) return 'not known yet'
  const of100 = Math.round(p * 100)
  return of100 < 1 ? 'fewer than 1 of 100 reruns' : `${of100} of 100 reruns`
}
