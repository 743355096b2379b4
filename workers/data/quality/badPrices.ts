import type { Bars } from './bars.ts'

/** Days with a price that is missing, zero or negative. */
export function nonPositiveDays({ day, open, high, low, close }: Bars): number[] {
  const days: number[] = []
  for (let i = 0; i < day.length; i++) {
    if (!(open[i] > 0 && high[i] > 0 && low[i] > 0 && close[i] > 0)) days.push(day[i])
  }
  return days
}

/** Days whose high is below, or whose low is above, the open or the close (or each other). */
export function inconsistentDays({ day, open, high, low, close }: Bars): number[] {
  const days: number[] = []
  for (let i = 0; i < day.length; i++) {
    const top = Math.max(open[i], close[i], low[i])
    const bottom = Math.min(open[i], close[i], high[i])
    if (exceeds(top, high[i]) || exceeds(low[i], bottom)) days.push(day[i])
  }
  return days
}

/** Back-adjusted prices carry rounding in their last digits, which is no fault of the bar. */
const rounding = 1e-9
function exceeds(a: number, b: number): boolean {
  return a > b + Math.abs(b) * rounding
}

export function zeroVolumeDays({ day, volume }: Bars): number[] {
  return [...day.filter((_, i) => volume[i] === 0)]
}

export interface StaleRun {
  from: number
  to: number
  bars: number
}

const shortestStaleRun = 5

/** Runs of at least five bars with one and the same open, high, low and close, or the same close and no volume. */
export function staleRuns({ day, open, high, low, close, volume }: Bars): StaleRun[] {
  const runs: StaleRun[] = []
  let start = 0
  for (let i = 1; i <= day.length; i++) {
    const repeats =
      i < day.length &&
      close[i] === close[i - 1] &&
      (volume[i] === 0 || (open[i] === open[i - 1] && high[i] === high[i - 1] && low[i] === low[i - 1]))
    if (repeats) continue
    if (i - start >= shortestStaleRun) runs.push({ from: day[start], to: day[i - 1], bars: i - start })
    start = i
  }
  return runs
}
