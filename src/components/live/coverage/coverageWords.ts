import { percent } from '../../../charts/format.ts'
import { spanWords } from '../spanWords.ts'
import { coverageKinds, type CoverageKind, type CoverageTotals } from './coverageTotals.ts'

/** What each kind of stretch is called, and why it came about. */
export const kindWords: Record<CoverageKind, { word: string; sign: string; why: string }> = {
  listened: { word: 'listened', sign: '●', why: 'The source was asked and answered.' },
  closed: { word: 'page closed', sign: '○', why: 'No tab of the page was open.' },
  asleep: { word: 'asleep', sign: 'z', why: 'The computer or the browser slept.' },
  hidden: {
    word: 'hidden',
    sign: '–',
    why: 'No tab was in view, and polling is paused then by your choice.',
  },
  offline: { word: 'offline', sign: '×', why: 'There was no network.' },
  failing: { word: 'failing', sign: '!', why: 'The source refused or did not answer.' },
  spent: { word: 'budget spent', sign: '◒', why: 'The budget of the source was used up.' },
  full: {
    word: 'storage full',
    sign: '■',
    why: 'Nothing more could be kept; what was seen waited in memory.',
  },
}

/** “Listened 91 % of the 6 d 4 h it was on; 2 h offline, 8 h asleep.” */
export function totalsSentence({ on, of }: CoverageTotals): string {
  if (on <= 0) return 'It was not on in this time.'
  const gaps = coverageKinds
    .filter((kind) => kind !== 'listened' && of[kind] >= 500)
    .sort((a, b) => of[b] - of[a])
    .map((kind) => `${spanWords(of[kind])} ${kindWords[kind].word}`)
  const share = percent(roundedDown(of.listened / on), { digits: 0 })
  return `Listened ${share} of the ${spanWords(on)} it was on; ${gaps.length > 0 ? gaps.join(', ') : 'no gap'}.`
}

/** 100 % is said of no time that has a gap. */
function roundedDown(share: number): number {
  return share < 1 ? Math.min(share, 0.994) : 1
}
