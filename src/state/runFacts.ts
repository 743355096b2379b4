import type { Evidence, Report } from '../../workers/backtest/api.ts'
import type { RunCurve, RunFacts } from '../../workers/data/api.ts'
import { headlinesOf } from '../components/report/headlines.ts'
import { benchmarkOf, partsOf, rangeOf, valueOf } from '../components/report/parts.ts'
import type { AppState } from './appState.ts'
import { pricesAreSimulated } from './exampleFiles.ts'

/**
 * What the notebook keeps of a finished run.
 *
 * @param link fragment that reproduces it
 */
export function runFacts(report: Report, evidence: Evidence, state: AppState, link: string): RunFacts {
  const part = partsOf(report)[0]
  const [first, end] = rangeOf(report, part)
  const { dates, split, request } = report
  return {
    link,
    system: request.system,
    result: report.hash,
    simulated: pricesAreSimulated(state.datasets),
    from: dates[0],
    to: dates[dates.length - 1],
    splitFrom: split < dates.length ? dates[split] : null,
    benchmark: request.benchmark,
    part,
    trades: report.trades.filter(({ entryDay }) => entryDay >= first && entryDay < end).length,
    headlines: headlinesOf(report.metrics).map((metric) => {
      const { low = NaN, high = NaN } = evidence.intervals[metric.id] ?? {}
      const { id, label, unit } = metric
      return {
        id,
        label,
        unit,
        value: valueOf(metric, part),
        low,
        high,
        benchmark: benchmarkOf(metric, part),
      }
    }),
    verdict: { ...evidence.verdict },
    pValue: evidence.pValue,
    charged: evidence.trials,
  }
}

/** Its equity and benchmark from day to day, 1 at the start. */
export function runCurve({ dates, equity, benchmark, capital }: Report): RunCurve {
  const rebased = (values: Float64Array) => values.map((value) => value / capital)
  return { dates: dates.slice(), equity: rebased(equity), benchmark: rebased(benchmark) }
}
