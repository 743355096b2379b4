import type { DatasetSummary, Outcome, TableName } from '../api.ts'
import { Problem } from '../problem.ts'
import type { DataSession } from '../session.ts'

/** Datasets made of what live sources gave, in place of the earlier ones. */
export function takeCollected(
  session: DataSession,
  files: { table: TableName; file: File | null }[],
  changed: () => Promise<void>,
): Promise<Outcome<DatasetSummary[]>> {
  return session.inTurn(async () => {
    await changed()
    throw new Problem('collected', `${files.length} tables wait to be taken in.`)
  })
}
