export interface WaterfallBar {
  /** Ends of the bar, percent of the width, left before right. */
  left: number
  right: number
}

/**
 * Bars that each start where the one before ended, and a last one from nought to where they arrived.
 *
 * @returns bars of the steps and of the total, and where nought lies; in percent of the width
 */
export function waterfall(steps: number[]): { bars: WaterfallBar[]; zero: number } {
  const ends = [0]
  for (const step of steps) ends.push(ends[ends.length - 1] + step)
  const min = Math.min(...ends)
  const span = Math.max(...ends) - min || 1
  const at = (value: number): number => (100 * (value - min)) / span
  const bar = (a: number, b: number): WaterfallBar => ({
    left: at(Math.min(a, b)),
    right: at(Math.max(a, b)),
  })
  return {
    bars: [...steps.map((_, i) => bar(ends[i], ends[i + 1])), bar(0, ends[ends.length - 1])],
    zero: at(0),
  }
}
