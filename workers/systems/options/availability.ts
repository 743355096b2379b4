import { sliceOf } from '../../quant/chainTables.ts'
import type { ChainTables } from '../../quant/chainTables.ts'
import { analyseChain } from '../../quant/chains/analyseChain.ts'
import { recommendedStrikemap } from '../../quant/chains/analysis.ts'
import type { ChainAnalysis } from '../../quant/chains/analysis.ts'

/** Calendar days for which what a chain said still counts. */
const staleAfter = 10
/** So many cheap contracts are as good as any number. */
const enough = 3

/** The Strikemap by the recommended definition, as signals and the choice of contracts read it. */
export class CheapContracts {
  private readonly known = new Map<string, { day: number; slice: number }[]>()
  private readonly analyses = new Map<number, ChainAnalysis>()

  constructor(private readonly chains: ChainTables) {
    chains.slices.day.forEach((day, slice) => {
      const symbol = chains.underlyings.symbol[chains.slices.underlying[slice]]
      const slices = this.known.get(symbol)
      if (slices) slices.push({ day, slice })
      else this.known.set(symbol, [{ day, slice }])
    })
  }

  /** The newest chain known at the close of a day; null where none is fresh. @param day epoch day */
  private newest(symbol: string, day: number): { slice: number; analysis: ChainAnalysis } | null {
    const slices = this.known.get(symbol) ?? []
    let low = 0
    let high = slices.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (slices[middle].day <= day) low = middle + 1
      else high = middle
    }
    const found = slices[low - 1]
    if (!found || day - found.day > staleAfter) return null
    let analysis = this.analyses.get(found.slice)
    if (!analysis) {
      analysis = analyseChain(sliceOf(this.chains, found.slice), recommendedStrikemap)
      this.analyses.set(found.slice, analysis)
    }
    return { slice: found.slice, analysis }
  }

  /** Contracts called cheap that would gain after the spread, at the newest chain. @param right +1 calls, −1 puts */
  of(symbol: string, day: number, right: 1 | -1): { expiry: number; strike: number; delta: number }[] {
    const chain = this.newest(symbol, day)
    if (!chain) return []
    const { rows } = sliceOf(this.chains, chain.slice)
    const { call, edge, delta } = chain.analysis
    const cheap: { expiry: number; strike: number; delta: number }[] = []
    call.forEach((called, row) => {
      if (called < 0 && edge[row] > 0 && rows.right[row] === right)
        cheap.push({ expiry: rows.expiry[row], strike: rows.strike[row], delta: delta[row] })
    })
    return cheap
  }

  /** 0–1: a third for each cheap contract in the direction of a signal. */
  availability(symbol: string, day: number, direction: 1 | -1): number {
    return Math.min(1, this.of(symbol, day, direction).length / enough)
  }
}

const kept = new WeakMap<ChainTables, CheapContracts>()

/** The same, made once; the tables must not change afterwards. */
export function cheapContractsOf(chains: ChainTables): CheapContracts {
  let cheap = kept.get(chains)
  if (!cheap) kept.set(chains, (cheap = new CheapContracts(chains)))
  return cheap
}
