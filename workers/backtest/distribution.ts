import type { Bin } from './api.ts'

const bins = 41

/**
 * How many days fell into each of 41 equal bins around zero. The outermost bins take everything beyond
 * four standard deviations of the wider series, so that one day does not flatten the picture.
 */
export function distributionOf(returns: Float64Array, benchmark: Float64Array | null): Bin[] {
  if (returns.length === 0) return []
  const reach = 4 * Math.max(deviation(returns), benchmark === null ? 0 : deviation(benchmark))
  if (!(reach > 0)) return []
  const width = (2 * reach) / bins
  const rows = Array.from({ length: bins }, (_, i) => ({
    from: -reach + i * width,
    to: -reach + (i + 1) * width,
    strategy: 0,
    benchmark: 0,
  }))
  const binOf = (value: number) => rows[Math.min(bins - 1, Math.max(0, Math.floor((value + reach) / width)))]
  for (const value of returns) binOf(value).strategy++
  if (benchmark !== null) for (const value of benchmark) binOf(value).benchmark++
  return rows
}

function deviation(x: Float64Array): number {
  let sum = 0
  let squares = 0
  for (const value of x) {
    sum += value
    squares += value * value
  }
  return Math.sqrt(Math.max(0, squares / x.length - (sum / x.length) ** 2))
}
