import {
  americanImpliedVolColumn,
  americanPriceColumn,
  blackScholesColumns,
  impliedVolColumn,
  type OptionColumns,
} from '../../workers/quant/options.ts'
import { Random } from '../../workers/quant/random.ts'

const rows = 20_000

/** Option prices, greeks and implied volatilities a second, whole chains at a time; one JSON line per figure. */
export function benchOptionPrices(): void {
  const chain = randomChain()
  const american = americanPriceColumn(chain)
  const { price } = blackScholesColumns(chain)
  print('American prices, whole chains', () => americanPriceColumn(chain), 20_000)
  print('European prices and greeks, whole chains', () => blackScholesColumns(chain), null)
  print('European implied volatilities, whole chains', () => impliedVolColumn(chain, price), null)
  print('American implied volatilities, whole chains', () => americanImpliedVolColumn(chain, american), null)
}

function print(name: string, run: () => unknown, target: number | null): void {
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  const value = Math.round(rows / (Math.min(...times) / 1000))
  console.log(JSON.stringify({ name, value, unit: 'per s', target }))
}

/** Strikes within two deviations, a week to a year, with dividends. */
function randomChain(): OptionColumns {
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
