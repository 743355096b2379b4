/** What a small interval picture shows; every value in the unit of the metric. */
export interface WhiskerData {
  value: number
  low: number
  high: number
  /** The value that would mean “no skill”; NaN where there is none. */
  nothing?: number
  benchmark?: number
  /** A claimed value to compare with. */
  claim?: number
}

/** Positions in percent of the width; null where there is nothing to draw there. */
export interface Whisker {
  value: number | null
  low: number | null
  high: number | null
  nothing: number | null
  benchmark: number | null
  claim: number | null
}

/** Lays an interval out over the width with 6 % of room at both ends; null when no value is known. */
export function whisker({
  value,
  low,
  high,
  nothing = NaN,
  benchmark = NaN,
  claim = NaN,
}: WhiskerData): Whisker | null {
  if (!Number.isFinite(value)) return null
  const all = [value, low, high, nothing, benchmark, claim].filter(Number.isFinite)
  const min = Math.min(...all)
  const max = Math.max(...all)
  const at = (x: number): number | null =>
    !Number.isFinite(x) ? null : max > min ? 6 + (88 * (x - min)) / (max - min) : 50
  return {
    value: at(value),
    low: at(low),
    high: at(high),
    nothing: at(nothing),
    benchmark: at(benchmark),
    claim: at(claim),
  }
}
