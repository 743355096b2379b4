import type { ExpiryAnalysis } from '../../quant/chains/analysis.ts'
import { smileVol } from '../../quant/chains/smile.ts'
import { exp, log } from '../../quant/elementary.ts'
import type { ChainReadings } from './chainReadings.ts'
import type { ChainQuery, SurfaceView } from './contract.ts'
import type { ReadSlice } from './historyZ.ts'

const CURVE_POINTS = 61
const GRID_POINTS = 41

/** The smiles of a chain, to be drawn. @param slice index of the chain asked about */
export function surfaceView(chains: ChainReadings, slice: number, { settings }: ChainQuery): SurfaceView {
  const read = chains.read(slice, settings.rate)
  const { symbol, day } = read.slice
  const { expiries, spot, arbitrage } = read.reading
  return {
    symbol,
    day,
    spot,
    expiries: expiries.map((expiry) => ({
      ...expiry,
      curve: curveOf(expiry),
      quotes: quotesOf(expiry, read),
    })),
    grid: gridOf(expiries, day),
    arbitrage,
  }
}

/** `count` values from one to the other, both included. */
function spaced(from: number, to: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    i === count - 1 ? to : from + ((to - from) * i) / (count - 1),
  )
}

function curveOf(expiry: ExpiryAnalysis) {
  const { fit, forward } = expiry
  const x = fit.kind === 'none' ? new Float64Array(0) : spaced(fit.from, fit.to, CURVE_POINTS)
  return { x, strike: x.map((at) => forward * exp(at)), vol: x.map((at) => smileVol(expiry, at)) }
}

/** The quotes a smile was fitted to. */
function quotesOf({ first, last, forward }: ExpiryAnalysis, { slice, reading }: ReadSlice) {
  const rows: number[] = []
  for (let i = first; i < last; i++) if (reading.state[i] === 0) rows.push(i)
  const column = (value: (row: number) => number) => Float64Array.from(rows, value)
  return {
    row: Int32Array.from(rows),
    x: column((row) => log(slice.rows.strike[row] / forward)),
    bid: column((row) => reading.volBid[row]),
    mid: column((row) => reading.vol[row]),
    ask: column((row) => reading.volAsk[row]),
    right: Int8Array.from(rows, (row) => slice.rows.right[row]),
  }
}

function gridOf(expiries: readonly ExpiryAnalysis[], day: number): SurfaceView['grid'] {
  const fitted = expiries.filter(({ fit }) => fit.kind !== 'none')
  const x =
    fitted.length === 0
      ? new Float64Array(0)
      : spaced(
          Math.min(...fitted.map(({ fit }) => fit.from)),
          Math.max(...fitted.map(({ fit }) => fit.to)),
          GRID_POINTS,
        )
  const vol = new Float64Array(expiries.length * x.length)
  expiries.forEach((expiry, e) => {
    const { from, to } = expiry.fit
    x.forEach((at, i) => {
      vol[e * x.length + i] = at >= from && at <= to ? smileVol(expiry, at) : NaN
    })
  })
  return { x, days: Float64Array.from(expiries, ({ expiry }) => expiry - day), vol }
}
