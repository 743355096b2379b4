import type { DrawdownRow } from './api.ts'

/**
 * Every time under water, deepest first. It starts on the day of the peak and recovers on the first day
 * back at or above it; `days` are calendar days from the peak to the recovery, or to the last day.
 */
export function drawdownsOf(dates: ArrayLike<number>, values: Float64Array): DrawdownRow[] {
  const rows: DrawdownRow[] = []
  let peak = 0
  let open: DrawdownRow | null = null
  for (let day = 1; day < values.length; day++) {
    if (values[day] >= values[peak]) {
      if (open !== null) {
        open.recovered = day
        open.days = dates[day] - dates[open.start]
        open = null
      }
      peak = day
      continue
    }
    const depth = values[day] / values[peak] - 1
    if (open === null) {
      open = { start: peak, trough: day, recovered: -1, depth, days: 0 }
      rows.push(open)
    } else if (depth < open.depth) {
      open.depth = depth
      open.trough = day
    }
    open.days = dates[day] - dates[open.start]
  }
  return rows.sort((a, b) => a.depth - b.depth)
}
