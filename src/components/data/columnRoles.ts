import type { ImportPlan, TableName } from '../../../workers/data/api.ts'
import { roleOf, tables } from '../../../workers/data/schema.ts'

/** A column of the table, as the plan names it: `adjClose`. */
export type Role = string

/** What a column of the file may mean, in the order of the table. */
export function rolesOf(kind: TableName): Role[] {
  const { columns, sources } = tables[kind]
  return [...columns, ...sources].map(roleOf)
}

/** `adjClose` → “Adj close”. */
export function roleLabel(role: Role): string {
  const words = role.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** More columns than this are not listed: nobody picks from ten thousand. */
export const mostListedColumns = 100

export interface ColumnChoice {
  index: number
  label: string
}

/** The columns of a file as a person finds them again: by header, told apart by number where it repeats. */
export function columnChoices(plan: ImportPlan): ColumnChoice[] {
  const first = plan.sample[0]?.cells ?? []
  const width = Math.max(plan.header?.length ?? 0, first.length)
  const used = Object.values(plan.columns).filter((index) => index !== undefined)
  const listed = [...Array(Math.min(width, mostListedColumns)).keys()]
  for (const index of used) if (index >= listed.length && index < width) listed.push(index)
  return listed.map((index) => ({ index, label: columnLabel(plan.header, first, index) }))
}

function columnLabel(header: string[] | null, first: string[], index: number): string {
  if (!header)
    return first[index] ? `Column ${index + 1} (${shortened(first[index])})` : `Column ${index + 1}`
  const name = header[index]?.trim() ?? ''
  if (name === '') return `Column ${index + 1} (no header)`
  const repeated = header.some((other, at) => at !== index && other.trim() === name)
  return repeated ? `${shortened(name)} (column ${index + 1})` : shortened(name)
}

function shortened(text: string): string {
  return text.length > 40 ? text.slice(0, 39) + '…' : text
}

/** The plan with a role on another column; `null` takes the role away. */
export function withRole(plan: ImportPlan, role: Role, index: number | null): Partial<ImportPlan> {
  const columns = { ...plan.columns }
  if (index === null) delete columns[role]
  else columns[role] = index
  if (role !== 'symbol') return { columns }
  // A column of symbols and one symbol for the whole file exclude each other.
  return { columns, symbol: index === null ? (plan.symbol ?? '') : null }
}

/** The plan as the other kind; its columns meant something else, so without a width they are guessed anew. */
export function withKind(kind: TableName): Partial<ImportPlan> {
  return { kind, width: 0 }
}

/** Whether a file taken for prices names a direction and lacks prices: a file of signals, most likely. */
export function looksLikeSignals(plan: ImportPlan): boolean {
  if (plan.kind !== 'prices' || !plan.header) return false
  const { open, high, low, close } = plan.columns
  if ([open, high, low, close].every((column) => column !== undefined)) return false
  const direction = tables.signals.columns.find((column) => column.name === 'direction')
  const names = plan.header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
  return names.some((name) => direction?.aliases.includes(name))
}
