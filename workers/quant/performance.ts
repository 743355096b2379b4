import { drawdowns } from './drawdown.ts'
import { mean, sampleDeviation, shape } from './moments.ts'
import { sortedQuantile, sortedValues } from './quantiles.ts'
import { regression } from './regression.ts'

export interface PerformanceOptions {
  /** 252 unless given. */
  periodsPerYear?: number
  /** A yearly rate, decimal; taken off each period as rate ÷ periods. 0 unless given. */
  riskFree?: number
  /** [periods] simple returns of the benchmark, aligned with the returns. */
  benchmark?: ArrayLike<number> | null
}

/** Every figure is NaN where it is undefined: too few returns, nothing that varies, no benchmark. */
export interface Performance {
  /** Returns counted; missing ones (NaN) are not. */
  observations: number
  /** Growth over the whole time, fraction. */
  totalReturn: number
  /** Yearly geometric growth: (Π(1 + r))^(periods ÷ n) − 1. */
  cagr: number
  /** Sample deviation × √periods. */
  annualVolatility: number
  /** Mean excess return ÷ sample deviation × √periods; Infinity for a gain that never varies. */
  sharpe: number
  /** Mean excess return ÷ downside deviation × √periods, the downside over all n. */
  sortino: number
  /** √mean(min(0, excess)²) × √periods. */
  downsideDeviation: number
  /** Deepest fall below the running peak, negative; the starting 1 counts as a peak. */
  maxDrawdown: number
  /** cagr ÷ |maxDrawdown|. */
  calmar: number
  /** Sum of gains ÷ sum of losses, threshold 0. */
  omega: number
  /** The 5 % quantile of the returns, signed, by linear interpolation. */
  valueAtRisk95: number
  /** Mean of the returns at or below that quantile, signed. */
  expectedShortfall95: number
  /** From central moments ÷ n; the kurtosis is raw, 3 for a normal. */
  skew: number
  kurtosis: number
  /** √mean(drawdown²) over the n points after the start (Martin & McCann 1989), fraction. */
  ulcerIndex: number
  /** |95 % quantile| ÷ |5 % quantile|. */
  tailRatio: number
  /** R² of a straight line through the cumulative log returns. */
  stability: number
  best: number
  worst: number
  /** Share of returns above 0. */
  positive: number
  /** Intercept × periods of the regression of excess returns on the benchmark's. */
  alpha: number
  /** Slope of that regression. */
  beta: number
  correlation: number
  /** Sample deviation of the differences to the benchmark × √periods. */
  trackingError: number
  /** Mean ÷ sample deviation of the differences to the benchmark × √periods. */
  informationRatio: number
  /** Yearly growth over the benchmark's rising (falling) periods ÷ the benchmark's own. */
  upCapture: number
  downCapture: number
}

/**
 * The figures of one series of simple returns per period (0.01 = 1 %). Missing returns (NaN) are left out;
 * figures against the benchmark use the periods where both are there.
 */
export function performance(returns: ArrayLike<number>, options: PerformanceOptions = {}): Performance {
  const { periodsPerYear = 252, riskFree = 0, benchmark = null } = options
  const r = withoutMissing(returns)
  const rate = riskFree / periodsPerYear
  const year = Math.sqrt(periodsPerYear)
  const deviation = sampleDeviation(r)
  const excess = mean(r) - rate
  const downside = downsideDeviation(r, rate)
  const falls = drawdowns(r)
  const sorted = sortedValues(r)
  const valueAtRisk95 = sortedQuantile(sorted, 0.05)
  const cagr = growthPerYear(r, periodsPerYear)
  const maxDrawdown = falls.length === 0 ? NaN : falls.reduce((worst, fall) => Math.min(worst, fall))
  return {
    observations: r.length,
    totalReturn: r.length === 0 ? NaN : growth(r) - 1,
    cagr,
    annualVolatility: deviation * year,
    sharpe: (excess / deviation) * year,
    sortino: (excess / downside) * year,
    downsideDeviation: downside * year,
    maxDrawdown,
    calmar: maxDrawdown < 0 ? cagr / -maxDrawdown : NaN,
    omega: omega(r),
    valueAtRisk95,
    expectedShortfall95: mean(sorted.filter((value) => value <= valueAtRisk95)),
    ...shape(r),
    ulcerIndex: Math.sqrt(mean(falls.map((fall) => fall * fall))),
    tailRatio: Math.abs(sortedQuantile(sorted, 0.95)) / Math.abs(valueAtRisk95),
    stability: stability(r),
    best: sorted.length === 0 ? NaN : sorted[sorted.length - 1],
    worst: sorted.length === 0 ? NaN : sorted[0],
    positive: mean(r.map((value) => (value > 0 ? 1 : 0))),
    ...againstBenchmark(returns, benchmark ?? [], rate, periodsPerYear),
  }
}

function withoutMissing(x: ArrayLike<number>): Float64Array<ArrayBuffer> {
  return Float64Array.from(x).filter((value) => !Number.isNaN(value))
}

/** Final wealth of a starting 1. */
function growth(r: Float64Array): number {
  let wealth = 1
  for (const value of r) wealth *= 1 + value
  return wealth
}

/** Wealth that is gone stays gone: −1 a year. */
function growthPerYear(r: Float64Array, periodsPerYear: number): number {
  if (r.length === 0) return NaN
  return Math.max(0, growth(r)) ** (periodsPerYear / r.length) - 1
}

function downsideDeviation(r: Float64Array, threshold: number): number {
  return Math.sqrt(mean(r.map((value) => Math.min(0, value - threshold) ** 2)))
}

function omega(r: Float64Array): number {
  let gains = 0
  let losses = 0
  for (const value of r) {
    if (value > 0) gains += value
    else losses -= value
  }
  return losses > 0 ? gains / losses : NaN
}

function stability(r: Float64Array): number {
  let sum = 0
  const log = r.map((value) => (sum += Math.log1p(value)))
  return regression(
    log,
    log.map((_, i) => i),
  ).rSquared
}

type Relative = Pick<
  Performance,
  'alpha' | 'beta' | 'correlation' | 'trackingError' | 'informationRatio' | 'upCapture' | 'downCapture'
>

function againstBenchmark(
  returns: ArrayLike<number>,
  benchmark: ArrayLike<number>,
  rate: number,
  periodsPerYear: number,
): Relative {
  const own: number[] = []
  const other: number[] = []
  for (let i = 0; i < Math.min(returns.length, benchmark.length); i++) {
    if (Number.isNaN(returns[i] + benchmark[i])) continue
    own.push(returns[i])
    other.push(benchmark[i])
  }
  const line = regression(
    own.map((value) => value - rate),
    other.map((value) => value - rate),
  )
  const difference = own.map((value, i) => value - other[i])
  const trackingError = sampleDeviation(difference) * Math.sqrt(periodsPerYear)
  const capture = (chosen: (value: number) => boolean) =>
    growthPerYear(Float64Array.from(own.filter((_, i) => chosen(other[i]))), periodsPerYear) /
    growthPerYear(Float64Array.from(other.filter(chosen)), periodsPerYear)
  return {
    alpha: line.intercept * periodsPerYear,
    beta: line.slope,
    correlation: line.correlation,
    trackingError,
    informationRatio: (mean(difference) * periodsPerYear) / trackingError,
    upCapture: capture((value) => value > 0),
    downCapture: capture((value) => value < 0),
  }
}
