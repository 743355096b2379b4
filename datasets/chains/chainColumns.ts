import type { ChainTables } from '../../workers/quant/chainTables.ts'
import { vendorVol } from './chainsCsv.ts'
import type { Chains, Quote } from './drawChains.ts'

/** The tables that import makes of the market's file of chains, without the detour. */
export function chainTablesOf({ underlyings, quotes }: Chains, dates: Int32Array): ChainTables {
  const order = [...underlyings.keys()]
    .filter((underlying) => quotes.some((quote) => quote.underlying === underlying))
    .sort((a, b) => (underlyings[a].symbol < underlyings[b].symbol ? -1 : 1))
  const place = new Map(order.map((underlying, i) => [underlying, i]))
  const ordered = quotes.toSorted((a, b) => place.get(a.underlying)! - place.get(b.underlying)!)
  const first: number[] = []
  ordered.forEach(({ underlying, day }, row) => {
    const before = ordered.at(row - 1)!
    if (row === 0 || before.underlying !== underlying || before.day !== day) first.push(row)
  })
  const slices = first.map((row) => ordered[row])
  const column = (value: (quote: Quote) => number) => Float64Array.from(ordered, value)
  return {
    underlyings: {
      symbol: order.map((underlying) => underlyings[underlying].symbol),
      quoted: order.map(() => true),
    },
    slices: {
      underlying: Int32Array.from(slices, ({ underlying }) => place.get(underlying)!),
      day: Int32Array.from(slices, ({ day }) => dates[day]),
      spot: Float64Array.from(slices, ({ spot }) => spot),
      first: Int32Array.from([...first, ordered.length]),
    },
    rows: {
      expiry: Int32Array.from(ordered, ({ expiry }) => expiry),
      strike: column(({ strike }) => strike),
      right: Int8Array.from(ordered, ({ right }) => right),
      bid: column(({ bid }) => bid / 100),
      ask: column(({ ask }) => ask / 100),
      // Without a trade that day the price is of an earlier one.
      last: column(({ volume, last }) => (volume === 0 || last === 0 ? NaN : last / 100)),
      volume: column(({ volume }) => volume),
      openInterest: column(({ openInterest }) => openInterest),
      vendorVol: column((quote) => vendorVol(quote, underlyings[quote.underlying])),
    },
    problems: [],
  }
}
