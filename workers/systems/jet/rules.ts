import type { JetRows } from '../jetFeatures.ts'
import { summaryNames } from './summary.ts'

export const visitRule = 'Visits to the headquarters'
export const countRule = 'Unusually many flights'

const column = (name: (typeof summaryNames)[number]) => summaryNames.indexOf(name)
const in60 = column('visits to the counterparty in 60 days')
const announced = column('takeover of the counterparty announced')
const unusual = column('unusually many legs in 7 days')

/**
 * The rules that need no learning, on the same rows: how often the visitor was there in 60 days, and how unusual the
 * visitor's week is (z-score by median and MAD). A takeover that is announced already is none to come.
 *
 * @returns [rows] scores, higher = more likely a target; on company-weeks the rule of visits says nothing of a target
 */
export function ruleScores({ rows, flat, visited }: JetRows): { name: string; scores: Float64Array }[] {
  const width = flat.names.length
  const value = (row: number, at: number) => flat.values[row * width + at]
  const visits = new Float64Array(rows)
  const counts = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const over = value(row, announced) === 1
    visits[row] = visited[row] < 0 || over ? 0 : value(row, in60)
    counts[row] = over || Number.isNaN(value(row, unusual)) ? 0 : value(row, unusual)
  }
  return [
    { name: visitRule, scores: visits },
    { name: countRule, scores: counts },
  ]
}
