import { sliceOf, type ChainSlice } from '../../quant/chainTables.ts'
import { judgeChain } from '../../quant/chains/analyseChain.ts'
import { readChain, type ChainReading } from '../../quant/chains/readChain.ts'
import type { Panel } from '../../quant/panel.ts'
import type { ChainReadings } from './chainReadings.ts'
import type { ContractQuery, ContractView } from './contract.ts'
import { strikeFactors } from './strikeFactors.ts'

/** Contracts of an expiry from which on it tells its smile without the others. */
const OWN_EXPIRY = 40

const columns = ['bid', 'ask', 'mid', 'vol', 'fitVol', 'z', 'spot', 'volume', 'openInterest'] as const

/**
 * A contract through all days on which its chain was quoted.
 * @param slice index of the chain asked about
 * @returns null where the chain does not list it
 */
export function contractView(
  chains: ChainReadings,
  slice: number,
  panel: Panel,
  { symbol, expiry, strike, right, settings }: ContractQuery,
): Omit<ContractView, 'structure'> | null {
  const asked = sliceOf(chains.chains, slice)
  const row = listedRow(asked, { expiry, strike, right }, 1)
  if (row < 0) return null
  const slices = chains.slicesOf(symbol).filter((of) => chains.chains.slices.day[of] < expiry)
  const days = Int32Array.from(slices, (of) => chains.chains.slices.day[of])
  const spots = Float64Array.from(slices, (of) => chains.chains.slices.spot[of])
  const factors = strikeFactors(panel, symbol, days, slices.indexOf(slice))
  const empty = () => new Float64Array(slices.length).fill(NaN)
  const view = Object.fromEntries(columns.map((name) => [name, empty()])) as Record<
    (typeof columns)[number],
    Float64Array
  >
  view.spot.set(spots)
  slices.forEach((of, at) => {
    const whole = sliceOf(chains.chains, of)
    const there = listedRow(whole, { expiry, strike, right }, factors[at])
    if (there < 0) return
    const { chain, reading, place } = readAround(chains, of, whole, there, settings.rate)
    const judged = judgeChain(chain, reading, settings)
    view.bid[at] = chain.rows.bid[place]
    view.ask[at] = chain.rows.ask[place]
    view.volume[at] = chain.rows.volume[place]
    view.openInterest[at] = chain.rows.openInterest[place]
    view.mid[at] = judged.mid[place]
    view.vol[at] = judged.vol[place]
    view.fitVol[at] = judged.fitVol[place]
    view.z[at] = judged.z[place]
    if (!(view.spot[at] > 0)) view.spot[at] = judged.spot
  })
  return { symbol, title: titleOf(symbol, strike, right, expiry), days, ...view, row }
}

/** Strikes are listed in whole cents, so a split leaves them off by a rounding. */
const CENT = 0.011

/** Row of a contract on another day; −1 where it was not listed. */
function listedRow(
  { rows }: ChainSlice,
  { expiry, strike, right }: Pick<ContractQuery, 'expiry' | 'strike' | 'right'>,
  factor: number,
): number {
  let best = -1
  let least = factor === 1 ? 1e-6 * strike : CENT * Math.max(1, factor)
  for (let row = 0; row < rows.strike.length; row++) {
    if (rows.expiry[row] !== expiry || rows.right[row] !== right) continue
    const off = Math.abs(rows.strike[row] - strike * factor)
    if (off <= least) [best, least] = [row, off]
  }
  return best
}

/** The chain, or of a large one the expiry alone: what a contract is held against is there, and it takes no time. */
function readAround(
  chains: ChainReadings,
  slice: number,
  whole: ChainSlice,
  row: number,
  rate: number,
): { chain: ChainSlice; reading: ChainReading; place: number } {
  const { expiry } = whole.rows
  let from = row
  let to = row
  while (from > 0 && expiry[from - 1] === expiry[row]) from--
  while (to < expiry.length && expiry[to] === expiry[row]) to++
  if (to - from < OWN_EXPIRY) {
    const { slice: chain, reading } = chains.read(slice, rate)
    return { chain, reading, place: row }
  }
  const rows = Object.fromEntries(
    Object.entries(whole.rows).map(([name, column]) => [name, column.subarray(from, to)]),
  ) as unknown as ChainSlice['rows']
  const chain = { ...whole, first: whole.first + from, rows }
  return { chain, reading: readChain(chain, rate), place: row - from }
}

function titleOf(symbol: string, strike: number, right: 1 | -1, expiry: number): string {
  const day = new Date(expiry * 86_400_000).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  return `${symbol} ${strike} ${right > 0 ? 'call' : 'put'}, ${day}`
}
