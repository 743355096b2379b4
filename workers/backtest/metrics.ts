import { scaledAlpha } from './claims.ts'
import { sortedQuantile } from '../quant/quantiles.ts'
import { minimumTrackRecord, probabilisticSharpe } from '../quant/statistics.ts'
import type { Metric, Part, ReportTrade } from './api.ts'
import { independentBets } from './independentBets.ts'
import { lossesOfEquity } from './lossesOfEquity.ts'
import type { RunPart, Series } from './parts.ts'
import { daysPerYear } from './sizing.ts'

interface MetricRule {
  id: string
  label: string
  group: Metric['group']
  unit: Metric['unit']
  definition: string
  of: (part: RunPart) => number
  /** The benchmark's value where it makes sense. */
  benchmark?: (part: RunPart) => number
}

/** A metric of a series of returns alone, so that the benchmark has it too. */
function ofSeries(rule: Omit<MetricRule, 'of' | 'benchmark'>, value: (series: Series) => number): MetricRule {
  return {
    ...rule,
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
  ofSeries(
    {
      id: 'cagr',
      label: 'CAGR',
      group: 'return',
      unit: 'fraction',
      definition: 'Compound annual growth rate: (end ÷ start)^(252 ÷ days) − 1.',
    },
    ({ stats }) => stats.cagr,
  ),
  ofSeries(
    {
      id: 'totalReturn',
      label: 'Total return',
      group: 'return',
      unit: 'fraction',
      definition: 'End ÷ start − 1, costs included.',
    },
    ({ returns }) => returns.reduce((growth, value) => growth * (1 + value), 1) - 1,
  ),
  ofSeries(
    {
      id: 'bestDay',
      label: 'Best day',
      group: 'return',
      unit: 'fraction',
      definition: 'Largest daily return.',
    },
    ({ returns }) => largest([...returns]),
  ),
  ofSeries(
    {
      id: 'worstDay',
      label: 'Worst day',
      group: 'return',
      unit: 'fraction',
      definition: 'Smallest daily return.',
    },
    ({ returns }) => smallest([...returns]),
  ),
  ofSeries(
    {
      id: 'bestMonth',
      label: 'Best month',
      group: 'return',
      unit: 'fraction',
      definition:
        'Largest return of a calendar month, daily returns compounded; first and last may be partial.',
    },
    ({ months }) => largest(months.map((month) => month.return)),
  ),
  ofSeries(
    {
      id: 'worstMonth',
      label: 'Worst month',
      group: 'return',
      unit: 'fraction',
      definition:
        'Smallest return of a calendar month, daily returns compounded; first and last may be partial.',
    },
    ({ months }) => smallest(months.map((month) => month.return)),
  ),
  ofSeries(
    {
      id: 'winningDays',
      label: 'Win rate, days',
      group: 'return',
      unit: 'fraction',
      definition: 'Days with a return above 0 ÷ days with a return other than 0.',
    },
    ({ returns }) =>
      share(returns.filter((value) => value > 0).length, returns.filter((value) => value !== 0).length),
  ),
  ofSeries(
    {
      id: 'winningMonths',
      label: 'Win rate, months',
      group: 'return',
      unit: 'fraction',
      definition: 'Calendar months with a return above 0 ÷ all months.',
    },
    ({ months }) => share(months.filter((month) => month.return > 0).length, months.length),
  ),

  ofSeries(
    {
      id: 'volatility',
      label: 'Annual volatility',
      group: 'risk',
      unit: 'fraction',
      definition: 'Sample deviation of daily returns × √252.',
    },
    ({ stats }) => stats.annualVolatility,
  ),
  ofSeries(
    {
      id: 'maxDrawdown',
      label: 'Max drawdown',
      group: 'risk',
      unit: 'fraction',
      definition: 'Lowest value of equity ÷ its highest so far − 1, at closes; the start counts as a peak.',
    },
    ({ stats }) => stats.maxDrawdown,
  ),
  ofSeries(
    {
      id: 'longestDrawdown',
      label: 'Longest drawdown',
      group: 'risk',
      unit: 'days',
      definition: 'Most calendar days from a peak until it was reached again, or until the end.',
    },
    ({ longestDrawdown }) => longestDrawdown,
  ),
  ofSeries(
    {
      id: 'ulcerIndex',
      label: 'Ulcer index',
      group: 'risk',
      unit: 'fraction',
      definition: 'Root of the mean squared drawdown over the days after the start.',
    },
    ({ stats }) => stats.ulcerIndex,
  ),
  ofSeries(
    {
      id: 'valueAtRisk',
      label: 'Value at risk 95 %',
      group: 'risk',
      unit: 'fraction',
      definition: '5 % quantile of daily returns, by linear interpolation; signed.',
    },
    ({ stats }) => stats.valueAtRisk95,
  ),
  ofSeries(
    {
      id: 'expectedShortfall',
      label: 'Expected shortfall 95 %',
      group: 'risk',
      unit: 'fraction',
      definition: 'Mean of the daily returns at or below the 5 % quantile; signed.',
    },
    ({ stats }) => stats.expectedShortfall95,
  ),
  ofSeries(
    {
      id: 'skew',
      label: 'Skew',
      group: 'risk',
      unit: 'plain',
      definition: 'Third central moment ÷ deviation³ of daily returns, moments ÷ n.',
    },
    ({ stats }) => stats.skew,
  ),
  ofSeries(
    {
      id: 'kurtosis',
      label: 'Kurtosis',
      group: 'risk',
      unit: 'plain',
      definition: 'Fourth central moment ÷ variance² of daily returns, moments ÷ n: 3 for a normal.',
    },
    ({ stats }) => stats.kurtosis,
  ),

  ofSeries(
    {
      id: 'sharpe',
      label: 'Sharpe ratio',
      group: 'ratio',
      unit: 'ratio',
      definition:
        'Mean ÷ sample deviation of daily returns over the interest of idle cash (0 unless set) × √252.',
    },
    ({ stats }) => stats.sharpe,
  ),
  ofSeries(
    {
      id: 'sortino',
      label: 'Sortino ratio',
      group: 'ratio',
      unit: 'ratio',
      definition:
        'Mean ÷ downside deviation × √252; the downside is the root of the mean of min(0, return)² over all days.',
    },
    ({ stats }) => stats.sortino,
  ),
  ofSeries(
    {
      id: 'calmar',
      label: 'Calmar ratio',
      group: 'ratio',
      unit: 'ratio',
      definition: 'Growth a year ÷ depth of the deepest drawdown.',
    },
    ({ stats }) => stats.calmar,
  ),
  ofSeries(
    {
      id: 'omega',
      label: 'Omega ratio',
      group: 'ratio',
      unit: 'ratio',
      definition: 'Sum of the daily gains ÷ sum of the daily losses (threshold 0).',
    },
    ({ stats }) => stats.omega,
  ),
  ofSeries(
    {
      id: 'probabilisticSharpe',
      label: 'Probabilistic Sharpe',
      group: 'ratio',
      unit: 'fraction',
      definition:
        'Probability that the true Sharpe ratio is above 0 given this many days, skew and kurtosis (Bailey and López de Prado 2012). It knows of no other trial.',
    },
    (series) =>
      probabilisticSharpe({
        sharpe: dailySharpe(series),
        observations: series.returns.length,
        skew: series.stats.skew,
        kurtosis: series.stats.kurtosis,
        benchmarkSharpe: 0,
      }),
  ),
  ofSeries(
    {
      id: 'minimumTrackRecord',
      label: 'Minimum track record',
      group: 'ratio',
      unit: 'days',
      definition:
        'Trading days needed before a Sharpe ratio like this one is above 0 with 95 % confidence (Bailey and López de Prado 2012). Undefined at or below 0.',
    },
    (series) =>
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
    label: 'Alpha, beta-adjusted',
    group: 'benchmark',
    unit: 'fraction',
    definition:
      'Intercept × 252 of daily returns regressed on the benchmark’s, both over the interest of idle cash.',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.alpha),
  },
  {
    id: 'scaledAlpha',
    label: 'Alpha at 10 % volatility',
    group: 'benchmark',
    unit: 'fraction',
    definition:
      'Alpha × 10 % ÷ volatility a year: what the same positions would earn if sized so that the account moves by 10 % a year.',
    of: ({ strategy, benchmark }) =>
      benchmark === null ? NaN : scaledAlpha(strategy.stats.alpha, strategy.stats.annualVolatility),
  },
  {
    id: 'excessReturn',
    label: 'Raw excess return',
    group: 'benchmark',
    unit: 'fraction',
    definition:
      'Growth a year minus the benchmark’s. Unlike alpha it rewards merely holding a rising market.',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.cagr - benchmark.stats.cagr),
  },
  {
    id: 'beta',
    label: 'Beta',
    group: 'benchmark',
    unit: 'ratio',
    definition: 'Covariance of daily returns with the benchmark’s ÷ the benchmark’s variance.',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.beta),
    benchmark: ({ benchmark }) => (benchmark === null ? NaN : 1),
  },
  {
    id: 'informationRatio',
    label: 'Information ratio',
    group: 'benchmark',
    unit: 'ratio',
    definition: 'Mean ÷ sample deviation of the daily differences to the benchmark × √252.',
    of: ({ strategy, benchmark }) => (benchmark === null ? NaN : strategy.stats.informationRatio),
  },

  {
    id: 'trades',
    label: 'Trades',
    group: 'trades',
    unit: 'count',
    definition: 'Closed trades entered in this part; a trim counts as one.',
    of: ({ trades }) => trades.length,
  },
  {
    id: 'winRate',
    label: 'Win rate',
    group: 'trades',
    unit: 'fraction',
    definition: 'Trades with a profit after fees ÷ trades.',
    of: ({ trades }) => share(gains(trades).length, trades.length),
  },
  {
    id: 'profitFactor',
    label: 'Profit factor',
    group: 'trades',
    unit: 'ratio',
    definition:
      'Sum of the returns of the winning trades ÷ that of the losing ones, by trade: the same equity counted by day gives far less.',
    of: ({ trades }) => {
      const lost = -total(losses(trades), (trade) => trade.return)
      return lost > 0 ? total(gains(trades), (trade) => trade.return) / lost : NaN
    },
  },
  {
    id: 'payoff',
    label: 'Payoff ratio',
    group: 'trades',
    unit: 'ratio',
    definition: 'Mean return of the winning trades ÷ mean loss of the losing ones.',
    of: ({ trades }) => {
      const lost = -mean(losses(trades).map((trade) => trade.return))
      return lost > 0 ? mean(gains(trades).map((trade) => trade.return)) / lost : NaN
    },
  },
  {
    id: 'expectancy',
    label: 'Expectancy',
    group: 'trades',
    unit: 'fraction',
    definition: 'Mean of profit after fees ÷ entry notional.',
    of: ({ trades }) => mean(trades.map((trade) => trade.return)),
  },
  {
    id: 'averageBars',
    label: 'Average bars held',
    group: 'trades',
    unit: 'days',
    definition: 'Mean number of bars held, those of the entry and of the exit included.',
    of: ({ trades }) => mean(trades.map((trade) => trade.bars)),
  },
  {
    id: 'worstLoss',
    label: 'Largest loss of equity',
    group: 'trades',
    unit: 'fraction',
    definition:
      'Most that one trade lost after fees, as a share of the equity at the close before its entry. Positive is a loss.',
    of: ({ trades, run }) => largest(lossesOfEquity(run, trades)),
  },
  {
    id: 'costs',
    label: 'Costs paid',
    group: 'trades',
    unit: 'dollars',
    definition: 'Commission, slippage and borrow of the trades entered in this part.',
    of: (part) => total(part.trades, (trade) => trade.fees) + columnTotal(part, part.run.slippage),
  },
  {
    id: 'breakEvenBps',
    label: 'Break-even costs per side',
    group: 'trades',
    unit: 'bps',
    definition:
      'Profit before commission and slippage ÷ everything bought and sold: costs that would take all of it. Negative: it loses without costs.',
    of: breakEvenBps,
  },

  {
    id: 'grossExposure',
    label: 'Gross exposure',
    group: 'exposure',
    unit: 'fraction',
    definition: 'Mean over days of longs plus shorts ÷ equity, at the close.',
    of: ({ run, from, to }) => mean(run.gross, from, to),
  },
  {
    id: 'netExposure',
    label: 'Net exposure',
    group: 'exposure',
    unit: 'fraction',
    definition: 'Mean over days of longs minus shorts ÷ equity, at the close.',
    of: ({ run, from, to }) => mean(run.net, from, to),
  },
  {
    id: 'turnover',
    label: 'Annual turnover',
    group: 'exposure',
    unit: 'multiple',
    definition:
      'Half of everything bought and sold by the trades entered in this part ÷ mean equity ÷ years.',
    of: ({ trades, run, from, to, years }) => total(trades, traded) / 2 / mean(run.equity, from, to) / years,
  },
  {
    id: 'capacity',
    label: 'Capacity',
    group: 'exposure',
    unit: 'dollars',
    definition:
      'Equity at which the median trade is 1 % of the median dollar volume of the 20 bars before it.',
    of: ({ capacities }) => sortedQuantile(capacities, 0.5),
  },
  {
    id: 'capacityTight',
    label: 'Capacity, 95 % of trades',
    group: 'exposure',
    unit: 'dollars',
    definition:
      'Equity at which 95 of 100 trades are at most 1 % of the median dollar volume of the 20 bars before them.',
    of: ({ capacities }) => sortedQuantile(capacities, 0.05),
  },
  {
    id: 'independentBets',
    label: 'Effective independent bets',
    group: 'exposure',
    unit: 'plain',
    definition:
      '(Σλ)² ÷ Σλ² over the variances λ of the principal components of daily profits by symbol (after Meucci 2009).',
    of: ({ run, trades, from, to }) => independentBets(run.panel, trades, run.range, from, to),
  },
]

/** Every metric with its columns filled from the parts of the run; the others stay NaN. */
export function metricsOf(parts: RunPart[]): Metric[] {
  const find = (name: Part) => parts.find(({ part }) => part === name)
  const [all, inSample, outOfSample] = [find('all'), find('inSample'), find('outOfSample')]
  return rules.map(({ id, label, group, unit, definition, of, benchmark }) => {
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
