import type { EventRow } from '../collectedRows.ts'
import type { CoverageSpan } from '../contract.ts'
import type { KeptRow } from '../keep/liveStore.ts'

const dayMs = 86_400_000

export interface EventDay {
  symbol: string
  source: string
  metric: string
  /** Epoch day. */
  date: number
  /** Events of the day. */
  value: number
  /** Epoch milliseconds. */
  seenAt: number
}

interface Series {
  symbol: string
  source: string
  metric: string
  feed: string
  days: Map<number, { value: number; seenAt: number }>
}

/**
 * Events counted by complete UTC days. Sources of events are asked for what happened since they were last asked, so
 * gaps are fetched later, and a day without events is 0 between the first and the last moment in which the feed
 * listened. The earliest day of each series is left out: it was seen from somewhere in its middle. A day counts as
 * seen when its last event was, and not before the feed listened after its end.
 */
export class EventDays {
  private readonly series = new Map<string, Series>()

  add({ row, seenAt, feed }: KeptRow & { row: EventRow }): void {
    const { symbol, source, metric } = row
    const key = JSON.stringify([symbol, source, metric])
    const series = this.series.get(key) ?? {
      symbol,
      source,
      metric,
      feed,
      days: new Map<number, { value: number; seenAt: number }>(),
    }
    this.series.set(key, series)
    const date = Math.floor(row.at / dayMs)
    const day = series.days.get(date) ?? { value: 0, seenAt: -Infinity }
    series.days.set(date, { value: day.value + 1, seenAt: Math.max(day.seenAt, seenAt) })
  }

  feeds(): Set<string> {
    return new Set([...this.series.values()].map(({ feed }) => feed))
  }

  /** By series and day. */
  counted(spansOf: ReadonlyMap<string, readonly CoverageSpan[]>): EventDay[] {
    return [...this.series.values()].flatMap(({ symbol, source, metric, feed, days }) => {
      const listened = (spansOf.get(feed) ?? []).filter(({ kind }) => kind === 'listened')
      if (listened.length === 0) return []
      const firstListened = Math.floor(listened[0].from / dayMs)
      const earliest = Math.min(firstListened, ...days.keys())
      const counted: EventDay[] = []
      let at = 0
      for (let date = earliest + 1; ; date++) {
        const end = (date + 1) * dayMs
        while (at < listened.length && listened[at].to < end) at++
        if (at === listened.length) return counted
        const day = days.get(date)
        // Before it listened, only days with events are sure to have been fetched.
        if (!day && date < firstListened) continue
        const heard = Math.max(end, listened[at].from)
        counted.push({
          symbol,
          source,
          metric,
          date,
          value: day?.value ?? 0,
          seenAt: Math.max(heard, day?.seenAt ?? heard),
        })
      }
    })
  }
}
