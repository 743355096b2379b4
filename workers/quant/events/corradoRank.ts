/**
 * The rank test of Corrado (1989), over a window of several days (Cowan 1992): every event's abnormal returns are
 * ranked over all of its days; z = √k × mean over the k days of the window ÷ S, where the mean rank of a day over
 * the events is measured from the middle rank, and S is its root mean square over all days.
 *
 * Ranks are taken as shares of the days an event has (ties share theirs) and a day's sum over its events is
 * divided by √events, which changes nothing where nothing is missing.
 *
 * @param abnormal [events][days] NaN = missing
 * @param from, to inclusive indices of the window
 * @returns NaN where no day of the window, or no event, has anything
 */
export function corradoRank(abnormal: ArrayLike<number>[], from: number, to: number): number {
  const days = abnormal.reduce((longest, each) => Math.max(longest, each.length), 0)
  const sums = new Float64Array(days)
  const events = new Int32Array(days)
  for (const each of abnormal) {
    const deviations = rankDeviations(each)
    for (let day = 0; day < deviations.length; day++) {
      if (Number.isNaN(deviations[day])) continue
      sums[day] += deviations[day]
      events[day]++
    }
  }
  let squares = 0
  let counted = 0
  let inWindow = 0
  let windowDays = 0
  for (let day = 0; day < days; day++) {
    if (events[day] === 0) continue
    const value = sums[day] / Math.sqrt(events[day])
    squares += value * value
    counted++
    if (day < from || day > to) continue
    inWindow += value
    windowDays++
  }
  return (Math.sqrt(windowDays) * (inWindow / windowDays)) / Math.sqrt(squares / counted)
}

/** [days] rank ÷ (days + 1) − ½, the mean rank for equal values; NaN stays NaN and is not counted. */
function rankDeviations(values: ArrayLike<number>): Float64Array {
  const present: number[] = []
  for (let day = 0; day < values.length; day++) if (!Number.isNaN(values[day])) present.push(day)
  present.sort((a, b) => values[a] - values[b])
  const deviations = new Float64Array(values.length).fill(NaN)
  for (let i = 0; i < present.length;) {
    let next = i + 1
    while (next < present.length && values[present[next]] === values[present[i]]) next++
    const rank = (i + 1 + next) / 2
    for (; i < next; i++) deviations[present[i]] = rank / (present.length + 1) - 0.5
  }
  return deviations
}
