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

/** What each verdict rests on, in the order in which they are tried. */
export const verdictGrounds: [Verdict['kind'], string][] = [
  [
    'not assessable',
    'Something is wrong with data or decisions: the check against look-ahead failed, prices are missing inside more than 1\u2009% of the trades, or rows do not say when they were known.',
  ],
  [
    'too little data',
    'Fewer than 30 trades that do not overlap in time, or less than 50\u2009% power to see a true Sharpe ratio of 1.',
  ],
  ['consistent with luck', 'p\u00a0>\u00a00.05 against everything that was tried.'],
  [
    'hard to explain by luck',
    'p\u00a0≤\u00a00.05; out of sample the alpha is above 0 with a probability above 80\u2009%; it survives a day’s delay and leaving out any one symbol; and the data hold delisted symbols.',
  ],
  ['fragile', 'All others.'],
]

/** How many of 100 reruns of chance do as well, in words. */
export function reruns(p: number): string {
  if (!Number.isFinite(p)) return 'not known yet'
  const of100 = Math.round(p * 100)
  return of100 < 1 ? 'fewer than 1 of 100 reruns' : `${of100} of 100 reruns`
}
