import { paramsOf, type AppState } from './appState.ts'

/** What a run in options, or a look at chains, reads besides prices. */
export interface ChainNeeds {
  chains: boolean
  /** What Jet and Tickets read. */
  others: boolean
}

/** Chains weigh more than all prices: they are loaded only where somebody looks at them or trades on them. */
export function chainNeeds(state: AppState): ChainNeeds {
  const { expression, signalSource } = paramsOf(state, 'options')
  const swept = [state.sweep, state.walk]
    .filter(({ system }) => system === 'options')
    .flatMap(({ axes }) => axes.map(({ param }) => param))
  const integrated = signalSource === 'integrated' || swept.includes('signalSource')
  const inOptions = expression !== 'shares' || swept.includes('expression')
  return {
    chains: integrated || inOptions || state.optionsTab !== 'report',
    others: integrated || state.optionsTab === 'combined',
  }
}
