import type { RowScorer, RowScores } from '../../quant/rows.ts'
import type { JetRows } from '../../systems/jetFeatures.ts'
import { pickedRows } from './joinedRows.ts'
import { unchangedRows } from './unchangedRows.ts'

/** Rows that a model has scored, and what it said. */
export interface Scored {
  model: string
  rows: JetRows
  scores: RowScores
}

/** Asks a model about the rows that it has not seen with these features: some new flights change few of thousands. */
export async function scoreChanged(
  scorer: RowScorer,
  model: string,
  rows: JetRows,
  entity: Int32Array,
  before: Scored | null,
): Promise<RowScores> {
  const all = (length: number) => Int32Array.from({ length }, (_, row) => row)
  const place =
    before?.model === model
      ? unchangedRows(rows, before.rows, all(before.rows.rows))
      : new Int32Array(rows.rows).fill(-1)
  const changed = [...place.keys()].filter((row) => place[row] < 0)
  if (before === null || changed.length === rows.rows) return scorer.score(model, { ...rows, entity })
  const fresh = await freshScores(scorer, model, rows, entity, changed)
  return joined(place, before.scores, fresh)
}

async function freshScores(
  scorer: RowScorer,
  model: string,
  rows: JetRows,
  entity: Int32Array,
  changed: readonly number[],
): Promise<RowScores | null> {
  if (changed.length === 0) return null
  const about = Int32Array.from(changed, (row) => entity[row])
  return scorer.score(model, { ...pickedRows(rows, changed), entity: about })
}

/** Each row from where it was scored: the ones that changed stand in `fresh` in their order. */
function joined(place: Int32Array, before: RowScores, fresh: RowScores | null): RowScores {
  const { segments } = before
  const merge = (old: Float32Array, now: Float32Array | undefined, width: number): Float32Array => {
    const out = new Float32Array(place.length * width)
    let next = 0
    place.forEach((at, row) => {
      const cells =
        at < 0 ? now!.subarray(next * width, ++next * width) : old.subarray(at * width, (at + 1) * width)
      out.set(cells, row * width)
    })
    return out
  }
  const classesOf = (column: Float32Array) => column.length / before.value.length
  return {
    probabilities: Object.fromEntries(
      Object.entries(before.probabilities).map(([head, old]) => [
        head,
        merge(old, fresh?.probabilities[head], classesOf(old)),
      ]),
    ),
    value: merge(before.value, fresh?.value, 1),
    halting: merge(before.halting, fresh?.halting, segments),
    segments,
  }
}
