import {
  americanGreeksColumns,
  americanImpliedVolColumn,
  americanPriceColumn,
  blackScholesColumns,
  impliedVolColumn,
  type OptionColumns,
} from '../../workers/quant/options.ts'
import { Random } from '../../workers/quant/random.ts'
import { print } from './figures.ts'

/** Limits: American prices ≥ 30,000 a second, implied volatility and greeks of 100,000 contracts within 150 ms. */
const limits = { americanPrices: 30_000, americanVols: 20_000, europeanMs: 150 }

/** Option prices, greeks and implied volatilities, whole chains at a time on one core; one JSON line per figure. */
export function benchOptionPrices(): void {
  const chain = randomChain(20_000)
  const american = americanPriceColumn(chain)
  perSecond('American prices, whole chains', 20_000, () => americanPriceColumn(chain), limits.americanPrices)
  perSecond(
    'American implied volatilities, whole chains',
    20_000,
    () => americanImpliedVolColumn(chain, american),
    limits.americanVols,
  )
  perSecond('American greeks, whole chains', 20_000, () => americanGreeksColumns(chain))
  const large = randomChain(100_000)
  const { price } = blackScholesColumns(large)
  const both = () => blackScholesColumns({ ...large, vol: impliedVolColumn(large, price) })
  print('implied volatility and greeks of 100,000 contracts', bestOf(5, both), 'ms', limits.europeanMs)
}

function perSecond(name: string, rows: number, run: () => unknown, target?: number): void {
  print(name, Math.round(rows / (bestOf(3, run) / 1000)), 'per s', target)
}

function bestOf(times: number, run: () => unknown): number {
  const taken = Array.from({ length: times }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  return Math.min(...taken)
}

/** Strikes within two deviations, a week to a year, with dividends. */
function randomChain(rows: number): OptionColumns {
  const random = new Random(1)
  const between = (low: number, high: number) => low + (high - low) * random.uniform()
  const column = (draw: () => number) => Float64Array.from({ length: rows }, draw)
  const years = column(() => between(0.02, 1))
  const vol = column(() => between(0.12, 0.8))
  return {
    right: Int8Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 1 : -1)),
    spot: new Float64Array(rows).fill(100),
    strike: years.map((t, i) => 100 * (1 + between(-1, 1) * vol[i] * Math.sqrt(t))),
    years,
    rate: new Float64Array(rows).fill(0.03),
    dividendYield: new Float64Array(rows).fill(0.01),
    vol,
  }
}
