import type { Content, ImportPlan } from '../api.ts'
import { tables, tableNames, type TableName, type TableRule } from '../schema.ts'
import { positions, ticketTexts } from '../schema/staging.ts'

/** What a file may be read as: the rows of a table, or what is staged on the way to them. */
export interface Target {
  kind: TableName
  content: Content
  table: TableRule
}

export const targets: Target[] = [
  ...tableNames.map((kind): Target => ({ kind, content: 'rows', table: tables[kind] })),
  { kind: 'tickets', content: 'tickets', table: ticketTexts },
  { kind: 'flights', content: 'positions', table: positions },
]

/** The target of a kind and content; contents that read rows have that of the table. */
export function targetOf({ kind, content }: Pick<ImportPlan, 'kind' | 'content'>): Target {
  const staged = targets.find((target) => target.kind === kind && target.content === content)
  return staged ?? { kind, content, table: tables[kind] }
}
