import type { AppState } from '../../state/appState.ts'
import { defaultState } from '../../state/appState.ts'
import type { SampleSystem } from '../../state/samples.ts'

/** Whom a system is for, in a word and a sentence. In the order of the page: the calmest first. */
export const forWhom: Record<SampleSystem, { temper: string; sentence: string }> = {
  tickets: {
    temper: 'Conservative',
    sentence:
      'For those who would rather miss a gain than take a loss: trades unusual complaints and unusual adoption of a product, with at most 0.25\u202f% of equity at risk.',
  },
  options: {
    temper: 'Aggressive',
    sentence:
      'For those who bear deep swings for growth: six technical signals on daily bars, bought as shares or options, with a stop and a target.',
  },
  jet: {
    temper: 'Research',
    sentence:
      'For those who look for a rare event: a small neural network reads corporate flights, and buys a company that may be taken over.',
  },
}

/** What has to be set for the report that came with the page, whatever was tried before. */
export function asShown(state: AppState, system: SampleSystem): Partial<AppState> & { view: SampleSystem } {
  const { params, seed, from, to, split, benchmark, datasets, repairsOff } = defaultState()
  return {
    view: system,
    [`${system}Tab`]: 'report',
    params: { ...state.params, [system]: params[system] },
    ...{ seed, from, to, split, benchmark, datasets, repairsOff },
  }
}
