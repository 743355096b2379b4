import type { RunRequest } from '../../workers/backtest/api.ts'
import type { SystemId } from '../../workers/systems/api.ts'
import { autoBenchmark, paramsOf, type AppState } from './appState.ts'

/** What the run needs to know of the data. */
export interface Market {
  symbols: string[]
  from: number
  to: number
  /** First day of which no model in use has seen anything; absent = nothing was learnt from the data. */
  untouchedFrom?: number | null
}

/**
 * Unless the user says otherwise, what no model has seen is kept apart; where nothing was learnt, the last two
 * fifths of the range. Null where there is nothing out of sample.
 */
export function splitDay(state: AppState, market: Market): number | null {
  if (state.split !== 'auto') return state.split
  const from = state.from ?? market.from
  const to = state.to ?? market.to
  const { untouchedFrom } = market
  if (typeof untouchedFrom === 'number') {
    if (untouchedFrom > to) return null
    if (untouchedFrom > from) return untouchedFrom
  }
  return Math.round(from + 0.6 * (to - from))
}

export function benchmarkOf(state: AppState, market: Market): string | null {
  if (state.benchmark !== autoBenchmark) {
    return state.benchmark !== null && market.symbols.includes(state.benchmark) ? state.benchmark : null
  }
  return ['QQQ', 'SPY', 'VOO', 'VTI'].find((symbol) => market.symbols.includes(symbol)) ?? null
}

export function runRequest(state: AppState, system: SystemId, market: Market): RunRequest {
  return {
    system,
    params: paramsOf(state, system),
    from: state.from,
    to: state.to,
    outOfSampleFrom: splitDay(state, market),
    benchmark: benchmarkOf(state, market),
    seed: state.seed,
  }
}
