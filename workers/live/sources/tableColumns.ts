import type { Settings } from '../contract.ts'
import { textOf } from './readSettings.ts'
import { columnSetting, plainName, tableKind, tableRoles } from './tableRoles.ts'

/**
 * The column of each role: the one that was chosen, else the first whose name says so; '' = none. A column that was
 * chosen for one role is not guessed for another.
 */
export function tableColumns(columns: string[], settings: Settings): Record<string, string> {
  const roles = tableRoles[tableKind(settings)]
  const chosen = new Map(roles.map(({ name }) => [name, textOf(settings, columnSetting(name))]))
  const taken = new Set([...chosen.values()].filter((column) => column !== ''))
  const found: Record<string, string> = {}
  for (const { name, names } of roles) {
    const column = chosen.get(name) || guess(columns, names, taken)
    if (column !== '') taken.add(column)
    found[name] = column
  }
  return found
}

/** Of nested fields the last part counts as well: greeks.mid_iv. */
function guess(columns: string[], names: string[], taken: Set<string>): string {
  for (const name of names) {
    const column = columns.find(
      (one) =>
        !taken.has(one) && (plainName(one) === name || plainName(one.split('.').at(-1) ?? '') === name),
    )
    if (column !== undefined) return column
  }
  return ''
}
