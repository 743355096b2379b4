import { headlinesOf } from '../components/report/headlines.ts'
import { benchmarkOf, partsOf, rangeOf, valueOf } from '../components/report/parts.ts'
import type { Sample, SampleSummary, SampleSystem } from '../state/samples.ts'

/** Points of the small picture. */
const points = 160

/** What the landing page shows of a finished report. */
export function summaryOf(system: SampleSystem, { report, evidence }: Sample): SampleSummary {
  const part = partsOf(report)[0]
  const [from, to] = rangeOf(report, part)
  const { dates, split, capital, request } = report
  const kept = thinned(dates.length)
  const rebased = (values: Float64Array) => Float64Array.from(kept, (i) => values[i] / capital)
  return {
    system,
    hash: report.hash,
    verdict: evidence.verdict,
    pValue: evidence.pValue,
    from: dates[0],
    to: dates[dates.length - 1],
    splitFrom: split < dates.length ? dates[split] : NaN,
    symbols: report.symbols.length - (request.benchmark === null ? 0 : 1),
    trades: report.trades.filter(({ entryDay }) => entryDay >= from && entryDay < to).length,
    benchmarkName: request.benchmark,
    headlines: headlinesOf(report.metrics).map((metric) => {
      const { id, label, unit, definition } = metric
      const { low = NaN, high = NaN } = evidence.intervals[id] ?? {}
      const value = valueOf(metric, part)
      return { id, label, unit, definition, value, low, high, benchmark: benchmarkOf(metric, part) }
    }),
    days: Int32Array.from(kept, (i) => dates[i]),
    equity: rebased(report.equity),
    benchmark: report.benchmark.length > 0 ? rebased(report.benchmark) : new Float64Array(),
    drawdown: Float64Array.from(kept, (i) => report.drawdown[i]),
  }
}

/** Indices evenly over all, the first and the last among them. */
function thinned(length: number): number[] {
  const count = Math.min(points, length)
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / Math.max(1, count - 1)))
}
