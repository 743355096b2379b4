import { judgeChain } from '../../quant/chains/analyseChain.ts'
import { rowStates } from '../../quant/chains/analysis.ts'
import { sortedQuantile, sortedValues } from '../../quant/quantiles.ts'
import type { ChainReadings } from './chainReadings.ts'
import type { ChainQuery, Strikemap } from './contract.ts'
import { historyDays, historyZ } from './historyZ.ts'

/** The map of a chain. @param slice index of the chain asked about */
export function strikemap(chains: ChainReadings, slice: number, { symbol, settings }: ChainQuery): Strikemap {
  const began = performance.now()
  const today = chains.read(slice, settings.rate)
  const { otherCall, ...analysis } = judgeChain(today.slice, today.reading, settings)
  const milliseconds = performance.now() - began
  const slices = chains.slicesOf(symbol)
  const at = slices.indexOf(slice)
  const before = slices.slice(Math.max(0, at - historyDays), at)
  const history =
    before.length < historyDays ? [] : before.map((earlier) => chains.read(earlier, settings.rate))
  const { rows } = today.slice
  const states = rowStates.map(() => 0)
  for (const state of analysis.state) states[state]++
  return {
    ...analysis,
    // The tables lie in one buffer, which must not go to the page with every map.
    expiry: rows.expiry.slice(),
    strike: rows.strike.slice(),
    right: rows.right.slice(),
    bid: rows.bid.slice(),
    ask: rows.ask.slice(),
    last: rows.last.slice(),
    volume: rows.volume.slice(),
    openInterest: rows.openInterest.slice(),
    vendorVol: rows.vendorVol.slice(),
    historyZ: historyZ(today, history),
    states,
    tradableCount: count(analysis.tradable, 1),
    cheap: count(analysis.call, -1),
    dear: count(analysis.call, 1),
    otherCheap: count(otherCall, -1),
    otherDear: count(otherCall, 1),
    meanEdge: meanWhere(analysis.edge, analysis.call),
    vendor: besideVendor(analysis.vol, rows.vendorVol),
    milliseconds,
  }
}

function count(values: Int8Array | Uint8Array, wanted: number): number {
  let found = 0
  for (const value of values) if (value === wanted) found++
  return found
}

function meanWhere(values: Float64Array, called: Int8Array): number {
  let sum = 0
  let n = 0
  values.forEach((value, i) => {
    if (called[i] === 0) return
    sum += value
    n++
  })
  return n > 0 ? sum / n : NaN
}

function besideVendor(vol: Float64Array, vendorVol: Float64Array): Strikemap['vendor'] {
  const off = sortedValues(vol.map((value, i) => Math.abs(value - vendorVol[i])))
  return { compared: off.length, median: sortedQuantile(off, 0.5), p95: sortedQuantile(off, 0.95) }
}
