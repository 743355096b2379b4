import type { Decision } from '../../../../workers/backtest/api.ts'

/** A decision in a list; what a replay decides has no moment at which it was seen. */
export interface ListedDecision {
  key: string
  decision: Decision
  provisional: boolean
  /** Epoch milliseconds. */
  seenAt?: number
}

export interface DayOfDecisions<T> {
  day: number
  provisional: boolean
  items: T[]
}

/** Neighbours of one close, or of a day that is not over, under one heading; the order is kept. */
export function groupedByDay<T extends ListedDecision>(items: T[]): DayOfDecisions<T>[] {
  const groups: DayOfDecisions<T>[] = []
  for (const item of items) {
    const last = groups.at(-1)
    const { day } = item.decision
    if (last && last.day === day && last.provisional === item.provisional) last.items.push(item)
    else groups.push({ day, provisional: item.provisional, items: [item] })
  }
  return groups
}
