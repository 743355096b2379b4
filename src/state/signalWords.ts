import type { SystemId } from '../../workers/systems/api.ts'
import { count, number } from '../charts/format.ts'
import { routes } from '../routes.ts'
import type { FeedItem } from './signalFeed.ts'

/** As the navigation calls it. */
export const systemName = (system: SystemId): string =>
  routes.find((route) => route.system === system)?.label ?? system

/** Sign and word of a direction: colours alone would not do. */
export const directionWords = { 1: '▲ long', [-1]: '▼ short', 0: '■ close' } as const

/** A notification of signals that are new, the strongest first, three by name. */
export function signalsInWords(system: SystemId, fresh: FeedItem[]): { title: string; body: string } {
  const simulated = fresh.every((item) => item.simulated)
  const strongest = fresh.toSorted((a, b) => b.decision.conviction - a.decision.conviction)
  const named = strongest.slice(0, 3).map(({ decision: { symbol, direction, conviction }, provisional }) => {
    const words = `${symbol} ${directionWords[direction]} ${number(conviction)}`
    return provisional ? `${words} (if the day closed now)` : words
  })
  const rest = fresh.length - named.length
  return {
    title: `${systemName(system)}, ${count(fresh.length, 'new signal')}${simulated ? ' on simulated data' : ''}`,
    body: named.join('; ') + (rest > 0 ? `; and ${rest} more` : ''),
  }
}
