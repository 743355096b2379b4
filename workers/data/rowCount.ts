import type { ImportPlan, RowCount } from './api.ts'
import { recordsOf } from './importFile.ts'
import { TableReader } from './read/tableReader.ts'
import type { NamedBlob } from './read/fileBytes.ts'
import type { TableRule } from './schema.ts'

/** Enough for most files, and read in about a second. */
const mostBytes = 24 * 1024 * 1024

/**
 * Reads a file as an import would and keeps nothing: how many of its records fit `table` and how many would be
 * refused; of a large file only the first part. Null when `wanted` no longer holds. Throws what reading throws.
 */
export async function countRows(
  plan: ImportPlan,
  file: NamedBlob,
  table: TableRule,
  wanted: () => boolean,
): Promise<RowCount | null> {
  const reader = new TableReader(table, plan)
  let bytes = 0
  let whole = true
  const onRaw = (part: Uint8Array) => {
    bytes += part.length
  }
  const steps = recordsOf(plan, file, reader, onRaw)
  while (!(await steps.next()).done) {
    if (!wanted()) return null
    reader.ready = []
    whole = bytes < mostBytes || bytes >= file.size
    if (whole) continue
    await steps.return(undefined)
    break
  }
  const { records, refused } = reader
  return { records, refused: refused.count, first: refused.first.at(0) ?? null, whole }
}
