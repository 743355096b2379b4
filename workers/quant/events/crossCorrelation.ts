/** Residuals of one event and where they lie. */
export interface Residuals {
  /** [days] NaN = missing */
  abnormal: ArrayLike<number>
  /** Place of day 0 in the calendar, in trading days. */
  at: number
}

/** Inclusive indices into the arrays of an event. */
interface Span {
  from: number
  to: number
}

const fewest = 3

/**
 * Mean correlation of the abnormal returns of all pairs of events: that of their residuals on the calendar days
 * of the estimation which both have, times the share of the window that they have in common. For events on one
 * day it is the r̄ of Kolari & Pynnönen (2010); windows that overlap in part count in part (Kolari, Pape &
 * Pynnönen 2018), and those that do not overlap count as nought.
 *
 * @returns NaN with fewer than two events, or where no pair has days enough to tell
 */
export function meanCrossCorrelation(events: Residuals[], estimation: Span, windowDays: number): number {
  let sum = 0
  let pairs = 0
  for (let i = 1; i < events.length; i++) {
    for (let j = 0; j < i; j++) {
      const shift = events[i].at - events[j].at
      const common = 1 - Math.abs(shift) / windowDays
      const correlation = common > 0 ? residualCorrelation(events[i], events[j], shift, estimation) : 0
      if (Number.isNaN(correlation)) continue
      sum += Math.max(0, common) * correlation
      pairs++
    }
  }
  return sum / pairs
}

/** @param shift trading days by which the first event is later: its day d is day d + shift of the second */
function residualCorrelation(first: Residuals, second: Residuals, shift: number, { from, to }: Span): number {
  let n = 0
  let sumX = 0
  let sumY = 0
  let xx = 0
  let yy = 0
  let xy = 0
  const start = Math.max(from, from - shift)
  const end = Math.min(to, to - shift)
  for (let day = start; day <= end; day++) {
    const x = first.abnormal[day]
    const y = second.abnormal[day + shift]
    if (Number.isNaN(x + y)) continue
    n++
    sumX += x
    sumY += y
    xx += x * x
    yy += y * y
    xy += x * y
  }
  if (n < fewest) return NaN
  // Residuals lie around nought, so that nothing is lost by sums of squares.
  const varianceX = xx - (sumX * sumX) / n
  const varianceY = yy - (sumY * sumY) / n
  return varianceX > 0 && varianceY > 0 ? (xy - (sumX * sumY) / n) / Math.sqrt(varianceX * varianceY) : NaN
}
