import type { Metric } from './api.ts'

/** What a metric is, known before anything was measured: the report and the guide say the same. */
export type MetricText = Pick<Metric, 'label' | 'group' | 'unit' | 'definition'>

/** In the order in which they are shown. */
export const metricTexts = {
  cagr: {
    label: 'CAGR',
    group: 'return',
    unit: 'fraction',
    definition: 'Compound annual growth rate: (end ÷ start)^(252 ÷ days) − 1.',
  },
  totalReturn: {
    label: 'Total return',
    group: 'return',
    unit: 'fraction',
    definition: 'End ÷ start − 1, costs included.',
  },
  bestDay: {
    label: 'Best day',
    group: 'return',
    unit: 'fraction',
    definition: 'Largest daily return.',
  },
  worstDay: {
    label: 'Worst day',
    group: 'return',
    unit: 'fraction',
    definition: 'Smallest daily return.',
  },
  bestMonth: {
    label: 'Best month',
    group: 'return',
    unit: 'fraction',
    definition:
      'Largest return of a calendar month, daily returns compounded; first and last may be partial.',
  },
  worstMonth: {
    label: 'Worst month',
    group: 'return',
    unit: 'fraction',
    definition:
      'Smallest return of a calendar month, daily returns compounded; first and last may be partial.',
  },
  winningDays: {
    label: 'Win rate, days',
    group: 'return',
    unit: 'fraction',
    definition: 'Days with a return above 0 ÷ days with a return other than 0.',
  },
  winningMonths: {
    label: 'Win rate, months',
    group: 'return',
    unit: 'fraction',
    definition: 'Calendar months with a return above 0 ÷ all months.',
  },
  volatility: {
    label: 'Annual volatility',
    group: 'risk',
    unit: 'fraction',
    definition: 'Sample deviation of daily returns × √252.',
  },
  maxDrawdown: {
    label: 'Max drawdown',
    group: 'risk',
    unit: 'fraction',
    definition: 'Lowest value of equity ÷ its highest so far − 1, at closes; the start counts as a peak.',
  },
  longestDrawdown: {
    label: 'Longest drawdown',
    group: 'risk',
    unit: 'days',
    definition: 'Most calendar days from a peak until it was reached again, or until the end.',
  },
  ulcerIndex: {
    label: 'Ulcer index',
    group: 'risk',
    unit: 'fraction',
    definition: 'Root of the mean squared drawdown over the days after the start.',
  },
  valueAtRisk: {
    label: 'Value at risk 95 %',
    group: 'risk',
    unit: 'fraction',
    definition: '5 % quantile of daily returns, by linear interpolation; signed.',
  },
  expectedShortfall: {
    label: 'Expected shortfall 95 %',
    group: 'risk',
    unit: 'fraction',
    definition: 'Mean of the daily returns at or below the 5 % quantile; signed.',
  },
  skew: {
    label: 'Skew',
    group: 'risk',
    unit: 'plain',
    definition: 'Third central moment ÷ deviation³ of daily returns, moments ÷ n.',
  },
  kurtosis: {
    label: 'Kurtosis',
    group: 'risk',
    unit: 'plain',
    definition: 'Fourth central moment ÷ variance² of daily returns, moments ÷ n: 3 for a normal.',
  },
  sharpe: {
    label: 'Sharpe ratio',
    group: 'ratio',
    unit: 'ratio',
    definition:
      'Mean ÷ sample deviation of daily returns over the interest of idle cash (0 unless set) × √252.',
  },
  sortino: {
    label: 'Sortino ratio',
    group: 'ratio',
    unit: 'ratio',
    definition:
      'Mean ÷ downside deviation × √252; the downside is the root of the mean of min(0, return)² over all days.',
  },
  calmar: {
    label: 'Calmar ratio',
    group: 'ratio',
    unit: 'ratio',
    definition: 'Growth a year ÷ depth of the deepest drawdown.',
  },
  omega: {
    label: 'Omega ratio',
    group: 'ratio',
    unit: 'ratio',
    definition: 'Sum of the daily gains ÷ sum of the daily losses (threshold 0).',
  },
  probabilisticSharpe: {
    label: 'Probabilistic Sharpe',
    group: 'ratio',
    unit: 'fraction',
    definition:
      'Probability that the true Sharpe ratio is above 0 given this many days, skew and kurtosis (Bailey and López de Prado 2012). It knows of no other trial.',
  },
  minimumTrackRecord: {
    label: 'Minimum track record',
    group: 'ratio',
    unit: 'days',
    definition:
      'Trading days needed before a Sharpe ratio like this one is above 0 with 95 % confidence (Bailey and López de Prado 2012). Undefined at or below 0.',
  },
  alpha: {
    label: 'Alpha, beta-adjusted',
    group: 'benchmark',
    unit: 'fraction',
    definition:
      'Intercept × 252 of daily returns regressed on the benchmark’s, both over the interest of idle cash.',
  },
  scaledAlpha: {
    label: 'Alpha at 10 % volatility',
    group: 'benchmark',
    unit: 'fraction',
    definition:
      'Alpha × 10 % ÷ volatility a year: what the same positions would earn if sized so that the account moves by 10 % a year.',
  },
  excessReturn: {
    label: 'Raw excess return',
    group: 'benchmark',
    unit: 'fraction',
    definition:
      'Growth a year minus the benchmark’s. Unlike alpha it rewards merely holding a rising market.',
  },
  beta: {
    label: 'Beta',
    group: 'benchmark',
    unit: 'ratio',
    definition: 'Covariance of daily returns with the benchmark’s ÷ the benchmark’s variance.',
  },
  informationRatio: {
    label: 'Information ratio',
    group: 'benchmark',
    unit: 'ratio',
    definition: 'Mean ÷ sample deviation of the daily differences to the benchmark × √252.',
  },
  trades: {
    label: 'Trades',
    group: 'trades',
    unit: 'count',
    definition: 'Closed trades entered in this part; a trim counts as one.',
  },
  winRate: {
    label: 'Win rate',
    group: 'trades',
    unit: 'fraction',
    definition: 'Trades with a profit after fees ÷ trades.',
  },
  profitFactor: {
    label: 'Profit factor',
    group: 'trades',
    unit: 'ratio',
    definition:
      'Sum of the returns of the winning trades ÷ that of the losing ones, by trade: the same equity counted by day gives far less.',
  },
  payoff: {
    label: 'Payoff ratio',
    group: 'trades',
    unit: 'ratio',
    definition: 'Mean return of the winning trades ÷ mean loss of the losing ones.',
  },
  expectancy: {
    label: 'Expectancy',
    group: 'trades',
    unit: 'fraction',
    definition: 'Mean of profit after fees ÷ entry notional.',
  },
  averageBars: {
    label: 'Average bars held',
    group: 'trades',
    unit: 'days',
    definition: 'Mean number of bars held, those of the entry and of the exit included.',
  },
  worstLoss: {
    label: 'Largest loss of equity',
    group: 'trades',
    unit: 'fraction',
    definition:
      'Most that one trade lost after fees, as a share of the equity at the close before its entry. Positive is a loss.',
  },
  costs: {
    label: 'Costs paid',
    group: 'trades',
    unit: 'dollars',
    definition: 'Commission, slippage and borrow of the trades entered in this part.',
  },
  breakEvenBps: {
    label: 'Break-even costs per side',
    group: 'trades',
    unit: 'bps',
    definition:
      'Profit before commission and slippage ÷ everything bought and sold: costs that would take all of it. Negative: it loses without costs.',
  },
  grossExposure: {
    label: 'Gross exposure',
    group: 'exposure',
    unit: 'fraction',
    definition: 'Mean over days of longs plus shorts ÷ equity, at the close.',
  },
  netExposure: {
    label: 'Net exposure',
    group: 'exposure',
    unit: 'fraction',
    definition: 'Mean over days of longs minus shorts ÷ equity, at the close.',
  },
  turnover: {
    label: 'Annual turnover',
    group: 'exposure',
    unit: 'multiple',
    definition:
      'Half of everything bought and sold by the trades entered in this part ÷ mean equity ÷ years.',
  },
  capacity: {
    label: 'Capacity',
    group: 'exposure',
    unit: 'dollars',
    definition:
      'Equity at which the median trade is 1 % of the median dollar volume of the 20 bars before it.',
  },
  capacityTight: {
    label: 'Capacity, 95 % of trades',
    group: 'exposure',
    unit: 'dollars',
    definition:
      'Equity at which 95 of 100 trades are at most 1 % of the median dollar volume of the 20 bars before them.',
  },
  independentBets: {
    label: 'Effective independent bets',
    group: 'exposure',
    unit: 'plain',
    definition:
      '(Σλ)² ÷ Σλ² over the variances λ of the principal components of daily profits by symbol (after Meucci 2009).',
  },
} as const satisfies Record<string, MetricText>

export type MetricId = keyof typeof metricTexts
export const metricIds = Object.keys(metricTexts) as MetricId[]
