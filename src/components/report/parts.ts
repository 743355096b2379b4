import type { Bin, DrawdownRow, Metric, Part, Report } from '../../../workers/backtest/api.ts'

/** With a split there are two parts and never both in one number; without one there is the whole run. */
export function partsOf(report: Report): Part[] {
  return report.split < report.dates.length ? ['outOfSample', 'inSample'] : ['all']
}

export const partName: Record<Part, string> = {
  all: 'Whole run',
  outOfSample: 'Out of sample',
  inSample: 'In sample',
}

/** Indices into the dates: first included, last excluded. */
export function rangeOf(report: Pick<Report, 'dates' | 'split'>, part: Part): [from: number, to: number] {
  if (part === 'all') return [0, report.dates.length]
  return part === 'inSample' ? [0, report.split] : [report.split, report.dates.length]
}

export function valueOf(metric: Metric, part: Part): number {
  return metric[part]
}

export function benchmarkOf(metric: Metric, part: Part): number {
  return part === 'all'
    ? metric.benchmarkAll
    : part === 'inSample'
      ? metric.benchmarkInSample
      : metric.benchmarkOutOfSample
}

export interface YearOfMonths {
  year: number
  /** [12] fractions; NaN outside the part. */
  months: number[]
  total: number
  benchmark: number
}

const monthOf = (epochDay: number): { year: number; month: number } => {
  const day = new Date(epochDay * 86_400_000)
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() }
}

/** Monthly returns of one part alone: a month cut by the split counts with the days inside the part. */
export function monthsOf(report: Report, part: Part): YearOfMonths[] {
  if (part === 'all') return report.monthly
  const [from, to] = rangeOf(report, part)
  const { dates, equity, benchmark, capital } = report
  const before = (values: Float64Array): number => (from > 0 ? values[from - 1] : capital)
  const years = new Map<number, YearOfMonths & { base: number; benchmarkBase: number }>()
  let monthBase = before(equity)
  for (let i = from; i < to; i++) {
    const { year, month } = monthOf(dates[i])
    const next = i + 1 < to ? monthOf(dates[i + 1]) : null
    let row = years.get(year)
    if (!row) {
      row = {
        year,
        months: Array<number>(12).fill(NaN),
        total: NaN,
        benchmark: NaN,
        base: i > from ? equity[i - 1] : before(equity),
        benchmarkBase: i > from ? benchmark[i - 1] : before(benchmark),
      }
      years.set(year, row)
    }
    if (!next || next.month !== month || next.year !== year) {
      row.months[month] = equity[i] / monthBase - 1
      monthBase = equity[i]!
    }
    row.total = equity[i] / row.base - 1
    if (benchmark.length > 0) row.benchmark = benchmark[i] / row.benchmarkBase - 1
  }
  return [...years.values()].map(({ year, months, total, benchmark: other }) => ({
    year,
    months,
    total,
    benchmark: other,
  }))
}

/** The daily returns of one part in the bins of the report; returns beyond the last edge count in the outer bins. */
export function binsOf(report: Report, part: Part): Bin[] {
  const bins = report.distribution
  if (part === 'all' || bins.length === 0) return bins
  const [from, to] = rangeOf(report, part)
  const edges = bins.slice(1).map((bin) => bin.from)
  const counted = (values: Float64Array): number[] => {
    const counts = bins.map(() => 0)
    for (let i = Math.max(1, from); i < Math.min(to, values.length); i++) {
      const change = values[i] / values[i - 1] - 1
      let bin = 0
      while (bin < edges.length && change >= edges[bin]) bin++
      if (Number.isFinite(change)) counts[bin]++
    }
    return counts
  }
  const strategy = counted(report.equity)
  const benchmark = counted(report.benchmark)
  return bins.map((bin, i) => ({ ...bin, strategy: strategy[i], benchmark: benchmark[i] }))
}

/**
 * Times under water of one part alone, deepest first: its first peak is where it starts, as for the deepest
 * drawdown among the metrics, so that no depth reaches across the split.
 */
export function drawdownsOf(report: Report, part: Part): DrawdownRow[] {
  if (part === 'all') return report.drawdowns
  const [from, to] = rangeOf(report, part)
  const { dates, equity } = report
  const rows: DrawdownRow[] = []
  let peak = Math.max(0, from - 1)
  let open: DrawdownRow | null = null
  for (let day = peak + 1; day < to; day++) {
    if (equity[day] >= equity[peak]) {
      if (open) open.recovered = day
      peak = day
      open = null
      continue
    }
    const depth = equity[day] / equity[peak] - 1
    if (!open) rows.push((open = { start: peak, trough: day, recovered: -1, depth, days: 0 }))
    else if (depth < open.depth) Object.assign(open, { trough: day, depth })
  }
  for (const row of rows) row.days = dates[row.recovered >= 0 ? row.recovered : to - 1] - dates[row.start]
  return rows.sort((a, b) => a.depth - b.depth)
}
