/** The definition as it reads, everything sorted anew for every day: what the sliding computation must equal. */
export function naiveAnomalies(
  counts: readonly number[],
  window: number,
  madFloor: number,
  weekdays?: readonly number[],
): { baseline: number[]; mad: number[]; score: number[] } {
  const rows = counts.map((count, day) => {
    const days = Array.from({ length: window }, (_, back) => day - window + back)
    const present = days.filter((d) => d >= 0 && !Number.isNaN(counts[d]))
    if (day < window || Number.isNaN(count) || present.length < window / 2) return [NaN, NaN, NaN]
    const whole = median(present.map((d) => counts[d]))
    const ratio = (d: number) => {
      if (!weekdays) return 1
      const own = present.filter((other) => weekdays[other] === weekdays[d]).map((other) => counts[other])
      const middle = own.length === 0 ? 0 : median(own)
      return middle === 0 || whole === 0 ? 1 : middle / whole
    }
    const adjusted = present.map((d) => counts[d] / ratio(d))
    const baseline = median(adjusted)
    const mad = median(adjusted.map((value) => Math.abs(value - baseline)))
    const distance = count / ratio(day) - baseline
    return [baseline, mad, distance === 0 ? 0 : distance / Math.max(mad, madFloor)]
  })
  return { baseline: rows.map(([b]) => b), mad: rows.map(([, m]) => m), score: rows.map(([, , s]) => s) }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
