import type { ChainTables } from '../../quant/chainTables.ts'
import type { OptionsStatus } from './contract.ts'

/** Whose chains there are, of which days, and what was noticed when they were read. */
export function statusOf({ underlyings, slices, rows, problems }: ChainTables): OptionsStatus {
  const all = [...slices.day.keys()]
  return {
    underlyings: underlyings.symbol.map((symbol, underlying) => {
      const own = all.filter((slice) => slices.underlying[slice] === underlying)
      return {
        symbol,
        days: Int32Array.from(own, (slice) => slices.day[slice]),
        contracts: Int32Array.from(own, (slice) => slices.first[slice + 1] - slices.first[slice]),
        quoted: underlyings.quoted[underlying],
        priced: own.filter((slice) => slices.spot[slice] > 0).length,
      }
    }),
    contracts: rows.strike.length,
    problems: problems.map(({ text }) => text),
  }
}
