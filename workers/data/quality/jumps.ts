import type { Bars } from './bars.ts'

export interface Jump {
  day: number
  previousDay: number
  /** Adjusted close ÷ previous adjusted close. */
  closeRatio: number
  /** Adjusted open ÷ previous adjusted close. */
  openRatio: number
  /** Calendar days since the previous bar. */
  gap: number
  /** Shares after per share before, where the jump looks like an unadjusted split; null where it does not. */
  factor: number | null
  /** Why it was taken for no split, in words. */
  reason: string
}

/** A move of more than 0.3 in logarithms is worth a look. */
const mostRatio = Math.exp(0.3)
/** Beyond a long weekend the prices in between are unknown, and so is what the jump consists of. */
const longestGap = 5
const volumeDays = 20
/**
 * Volume in shares after the split ÷ what was usual: a split changes it little, a crash multiplies it. A busy
 * day passes where the days after keep to the new level too, which no crash teaches them.
 */
const usualVolume = { least: 0.15, most: 1.5, mostWhereItStays: 3 }
/** The jump must be this many times what the price usually moves overnight. */
const unusual = 8
/** A crash goes on after the open; a split is over by then. */
const largestIntraday = 0.16
const laterBars = 5
const laterVolumeBars = 10

/** 5:4 and 4:3 are left out: real moves of that size are common, such splits are not. */
const splitFactors = [1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100]
/** Taken only where they lie nearer than a common one by more than the market moves in a night. */
const rareFactors = [9, 12, 16, 18, 35, 60, 75, 80]
const rarity = 0.04
const factors = [
  ...splitFactors.map((factor) => ({ factor, handicap: 0 })),
  ...rareFactors.map((factor) => ({ factor, handicap: rarity })),
].flatMap(({ factor, handicap }) => [
  { factor, handicap },
  { factor: 1 / factor, handicap },
])

/**
 * Jumps of the adjusted series that look like unadjusted splits, and large moves that do not. A split
 * opens near a usual factor, hardly moves besides, stays at the new level, and leaves the volume, counted
 * in new shares, near what was usual, so that the volume as printed moves the other way. Prices that are
 * adjusted already show no jump and so nothing is taken for a split twice.
 */
export function jumps(bars: Bars): Jump[] {
  const found: Jump[] = []
  const { day, open, close, factor } = bars
  for (let i = 1; i < day.length; i++) {
    const before = close[i - 1] * factor[i - 1]
    const after = close[i] * factor[i]
    const first = open[i] * factor[i]
    if (!(before > 0 && after > 0 && first > 0)) continue
    const closeRatio = after / before
    const openRatio = first / before
    const large = isLarge(closeRatio)
    if (!large && !isLarge(openRatio)) continue
    const nearest = nearestFactor(openRatio)
    if (!large && nearest === null) continue
    const gap = day[i] - day[i - 1]
    const reason = whyNoSplit(bars, i, nearest, gap)
    if (reason !== null && !large) continue
    found.push({
      day: day[i],
      previousDay: day[i - 1],
      closeRatio,
      openRatio,
      gap,
      factor: reason === null ? nearest : null,
      reason: reason ?? '',
    })
  }
  return found
}

function isLarge(ratio: number): boolean {
  return ratio > mostRatio || ratio < 1 / mostRatio
}

/** The usual factor that explains the open, null where none comes near: 6 % for 2:1, more for larger ones. */
function nearestFactor(openRatio: number): number | null {
  let nearest: number | null = null
  let least = Infinity
  for (const { factor, handicap } of factors) {
    const distance = Math.abs(Math.log(openRatio * factor))
    if (distance + handicap < least && distance <= toleranceOf(factor)) {
      least = distance + handicap
      nearest = factor
    }
  }
  return nearest
}

/** In logarithms. The larger the split, the less a fall of that size can be anything else. */
function toleranceOf(factor: number): number {
  const size = Math.abs(Math.log(factor))
  return size < Math.log(1.9) ? 0.06 * size : Math.min(0.09 * size, 0.15)
}

function whyNoSplit(bars: Bars, i: number, factor: number | null, gap: number): string | null {
  if (gap > longestGap) return `it lies across a hole of ${gap} calendar days`
  if (factor === null) return 'its open is near no usual split'
  const { open, close, day } = bars
  const jump = Math.abs(Math.log((open[i] * bars.factor[i]) / (close[i - 1] * bars.factor[i - 1])))
  if (jump < unusual * usualOvernightMove(bars, i)) return 'prices were moving as wildly in the weeks before'
  const level = bars.factor
  if (Math.abs(Math.log(close[i] / open[i])) > largestIntraday) return 'prices went on moving after the open'
  const before = close[i - 1] * level[i - 1]
  const last = Math.min(i + laterBars, day.length - 1)
  const later: number[] = []
  for (let j = i + 1; j <= last; j++) later.push((close[j] * level[j]) / before)
  if (later.length > 0 && Math.abs(Math.log(median(later))) < Math.abs(Math.log(median(later) * factor))) {
    return 'prices came back within days, as after a misprint'
  }
  const usual = usualVolumeBefore(bars, i)
  if (!Number.isNaN(usual) && bars.volume[i] > 0) {
    const inNewShares = bars.volume[i] / (usual * factor)
    const stays = staysAtNewLevel(bars, i, usual, factor)
    if (inNewShares > (stays ? usualVolume.mostWhereItStays : usualVolume.most)) {
      return `the volume was ${inNewShares.toFixed(1)} times what a split would leave, as on a day of news`
    }
    if (inNewShares < usualVolume.least) return 'the volume did not move the other way'
  }
  return null
}

/** The volume of the bars after the day lies nearer to the level that the split explains than to the one before. */
function staysAtNewLevel({ volume }: Bars, i: number, usual: number, factor: number): boolean {
  const later = volume.subarray(i + 1, i + 1 + laterVolumeBars).filter((v) => v > 0)
  if (later.length < 3) return false
  const level = Math.log(median([...later]) / usual)
  return Math.abs(level - Math.log(factor)) < Math.abs(level)
}

function usualVolumeBefore({ volume, day }: Bars, i: number): number {
  const before: number[] = []
  for (let j = i - 1; j >= 0 && j >= i - volumeDays && day[i] - day[j] < 3 * volumeDays; j--) {
    if (volume[j] > 0) before.push(volume[j])
  }
  return before.length >= 3 ? median(before) : NaN
}

/** Median of |ln(open ÷ close before)| over the bars before; 0 where there are too few. */
function usualOvernightMove({ open, close, factor }: Bars, i: number): number {
  const moves: number[] = []
  for (let j = i - 1; j > 0 && j >= i - volumeDays; j--) {
    const move = Math.abs(Math.log((open[j] * factor[j]) / (close[j - 1] * factor[j - 1])))
    if (Number.isFinite(move)) moves.push(move)
  }
  return moves.length >= 5 ? median(moves) : 0
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
