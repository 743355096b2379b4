/** Days of the window that sets the threshold, and how many of them must be there. */
const windowDays = 365
const leastDays = 120

/**
 * Which of the candidates are among the most convincing `perYear` of the year before: a threshold that follows from
 * a stated coverage and from nothing that comes later. On days that training has not seen only such days count,
 * because a model is surer of what it was trained on.
 *
 * @param day [rows] epoch days, ascending
 * @param conviction [rows] NaN = none
 * @param fresh first epoch day that training has not seen
 * @returns [rows] 1 = chosen
 */
export function chosenByCoverage(
  day: Int32Array,
  conviction: Float64Array,
  perYear: number,
  fresh: number,
): Uint8Array {
  const chosen = new Uint8Array(day.length)
  const first = day[0] ?? 0
  for (let row = 0; row < day.length; row++) {
    if (!(conviction[row] > 0)) continue
    const from = Math.max(day[row] - windowDays, day[row] >= fresh ? Math.max(first, fresh) : first)
    const span = day[row] - from
    if (span < leastDays) continue
    let rivals = 0
    for (let other = row - 1; other >= 0 && day[other] >= from; other--)
      if (day[other] < day[row] && conviction[other] >= conviction[row]) rivals++
    // Half a signal more, so that rounding neither adds nor takes any on average.
    if (rivals < Math.max(1, Math.round((perYear * span) / windowDays))) chosen[row] = 1
  }
  return chosen
}
