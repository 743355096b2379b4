import type { Panel } from '../../quant/panel.ts'
import type { Inputs } from '../system.ts'

/** “Technology”, “Information Technology”, “Tech”. */
const technology = /\btech/i

/** [symbols] 1 where a company is known to be in technology. */
export function technologyOf({ symbols, sector, sectorNames = [] }: Panel): Uint8Array {
  return Uint8Array.from(symbols, (_, symbol) =>
    Number(technology.test(sectorNames[sector?.[symbol] ?? -1] ?? '')),
  )
}

const kept = new WeakMap<Uint8Array, Uint8Array>()

/** The same market, in which only technology is traded. The same object for the same market, which caches hang on. */
export function inTechnology(inputs: Inputs): Inputs {
  let tradable = kept.get(inputs.tradable)
  if (!tradable) {
    const companies = technologyOf(inputs.panel)
    tradable = inputs.tradable.map((open, symbol) => open & companies[symbol])
    kept.set(inputs.tradable, tradable)
  }
  return { ...inputs, tradable }
}
