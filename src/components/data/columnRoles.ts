import type { Content, ImportPlan, TableName } from '../../../workers/data/api.ts'
import {
  positions,
  roleOf,
  tables,
  ticketTexts,
  type ColumnRule,
  type TableRule,
} from '../../../workers/data/schema.ts'

/** A column of the table, as the plan names it: `adjClose`. */
export type Role = string

/** The table that the columns of a file are named by: tickets and positions become rows only later. */
export function tableRead(kind: TableName, content: Content): TableRule {
  if (content === 'tickets') return ticketTexts
  return content === 'positions' ? positions : tables[kind]
}

/** With calls and puts side by side, these are there twice. */
const sided = new Set(['bid', 'ask', 'last', 'volume', 'openInterest', 'impliedVol', 'lastTrade'])
const ofThePut = /Put$/

export interface RoleRule {
  role: Role
  rule: ColumnRule
}

/** What a column of the file may mean, in the order of the table. */
export function roleRules(kind: TableName, content: Content = 'rows'): RoleRule[] {
  const { columns, sources } = tableRead(kind, content)
  const all = [...columns, ...sources].map((rule) => ({ role: roleOf(rule), rule }))
  if (content !== 'option-pairs') return all
  return all
    .filter(({ role }) => role !== 'right')
    .flatMap(({ role, rule }) => {
      const one = { role, rule }
      return sided.has(role) ? [one, { role: `${role}Put`, rule }] : [one]
    })
}

export function rolesOf(kind: TableName, content: Content = 'rows'): Role[] {
  return roleRules(kind, content).map(({ role }) => role)
}

const names: Record<Role, string> = {
  icao24: 'ICAO 24-bit address',
  iata: 'IATA code',
  hqAirport: 'HQ airport',
}

/** `adjClose` → “Adj close”; with pairs `bidPut` → “Put: bid”. */
export function roleLabel(role: Role, content: Content = 'rows'): string {
  const own = role.replace(ofThePut, '')
  const words = names[own] ?? own.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  if (content === 'option-pairs' && sided.has(own)) return `${ofThePut.test(role) ? 'Put' : 'Call'}: ${words}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Whether the file must have the column: “yes”, “no”, or which other one is enough. */
export function neededness({ required, unless }: ColumnRule): { needed: boolean; instead: string | null } {
  return { needed: required, instead: required ? (unless ?? null) : null }
}

/** Whether one value typed for the whole file can stand in for the column. */
export function mayBeTyped({ name, type, prose, required, constant }: ColumnRule): boolean {
  return name === 'symbol' || (!prose && type !== 'DOUBLE' && (required || constant !== undefined))
}

/** The value typed for the whole file, for a role without a column. */
export function typedValue(plan: ImportPlan, role: Role): string {
  return (role === 'symbol' ? plan.symbol : plan.constants[role]) ?? ''
}

/** The plan with one value for the whole file; the symbol may be empty only where no table asks for it. */
export function withTyped(plan: ImportPlan, { role, rule }: RoleRule, text: string): Partial<ImportPlan> {
  const value = text.trim()
  if (role === 'symbol') return { symbol: value === '' && !needsSymbol(rule) ? null : value }
  const constants = { ...plan.constants }
  if (value === '') delete constants[role]
  else constants[role] = value
  return { constants }
}

function needsSymbol({ required, unless }: ColumnRule): boolean {
  return required && unless === undefined
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
  if (index !== null) return { columns, symbol: null }
  const rule = tableRead(plan.kind, plan.content).columns.find(({ name }) => name === 'symbol')
  return { columns, symbol: plan.symbol ?? (rule && needsSymbol(rule) ? '' : null) }
}

/** The plan as another table; its columns meant something else, so without a width they are guessed anew. */
export function withKind(kind: TableName): Partial<ImportPlan> {
  return { kind, content: 'rows', width: 0 }
}

/** The plan with records of another sort; columns that mean the same stay, others are found by their names. */
export function withContent(plan: ImportPlan, content: Content): Partial<ImportPlan> {
  const columns: ImportPlan['columns'] = {}
  const taken = new Set<number>()
  const names = plan.header?.map(normalised) ?? []
  for (const { role, rule } of roleRules(plan.kind, content)) {
    const at =
      plan.columns[role] ?? names.findIndex((name, i) => rule.aliases.includes(name) && !taken.has(i))
    if (at < 0 || taken.has(at)) continue
    columns[role] = at
    taken.add(at)
  }
  return { content, columns }
}

/** A name as aliases are written: lower-case letters and digits. */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whether a file taken for prices names a direction and lacks prices: a file of signals, most likely. */
export function looksLikeSignals(plan: ImportPlan): boolean {
  if (plan.kind !== 'prices' || !plan.header) return false
  const { open, high, low, close } = plan.columns
  if ([open, high, low, close].every((column) => column !== undefined)) return false
  const direction = tables.signals.columns.find((column) => column.name === 'direction')
  const names = plan.header.map(normalised)
  return names.some((name) => direction?.aliases.includes(name))
}
