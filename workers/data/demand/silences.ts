const windowDays = 56
const fewestDays = 14
/** Chance of a stretch of nothing below which it is taken for a gap of the source. */
const leastChance = 1e-6
const sunday = 3

/**
 * Stretches of zeros too long to be chance, as places [from, to) in `counts`. A stretch ends at a count above zero.
 * Its chance is the product over its days of (1 + λ ÷ r)^−r, the negative binomial’s chance of nothing (e^−λ
 * where r is infinite): λ is the mean of the same weekday over the last 56 days told before the stretch, scaled down
 * where the count that ends it is below its own weekday’s mean; r is their mean² ÷ (variance − mean), infinite
 * where the variance is no larger. Nothing after the day that ends a stretch is looked at, so whoever knows
 * that day’s count knows of the silence as well.
 * @param counts by day, NaN = not told
 * @param first epoch day of the first
 */
export function silencesOf(counts: Float64Array, first: number): { from: number; to: number }[] {
  const silences: { from: number; to: number }[] = []
  /** Places of the last days told, silences left out. */
  let told: number[] = []
  let from = -1
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at]
    if (count === 0) {
      if (from < 0) from = at
      continue
    }
    if (from >= 0) {
      if (count > 0 && isSilence(counts, first, told, from, at)) silences.push({ from, to: at })
      else for (let i = from; i < at; i++) told.push(i)
      from = -1
    }
    if (count > 0) told.push(at)
    if (told.length > windowDays) told = told.slice(-windowDays)
  }
  return silences
}

function isSilence(counts: Float64Array, first: number, told: number[], from: number, to: number): boolean {
  const window = told.slice(-windowDays)
  const n = window.length
  if (n < fewestDays) return false
  const total = new Float64Array(7)
  const days = new Float64Array(7)
  let sum = 0
  for (const at of window) {
    const weekday = weekdayOf(first + at)
    total[weekday] += counts[at]
    days[weekday]++
    sum += counts[at]
  }
  const mean = sum / n
  if (mean === 0) return false
  let squares = 0
  for (const at of window) squares += (counts[at] - mean) ** 2
  const variance = squares / (n - 1)
  const size = variance > mean ? mean ** 2 / (variance - mean) : Infinity
  const usual = (at: number) => {
    const weekday = weekdayOf(first + at)
    return days[weekday] === 0 ? mean : total[weekday] / days[weekday]
  }
  const scale = usual(to) > 0 ? Math.min(1, counts[to] / usual(to)) : 1
  let logChance = 0
  for (let at = from; at < to; at++) {
    const rate = scale * usual(at)
    logChance -= size === Infinity ? rate : size * Math.log1p(rate / size)
  }
  return logChance < Math.log(leastChance)
}

/** 0 = Sunday. */
function weekdayOf(epochDay: number): number {
  return (((epochDay - sunday) % 7) + 7) % 7
}
