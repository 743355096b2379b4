import type { RefusedRow } from '../../../workers/data/api.ts'

/** Rows refused for the same reason in the same column. */
export interface RefusalGroup {
  reason: string
  column: string
  count: number
  /** The first of them. */
  line: number
  value: string
}

/** The commonest reason first; rows of one reason in the order of the file. */
export function refusalGroups(rows: RefusedRow[]): RefusalGroup[] {
  const groups = new Map<string, RefusalGroup>()
  for (const { reason, column, line, value } of rows) {
    const key = `${column}\u0000${reason}`
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { reason, column, count: 1, line, value })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}
