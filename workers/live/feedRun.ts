import type { Pass } from './ask/allowList.ts'
import type { Allowance, Budget } from './ask/budget.ts'
import type { Adapter, FeedStatus, Secrets } from './contract.ts'
import type { Coverage, Gap } from './feeds/coverage.ts'
import type { FeedLoop } from './feeds/feedLoop.ts'
import type { FeedState, KeptFeed } from './keep/liveStore.ts'

/** A feed while it is on. */
export interface Session {
  pass: Pass
  loop: FeedLoop
  coverage: Coverage
  /** Why it is not asked at the moment; null = it is. */
  held: Gap | null
}

/** A feed as the service holds it. */
export interface FeedRun {
  feed: KeptFeed
  adapter: Adapter
  state: FeedState
  secrets: Secrets
  session: Session | null
  /** It is on, but its keys are gone. */
  lacksKey: boolean
}

export function statusOf(
  { feed, state, session, lacksKey }: FeedRun,
  budget: Budget,
  allowance: Allowance | null,
  now: number,
): FeedStatus {
  const { requests, rows, refused, firstRefusal, lastSuccess } = state
  const loop = session?.loop
  return {
    id: feed.id,
    phase: lacksKey ? 'needs-key' : (loop?.phase ?? 'off'),
    sentence: lacksKey
      ? 'The key was kept for one visit only. Turn the source on again with its key.'
      : (loop?.sentence ?? ''),
    lastSuccess,
    nextPoll: loop?.nextPoll ?? null,
    spent: allowance && {
      units: budget.spent(now, allowance),
      of: allowance.units,
      perMs: allowance.perMs,
    },
    requests,
    rows,
    refused,
    firstRefusal,
    failures: loop?.failures ?? 0,
  }
}
