import type { CompanyYear, FlightMap } from '../../../../workers/backtest/api.ts'
import { count, date } from '../../../charts/format.ts'

/** A day of a company's year as it is drawn. */
export interface DayCell {
  day: number
  /** legs that departed; −1 = hidden, NaN = outside the data */
  legs: number
  /** index of the company at whose headquarters an aircraft spent the night; −1 = none */
  visited: number
  deal: boolean
  earnings: boolean
  /** What is said of the day. */
  words: string
}

/** [12 months][days of the month] */
export function yearCells(year: CompanyYear, map: FlightMap): DayCell[][] {
  const { symbol } = map.companies
  const first = Date.UTC(year.year, 0, 1) / 86_400_000
  const announced = new Map<number, CompanyYear['events']>()
  for (const event of year.events) announced.set(event.day, [...(announced.get(event.day) ?? []), event])
  const months: DayCell[][] = Array.from({ length: 12 }, () => [])
  year.legs.forEach((counted, i) => {
    const day = first + i
    const legs = day < map.from || day > map.to ? NaN : counted
    const events = announced.get(day) ?? []
    const visited = year.visited[i]
    const parts = [
      Number.isNaN(legs) ? 'no data' : legs < 0 ? 'hidden, or idle' : count(legs, 'leg'),
      ...(visited >= 0 ? [`a night at the headquarters of ${symbol[visited]}`] : []),
      ...events.map(eventWords),
    ]
    months[new Date(day * 86_400_000).getUTCMonth()].push({
      day,
      legs,
      visited,
      deal: events.some(({ kind }) => kind !== 'earnings' && kind !== 'other'),
      earnings: events.some(({ kind }) => kind === 'earnings'),
      words: `${date(day)}: ${parts.join('; ')}`,
    })
  })
  return months
}

function eventWords({ kind, counterparty }: CompanyYear['events'][number]): string {
  const whom = counterparty || 'somebody'
  switch (kind) {
    case 'target':
      return `announced: to be taken over by ${whom}`
    case 'acquirer':
      return `announced: takes over ${whom}`
    case 'merger':
      return `announced: merges with ${whom}`
    case 'terminated':
      return `announced: the deal with ${whom} is off`
    case 'earnings':
      return 'earnings'
    default:
      return `announced: ${kind}`
  }
}

export const yearOf = (day: number): number => new Date(day * 86_400_000).getUTCFullYear()

/** Years of which there are data, the newest first. */
export function yearsOf({ from, to }: Pick<FlightMap, 'from' | 'to'>): number[] {
  const last = yearOf(to)
  return Array.from({ length: last - yearOf(from) + 1 }, (_, i) => last - i)
}
