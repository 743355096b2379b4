import { summaryNames, type Summary } from './summary.ts'
import { legTokens, sequenceWidth, tripTokens, weekTokens, type TokenRoom } from './tokens.ts'

/** What trees and regressions read: the summary, and means over the newest tokens of each level. */
export const flatNames: readonly string[] = [
  ...summaryNames,
  'unusually many legs: mean of 4 weeks',
  'unusually many legs: most of 12 weeks',
  'visits to headquarters: 12 weeks',
  'nights away: mean of 8 trips',
  'headquarters visited: 8 trips',
  'distance: mean of 32 legs',
  'familiarity of the destination: mean of 32 legs',
  'guests of the destination: mean of 32 legs',
]

/** [flatNames] */
export function flatOf(summary: Summary, { values, levels }: TokenRoom): number[] {
  const column = (level: number, first: number, tokens: number, at: number): number[] => {
    const found: number[] = []
    for (let token = first; token < first + tokens; token++)
      if (levels[token] === level) found.push(values[token * sequenceWidth + at])
    return found.filter((value) => !Number.isNaN(value))
  }
  const firstTrip = 1 + weekTokens
  const firstLeg = firstTrip + tripTokens
  return [
    ...summary,
    mean(column(1, 1, 4, 1)),
    most(column(1, 1, 12, 1)),
    sum(column(1, 1, 12, 4)),
    mean(column(2, firstTrip, tripTokens, 1)),
    sum(column(2, firstTrip, tripTokens, 5)),
    mean(column(3, firstLeg, legTokens, 0)),
    mean(column(3, firstLeg, legTokens, 5)),
    mean(column(3, firstLeg, legTokens, 7)),
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? sum(values) / values.length : NaN
}

function most(values: readonly number[]): number {
  return values.length > 0 ? Math.max(...values) : NaN
}
