import type { RowDataset, RowScores } from '../../quant/rows.ts'
import type { CandidateScores } from '../../systems/jet/candidates.ts'
import { countRule, ruleScores, visitRule } from '../../systems/jet/rules.ts'
import type { JetRows } from '../../systems/jetFeatures.ts'

/** A fall of a tenth is as bad as it gets. */
const worstFall = 0.1

/** p(buy) − p(sell), confidence and risk of the visits. @param rows of the dataset that are visits */
export function candidateScores(
  dataset: RowDataset,
  { probabilities, value }: RowScores,
  rows: Int32Array,
  kind: string,
  fresh: number,
): CandidateScores {
  const { direction, event } = probabilities
  const at = (row: number, answer: number) => direction[3 * row + answer]
  return {
    kind,
    conviction: Float64Array.from(rows, (row) => at(row, 2) - at(row, 0)),
    event: Float64Array.from(rows, (row) => event[3 * row + 2]),
    confidence: Float64Array.from(rows, (row) => Math.max(at(row, 0), at(row, 1), at(row, 2))),
    risk: risks(value, dataset, rows),
    fresh,
  }
}

/** The adverse move foretold ÷ 10 %, clipped to 0–1, as a rank among those of the training rows; NaN where none is. */
function risks(value: Float32Array, { split }: RowDataset, rows: Int32Array): Float64Array {
  const clipped = (row: number) => Math.min(1, Math.max(0, value[row] / worstFall))
  const known = Float64Array.from(split.train, clipped)
    .filter((risk) => !Number.isNaN(risk))
    .sort()
  return Float64Array.from(rows, (row) => {
    const risk = clipped(row)
    if (Number.isNaN(risk) || known.length === 0) return NaN
    const below = countBelow(known, risk)
    const upTo = countBelow(known, risk, true)
    return (below + upTo) / 2 / known.length
  })
}

function countBelow(sorted: Float64Array, value: number, withEqual = false): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value || (withEqual && sorted[middle] === value)) low = middle + 1
    else high = middle
  }
  return low
}

/** What the two rules that learn nothing say: more visits, or a more unusual week, and the surer they are. */
export function ruleCandidates(table: JetRows, rows: Int32Array): CandidateScores[] {
  const kinds: Record<string, string> = { [visitRule]: 'visits', [countRule]: 'flights' }
  return ruleScores(table).map(({ name, scores }) => {
    const conviction = Float64Array.from(rows, (row) => {
      const score = Math.max(0, scores[row])
      return score / (1 + score)
    })
    return {
      kind: kinds[name],
      conviction,
      event: conviction,
      confidence: conviction,
      risk: new Float64Array(rows.length).fill(NaN),
      fresh: 0,
    }
  })
}
