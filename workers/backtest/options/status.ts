import type { ChainTables } from '../../quant/chainTables.ts'
import type { OptionsStatus } from './contract.ts'

/** Runs in options need no chains: where there are none, options are priced by the model. */
const none: OptionsStatus = { underlyings: [], contracts: 0, problems: [] }

/** Whose chains there are, of which days, and what was noticed when they were read. */
export function statusOf(chains: ChainTables | undefined): OptionsStatus {
  if (!chains) return none
  const { underlyings, slices, rows, problems } = chains
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
