import { isoDate } from '../../../charts/format.ts'
import type { FeedItem } from '../../../state/signalFeed.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** One row a signal, the newest first; what is by the rules is empty. */
export function signalsCsv(feed: FeedItem[]): string {
  const head = [
    'system', 'symbol', 'day', 'direction', 'conviction', 'confidence', 'reason', 'size_of_equity', 'stop', 'target',
    'stop_fraction', 'target_fraction', 'bars_at_most', 'provisional', 'simulated', 'seen_at',
  ] // prettier-ignore
  const rows = feed.map(({ decision, provisional, simulated, seenAt }) => [
    decision.system,
    textCell(decision.symbol),
    isoDate(decision.day),
    ['short', 'close', 'long'][decision.direction + 1],
    ...[decision.conviction, decision.confidence].map(numberCell),
    textCell(decision.reason),
    ...[
      decision.size,
      decision.stop,
      decision.target,
      decision.stopFraction,
      decision.targetFraction,
      decision.horizon || NaN,
    ].map(numberCell),
    String(provisional),
    String(simulated),
    new Date(seenAt).toISOString(),
  ])
  return csvFile([head, ...rows])
}
