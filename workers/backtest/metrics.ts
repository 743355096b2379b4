import { scaledAlpha } from './claims.ts'
import { sortedQuantile } from '../quant/quantiles.ts'
import { minimumTrackRecord, probabilisticSharpe } from '../quant/statistics.ts'
import type { Metric, Part, ReportTrade } from './api.ts'
import { independentBets } from './independentBets.ts'
import { metricTexts, type MetricId } from './metricTexts.ts'
import { lossesOfEquity } from './lossesOfEquity.ts'
import type { RunPart, Series } from './parts.ts'
import { daysPerYear } from './sizing.ts'

interface MetricRule {
  id: MetricId
  of: (part: RunPart) => number
  /** The benchmark's value where it makes sense. */
  benchmark?: (part: RunPart) => number
}

/** A metric of a series of returns alone, so that the benchmark has it too. */
function ofSeries(id: MetricId, value: (series: Series) => number): MetricRule {
  return {
    id,
    of: (part) => value(part.strategy),
    benchmark: (part) => (part.benchmark === null ? NaN : value(part.benchmark)),
  }
}

function mean(values: ArrayLike<number>, from = 0, to = values.length - 1): number {
  let sum = 0
  for (let i = from; i <= to; i++) sum += values[i]
  return to < from ? NaN : sum / (to - from + 1)
}

const total = (trades: ReportTrade[], value: (trade: ReportTrade) => number): number =>
  trades.reduce((sum, trade) => sum + value(trade), 0)
const gains = (trades: ReportTrade[]) => trades.filter((trade) => trade.profit > 0)
const losses = (trades: ReportTrade[]) => trades.filter((trade) => trade.profit < 0)
const share = (part: number, whole: number) => (whole > 0 ? part / whole : NaN)
const traded = ({ shares, entryPrice, exitPrice }: ReportTrade) => shares * (entryPrice + exitPrice)
const largest = (values: number[]) => (values.length > 0 ? Math.max(...values) : NaN)
const smallest = (values: number[]) => (values.length > 0 ? Math.min(...values) : NaN)

/** Sharpe of one day over the risk-free rate, as probabilistic Sharpe and track record need it. */
const dailySharpe = ({ stats }: Series) => stats.sharpe / Math.sqrt(daysPerYear)

/** Sum over the trades of a part of a column that is aligned with the trades of the run. */
function columnTotal({ part, run }: RunPart, column: Float64Array): number {
  let sum = 0
  run.trades.forEach((trade, i) => {
    if (part === 'all' || trade.outOfSample === (part === 'outOfSample')) sum += column[i]
  })
  return sum
}

/** Cost per side, in basis points of what is traded, at which the profit of the part would be nothing. */
export function breakEvenBps(part: RunPart): number {
  const notional = total(part.trades, traded)
  if (notional === 0) return NaN
  const { commission, slippage } = part.run
  const costs = columnTotal(part, commission) + columnTotal(part, slippage)
  return ((total(part.trades, (trade) => trade.profit) + costs) / notional) * 10_000
}

const rules: MetricRule[] = [
  ofSeries('cagr', ({ stats }) => stats.cagr),
  ofSeries('totalReturn', ({ returns }) => returns.reduce((growth, value) => growth * (1 + value), 1) - 1),
  ofSeries('bestDay', ({ returns }) => largest([...returns])),
  ofSeries('worstDay', ({ returns }) => smallest([...returns])),
  ofSeries('bestMonth', ({ months }) => largest(months.map((month) => month.return))),
  ofSeries('worstMonth', ({ months }) => smallest(months.map((month) => month.return))),
  ofSeries('winningDays', ({ returns }) =>
    share(returns.filter((value) => value > 0).length, returns.filter((value) => value !== 0).length),
  ),
  ofSeries('winningMonths', ({ months }) =>
    share(months.filter((month) => month.return > 0).length, months.length),
  ),

  ofSeries('volatility', ({ stats }) => stats.annualVolatility),
  ofSeries('maxDrawdown', ({ stats }) => stats.maxDrawdown),
  ofSeries('longestDrawdown', ({ longestDrawdown }) => longestDrawdown),
  ofSeries('ulcerIndex', ({ stats }) => stats.ulcerIndex),
  ofSeries('valueAtRisk', ({ stats }) => stats.valueAtRisk95),
  ofSeries('expectedShortfall', ({ stats }) => stats.expectedShortfall95),
  ofSeries('skew', ({ stats }) => stats.skew),
  ofSeries('kurtosis', ({ stats }) => stats.kurtosis),

  ofSeries('sharpe', ({ stats }) => stats.sharpe),
  ofSeries('sortino', ({ stats }) => stats.sortino),
  ofSeries('calmar', ({ stats }) => stats.calmar),
  ofSeries('omega', ({ stats }) => stats.omega),
  ofSeries('probabilisticSharpe', (series) =>
    probabilisticSharpe({
      sharpe: dailySharpe(series),
      observations: series.returns.length,
      skew: series.stats.skew,
      kurtosis: series.stats.kurtosis,
      benchmarkSharpe: 0,
    }),
  ),
  ofSeries('minimumTrackRecord', (series) =>
    series.stats.sharpe > 0
      ? minimumTrackRecord({
          sharpe: dailySharpe(series),
          skew: series.stats.skew,
          kurtosis: series.stats.kurtosis,
          benchmarkSharpe: 0,
          confidence: 0.95,
        })
      : NaN,
  ),

  {
    id: 'alpha',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.alpha),
  },
  {
    id: 'scaledAlpha',
    of: ({ strategy, benchmark }) =>
      benchmark === null ? NaN : scaledAlpha(strategy.stats.alpha, strategy.stats.annualVolatility),
  },
  {
    id: 'excessReturn',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.cagr - benchmark.stats.cagr),
  },
  {
    id: 'beta',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.beta),
    benchmark: ({ benchmark }) => (benchmark === null ? NaN : 1),
  },
  {
    id: 'informationRatio',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.informationRatio),
  },

  {
    id: 'trades',
    of: ({ trades }) => trades.length,
  },
  {
    id: 'winRate',
    of: ({ trades }) => share(gains(trades).length, trades.length),
  },
  {
    id: 'profitFactor',
    of: ({ trades }) => {
      const lost = -total(losses(trades), (trade) => trade.return)
      return lost > 0 ? total(gains(trades), (trade) => trade.return) / lost : NaN
    },
  },
  {
    id: 'payoff',
    of: ({ trades }) => {
      const lost = -mean(losses(trades).map((trade) => trade.return))
      return lost > 0 ? mean(gains(trades).map((trade) => trade.return)) / lost : NaN
    },
  },
  {
    id: 'expectancy',
    of: ({ trades }) => mean(trades.map((trade) => trade.return)),
  },
  {
    id: 'averageBars',
    of: ({ trades }) => mean(trades.map((trade) => trade.bars)),
  },
  {
    id: 'worstLoss',
    of: ({ trades, run }) => largest(lossesOfEquity(run, trades)),
  },
  {
    id: 'costs',
    of: (part) => total(part.trades, (trade) => trade.fees) + columnTotal(part, part.run.slippage),
  },
  {
    id: 'breakEvenBps',
    of: breakEvenBps,
  },

  {
    id: 'grossExposure',
    of: ({ run, from, to }) => mean(run.gross, from, to),
  },
  {
    id: 'netExposure',
    of: ({ run, from, to }) => mean(run.net, from, to),
  },
  {
    id: 'turnover',
    of: ({ trades, run, from, to, years }) => total(trades, traded) / 2 / mean(run.equity, from, to) / years,
  },
  {
    id: 'capacity',
    of: ({ capacities }) => sortedQuantile(capacities, 0.5),
  },
  {
    id: 'capacityTight',
    of: ({ capacities }) => sortedQuantile(capacities, 0.05),
  },
  {
    id: 'independentBets',
    of: ({ run, trades, from, to }) => independentBets(run.panel, trades, run.range, from, to),
  },
]

/** Every metric with its columns filled from the parts of the run; the others stay NaN. */
export function metricsOf(parts: RunPart[]): Metric[] {
  const find = (name: Part) => parts.find(({ part }) => part === name)
  const [all, inSample, outOfSample] = [find('all'), find('inSample'), find('outOfSample')]
  return rules.map(({ id, of, benchmark }) => {
    const { label, group, unit, definition } = metricTexts[id]
    const value = (part: RunPart | undefined) => (part === undefined ? NaN : of(part))
    const itsBenchmark = (part: RunPart | undefined) =>
      part === undefined || benchmark === undefined ? NaN : benchmark(part)
    return {
      id,
      label,
      group,
      unit,
      all: value(all),
      inSample: value(inSample),
      outOfSample: value(outOfSample),
      benchmarkAll: itsBenchmark(all),
      benchmarkInSample: itsBenchmark(inSample),
      benchmarkOutOfSample: itsBenchmark(outOfSample),
      definition,
    }
  })
}
