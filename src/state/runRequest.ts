import type { RunRequest } from '../../workers/backtest/api.ts'
import type { SystemId } from '../../workers/systems/api.ts'
import { autoBenchmark, paramsOf, type AppState } from './appState.ts'

/** What the run needs to know of the data. */
export interface Market {
  symbols: string[]
  from: number
  to: number
}

/** The last two fifths of the range are kept apart unless the user says otherwise. */
export function splitDay(state: AppState, market: Market): number | null {
  if (state.split !== 'auto') return state.split
  const from = state.from ?? market.from
  const to = state.to ?? market.to
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
