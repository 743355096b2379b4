import type { ImportPlan, TableName } from '../api.ts'
import type { NamedBlob } from '../read/fileBytes.ts'
import type { FileFacts } from './emptyPlan.ts'
import { planFor, replanFor } from './inspect.ts'
import { look } from './sight.ts'

/** What a file seems to be; any table where `kind` is null. Throws a `Problem` when it cannot be read at all. */
export async function inspectFile(
  facts: FileFacts,
  file: NamedBlob,
  kind: TableName | null,
): Promise<ImportPlan> {
  return planFor(facts, await look(file, null), kind)
}

/** An edited plan, read again. Throws a `Problem` when the file cannot be read any more. */
export async function reinspectFile(plan: ImportPlan, file: NamedBlob): Promise<ImportPlan> {
  return replanFor(plan, await look(file, plan))
}
