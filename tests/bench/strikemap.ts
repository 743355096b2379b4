import { totalVariance } from '../../datasets/chains/surface.ts'
import type { ChainSlice } from '../../workers/quant/chainTables.ts'
import { analyseChain } from '../../workers/quant/chains/analyseChain.ts'
import { analyseExpiries } from '../../workers/quant/chains/analyseExpiries.ts'
import { recommendedStrikemap } from '../../workers/quant/chains/analysis.ts'
import { americanPrice } from '../../workers/quant/options.ts'
import { Random } from '../../workers/quant/random.ts'
import { median, print } from './figures.ts'

const runs = 9
const rate = 0.03
const dividendYield = 0.01

/** Reading whole chains: the map of a large one, and the smiles that a backtest reads of a small one. */
export function benchStrikemap(): void {
  const large = chainOf(30, 167)
  const settings = { ...recommendedStrikemap, rate }
  time(`Strikemap, ${large.rows.strike.length} contracts`, 100, () => analyseChain(large, settings))
  const small = chainOf(6, 4)
  time(`Smiles alone, ${small.rows.strike.length} contracts`, 1, () => analyseExpiries(small, rate))
}

function time(what: string, target: number, run: () => void): void {
  for (let i = 0; i < 3; i++) run()
  const times = Array.from({ length: runs }, () => {
    const began = performance.now()
    run()
    return performance.now() - began
  })
  print(`${what}, best`, Math.min(...times), 'ms', target)
  print(`${what}, median`, median(times), 'ms', target)
}

/** American calls and puts within two and a half deviations, a week to two years, on a fair surface and quoted in cents. */
function chainOf(expiries: number, strikes: number): ChainSlice {
  const random = new Random(8)
  const spot = 500
  const day = 20_000
  const rows = expiries * strikes * 2
  const column = () => new Float64Array(rows)
  const slice: ChainSlice = {
    symbol: 'BENCH',
    day,
    spot,
    quoted: true,
    first: 0,
    rows: {
      expiry: new Int32Array(rows),
      strike: column(),
      right: new Int8Array(rows),
      bid: column(),
      ask: column(),
      last: column().fill(NaN),
      volume: column().fill(500),
      openInterest: column().fill(1000),
      vendorVol: column().fill(NaN),
    },
  }
  let at = 0
  for (let e = 0; e < expiries; e++) {
    const days = Math.round(7 * 1.17 ** (e * (30 / expiries)))
    const years = days / 365
    const theta = 0.04 * years
    const forward = spot * Math.exp((rate - dividendYield) * years)
    for (let k = 0; k < strikes; k++) {
      const x = (5 * (k / (strikes - 1)) - 2.5) * Math.sqrt(theta)
      const strike = forward * Math.exp(x)
      const vol = Math.sqrt(totalVariance(theta, x, { correlation: -0.6, curvature: 0.8 }) / years)
      for (const right of ['call', 'put'] as const) {
        const price = americanPrice({ right, spot, strike, years, rate, dividendYield, vol })
        const half = Math.max(0.01, 0.008 * price)
        slice.rows.expiry[at] = day + days
        slice.rows.strike[at] = strike
        slice.rows.right[at] = right === 'call' ? 1 : -1
        slice.rows.bid[at] = Math.max(0.01, price - half * (1 + 0.2 * random.uniform()))
        slice.rows.ask[at] = Math.max(0.02, price + half * (1 + 0.2 * random.uniform()))
        at++
      }
    }
  }
  return slice
}
