import type { Decision, LiveSignals } from '../../workers/backtest/api.ts'

/** A signal as it stands in the feed. */
export interface FeedItem {
  key: string
  decision: Decision
  /** What would be decided if the day that has begun closed now. */
  provisional: boolean
  simulated: boolean
  /** Epoch milliseconds when this browser first had it. */
  seenAt: number
}

/** Keys of signals that were seen before, and when: the oldest first. */
export type Seen = [key: string, at: number][]

/** What the feed and the memory of it hold at most. */
export const mostItems = 300
export const mostSeen = 2000

export function feedKey(
  { system, symbol, day, direction, reason }: Decision,
  provisional: boolean,
  simulated: boolean,
): string {
  const when = provisional ? 'now' : 'close'
  return [system, symbol, day, direction, reason, when, simulated ? 'simulated' : 'real'].join('|')
}

/** Newest day first, of a day what was seen last, of a look the strongest. */
const newestFirst = (a: FeedItem, b: FeedItem): number =>
  b.decision.day - a.decision.day ||
  b.seenAt - a.seenAt ||
  b.decision.conviction - a.decision.conviction ||
  (a.key < b.key ? -1 : 1)

/**
 * The feed after a look at a system: what it decided at closes stays, what it would decide now is replaced by what
 * it says now. `fresh` is what this browser has not seen before.
 *
 * @param at epoch milliseconds of the look
 */
export function withSignals(
  feed: FeedItem[],
  seen: Seen,
  signals: LiveSignals,
  at: number,
): { feed: FeedItem[]; seen: Seen; fresh: FeedItem[] } {
  const { system, simulated, day } = signals
  const seenAt = new Map(seen)
  const said = [
    ...signals.decided.map((decision) => ({ decision, provisional: false })),
    ...(signals.provisional?.decisions ?? []).map((decision) => ({ decision, provisional: true })),
  ].map(({ decision, provisional }): FeedItem => {
    const key = feedKey(decision, provisional, simulated)
    return { key, decision, provisional, simulated, seenAt: seenAt.get(key) ?? at }
  })
  const now = [...new Map(said.map((item) => [item.key, item])).values()]
  const fresh = now.filter(({ key }) => !seenAt.has(key))
  // A close that is looked at again is decided by the settings of this look alone.
  const stays = feed.filter(
    (item) =>
      item.decision.system !== system ||
      item.simulated !== simulated ||
      (!item.provisional && item.decision.day !== day),
  )
  return {
    feed: [...now, ...stays].sort(newestFirst).slice(0, mostItems),
    seen: [...seen, ...fresh.map(({ key }): [string, number] => [key, at])].slice(-mostSeen),
    fresh,
  }
}

/** What JSON made null, read back as the NaN it was. */
export function revived(items: FeedItem[]): FeedItem[] {
  const figure = (value: number | null): number => value ?? NaN
  return items.map((item) => {
    const { stop, target, stopFraction, targetFraction, size, confidence, conviction } = item.decision
    return {
      ...item,
      decision: {
        ...item.decision,
        stop: figure(stop),
        target: figure(target),
        stopFraction: figure(stopFraction),
        targetFraction: figure(targetFraction),
        size: figure(size),
        confidence: figure(confidence),
        conviction: figure(conviction),
      },
    }
  })
}
