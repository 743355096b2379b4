import { resamplerOf } from '../../workers/backtest/calendarDraws.ts'
import { Charger } from '../../workers/backtest/resampling/charger.ts'
import { Maxima } from '../../workers/backtest/resampling/maxima.ts'
import { openSums } from '../../workers/backtest/resampling/sums.ts'
import { resamples } from '../../workers/backtest/resampling/resampler.ts'
import { backtestOverfitting } from '../../workers/quant/statistics.ts'
import { Random } from '../../workers/quant/random.ts'
import { exponentOf, median, print } from './figures.ts'

const day = 1260

function series(count: number, days: number): Float64Array[] {
  const random = new Random(7)
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: days }, () => 0.02 * (random.uniform() - 0.5)),
  )
}

function matrixOf(columns: Float64Array[], days: number): Float32Array {
  const matrix = new Float32Array(days * columns.length)
  columns.forEach((column, s) => column.forEach((value, d) => (matrix[d * columns.length + s] = value)))
  return matrix
}

/** Charges so many trials of so many days to a fresh family, draws of the calendar included; milliseconds. */
function charged(trials: number, days: number): number {
  const pool = series(64, days - 1)
  const started = performance.now()
  const charger = new Charger(resamplerOf({ days, meanBlock: 4 }))
  const maxima = new Maxima()
  for (let i = 0; i < trials; i++) {
    if (charger.full) charger.run(maxima)
    charger.put(1, pool[i % 64], days - 1)
  }
  charger.run(maxima)
  maxima.pValue(2)
  return performance.now() - started
}

/** One trial more in a family of any size. */
function oneMore(): number {
  const [one] = series(1, day - 1)
  const charger = new Charger(resamplerOf({ days: day, meanBlock: 4 }))
  const maxima = new Maxima()
  return median(
    Array.from({ length: 40 }, () => {
      const started = performance.now()
      charger.put(1, one, day - 1)
      charger.run(maxima)
      maxima.pValue(charger.t[0])
      return performance.now() - started
    }),
  )
}

function overfitting(strategies: number, days: number): number {
  const matrix = matrixOf(series(strategies, days), days)
  const started = performance.now()
  backtestOverfitting(matrix, days, strategies, 16)
  return performance.now() - started
}

/** The sums in JavaScript and double precision, eight series at a time: what the vectors have to beat. */
function plainSums(counts: Float32Array, series: Float64Array, sums: Float64Array, days: number): void {
  for (let b = 0; b < sums.length / 8; b++) {
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    let s5 = 0
    let s6 = 0
    let s7 = 0
    let at = b * days
    for (let value = 0; value < series.length; value += 8, at++) {
      const count = counts[at]
      s0 += count * series[value]
      s1 += count * series[value + 1]
      s2 += count * series[value + 2]
      s3 += count * series[value + 3]
      s4 += count * series[value + 4]
      s5 += count * series[value + 5]
      s6 += count * series[value + 6]
      s7 += count * series[value + 7]
    }
    const out = 8 * b
    sums[out] = s0
    sums[out + 1] = s1
    sums[out + 2] = s2
    sums[out + 3] = s3
    sums[out + 4] = s4
    sums[out + 5] = s5
    sums[out + 6] = s6
    sums[out + 7] = s7
  }
}

/** How much faster vectors take the sums of eight series than JavaScript. */
function vectorGain(): number {
  const counts = new Float32Array(resamples * day).fill(1)
  const series = new Float64Array(8 * day).fill(0.01)
  const sums = new Float64Array(8 * resamples)
  const memory = openSums(day, resamples)
  const best = (work: () => void) =>
    Math.min(
      ...Array.from({ length: 12 }, () => {
        const started = performance.now()
        work()
        return performance.now() - started
      }),
    )
  return best(() => plainSums(counts, series, sums, day)) / best(() => memory.run())
}

/** What the answer to “could this be luck?” costs. */
export function benchLuck(): void {
  overfitting(50, day)
  print('overfitting (PBO): 500 strategies, 1,260 days, 12,870 splits', overfitting(500, day), 'ms', 1000)
  charged(800, day)
  print('family of 10,000 trials, 1,260 days, 1,000 resamples', charged(10_000, day), 'ms', 10_000)
  print('one more trial', oneMore(), 'ms', 20)
  print('resampled sums: WebAssembly with vectors is faster than JavaScript', vectorGain(), 'times')
  const byTrials = [2000, 4000, 8000].map((trials) => [trials, charged(trials, day)] as const)
  const byDays = [630, 1260, 2520].map((days) => [days, charged(4000, days)] as const)
  const byStrategies = [125, 250, 500].map((count) => [count, overfitting(count, day)] as const)
  exponentOf('charging a family, by trials', byTrials)
  exponentOf('charging 4,000 trials, by days', byDays)
  exponentOf('overfitting (PBO), by strategies', byStrategies)
}
