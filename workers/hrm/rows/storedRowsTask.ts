import * as v from 'valibot'
import type { RowDataset } from '../../quant/rows.ts'
import { trainedOn } from './scoringModel.ts'

const day = v.pipe(v.number(), v.integer())
const schema = v.object({
  kind: v.literal('rows'),
  dataset: v.string(),
  identity: v.boolean(),
  features: v.array(v.string()),
  trainedUntil: day,
  validatedUntil: day,
})

/** What a checkpoint says of the rows it was trained on, so that its model can be asked where they are not. */
export type StoredRowsTask = v.InferOutput<typeof schema>

export function storedRowsTask(dataset: RowDataset, identity: boolean): StoredRowsTask {
  return { kind: 'rows', identity, ...trainedOn(dataset) }
}

/** Null where a checkpoint was trained on something else. */
export function readRowsTask(task: unknown): StoredRowsTask | null {
  const { success, output } = v.safeParse(schema, task)
  return success ? output : null
}
