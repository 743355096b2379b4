import type { Settings, SettingField, SourceInfo } from '../../../../workers/live/api.ts'
import { roleOf, tables } from '../../../../workers/data/schema.ts'
import { shownFields, typedOf } from './feedForm.ts'

/** Settings that name the column of a role begin so. */
const prefix = 'column.'

/** Fields in which columns are named: chosen by hand where an answer is there to choose from. */
export function isColumnField({ name }: SettingField): boolean {
  return name.startsWith(prefix)
}

export interface MappedRole {
  /** Of the setting. */
  name: string
  label: string
  help: string
  /** '' = none. */
  column: string
}

/**
 * What each column means: as it was set before, else as its name says by the aliases of the table. A column has one
 * meaning.
 */
export function proposedColumns(info: SourceInfo, settings: Settings, columns: string[]): MappedRole[] {
  const table = info.gives.find((one) => one === settings.kind) ?? info.gives[0]
  const rules = new Map(tables[table].columns.map((rule) => [roleOf(rule), rule]))
  const fields = shownFields(info, typedOf(info, settings)).filter(isColumnField)
  const set = new Map(fields.map(({ name }) => [name, String(settings[name] ?? '')]))
  const taken = new Set([...set.values()].filter((column) => columns.includes(column)))
  return fields.map(({ name, label, help }) => {
    const before = set.get(name) ?? ''
    const aliases = rules.get(name.slice(prefix.length))?.aliases ?? []
    const column = columns.includes(before) ? before : firstNamed(columns, aliases, taken)
    if (column !== '') taken.add(column)
    return { name, label: label.replace(/^Column: /, ''), help, column }
  })
}

function firstNamed(columns: string[], aliases: string[], taken: Set<string>): string {
  for (const alias of aliases) {
    const found = columns.find((column) => !taken.has(column) && plain(column) === alias)
    if (found !== undefined) return found
  }
  return ''
}

/** As aliases are written: lower-case letters and digits; of nested names the last part. */
function plain(column: string): string {
  return (column.split('.').at(-1) ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
