import { sliceOf, type ChainSlice, type ChainTables } from '../../quant/chainTables.ts'
import { readChain, type ChainReading } from '../../quant/chains/readChain.ts'

/** Rows kept, of all readings: some twenty numbers each. */
const MOST_ROWS = 300_000

/** The chains of a panel as they were read last, so that looking at them again costs nothing. */
export class ChainReadings {
  private readonly kept = new Map<string, { slice: ChainSlice; reading: ChainReading }>()
  private rows = 0

  constructor(readonly chains: ChainTables) {}

  /** Index of the slice of an underlying on a day; −1 where there is none. */
  find(symbol: string, day: number): number {
    return this.slicesOf(symbol).find((slice) => this.chains.slices.day[slice] === day) ?? -1
  }

  /** Slices of an underlying, by day. */
  slicesOf(symbol: string): number[] {
    const { underlyings, slices } = this.chains
    const underlying = underlyings.symbol.indexOf(symbol)
    const found: number[] = []
    slices.underlying.forEach((of, slice) => {
      if (of === underlying) found.push(slice)
    })
    return found
  }

  read(slice: number, rate: number): { slice: ChainSlice; reading: ChainReading } {
    const key = `${slice} ${rate}`
    let known = this.kept.get(key)
    if (known) this.kept.delete(key)
    else {
      const chain = sliceOf(this.chains, slice)
      known = { slice: chain, reading: readChain(chain, rate) }
      this.rows += chain.rows.strike.length
    }
    this.kept.set(key, known)
    for (const [oldest, { slice: old }] of this.kept) {
      if (this.rows <= MOST_ROWS || oldest === key) break
      this.kept.delete(oldest)
      this.rows -= old.rows.strike.length
    }
    return known
  }
}

const readings = new WeakMap<ChainTables, ChainReadings>()

export function readingsOf(chains: ChainTables): ChainReadings {
  let found = readings.get(chains)
  if (!found) readings.set(chains, (found = new ChainReadings(chains)))
  return found
}
