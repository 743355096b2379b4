import type { TableRecords } from './tableRecords.ts'

type Fields = Record<string, unknown>

const deepest = 4

/**
 * Records within JSON: a list of objects or of lists (the first may name the columns), an object of objects by key
 * (which becomes the column `key`), or lists of equal length that are columns. Nested fields get names with points.
 * @param path keys with points between, '' = the longest such list found
 * @returns null where there is none
 */
export function jsonRecords(value: unknown, path: string): TableRecords | null {
  const place = at(value, path)
  return tableOf(place) ?? (path === '' ? largest(place, deepest) : null)
}

/** Keys may hold points themselves, as those of Alpha Vantage do. */
function at(value: unknown, path: string): unknown {
  if (path === '') return value
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Fields
  if (Object.hasOwn(fields, path)) return fields[path]
  for (let point = path.indexOf('.'); point > 0; point = path.indexOf('.', point + 1)) {
    const key = path.slice(0, point)
    if (!Object.hasOwn(fields, key)) continue
    const found = at(fields[key], path.slice(point + 1))
    if (found !== undefined) return found
  }
  return undefined
}

function tableOf(value: unknown): TableRecords | null {
  if (Array.isArray(value)) {
    const list: unknown[] = value
    if (list.length > 0 && list.every(isFields)) return fromObjects(list.map((one) => flat(one)))
    if (list.length > 0 && list.every(Array.isArray)) return fromLists(list as unknown[][])
    return null
  }
  if (!isFields(value)) return null
  const entries = Object.entries(value)
  if (entries.length > 0 && entries.every(([key, one]) => isFields(one) && /\d{4,}/.test(key))) {
    return fromObjects(entries.map(([key, one]) => ({ key, ...flat(one as Fields) })))
  }
  return fromColumns(value)
}

function fromObjects(records: Fields[]): TableRecords {
  const columns = [...new Set(records.flatMap((one) => Object.keys(one)))]
  return { columns, records: records.map((one) => columns.map((column) => cell(one[column]))) }
}

function fromLists(lists: unknown[][]): TableRecords {
  const [first, ...rest] = lists
  const named = rest.length > 0 && first.every((one) => typeof one === 'string' && !/^[\d.-]+$/.test(one))
  const columns = named ? first.map(cell) : first.map((_, index) => `column ${index + 1}`)
  return { columns, records: (named ? rest : lists).map((list) => list.map(cell)) }
}

/** Columns are lists of plain values; those of the commonest length belong together. */
function fromColumns(value: Fields): TableRecords | null {
  const lists = new Map<string, unknown[]>()
  collect(value, '', lists)
  const byLength = new Map<number, [string, unknown[]][]>()
  for (const [name, list] of lists)
    byLength.set(list.length, [...(byLength.get(list.length) ?? []), [name, list]])
  const groups = [...byLength.values()].filter((group) => group.length > 1)
  const group = groups.sort((a, b) => b.length - a.length).at(0)
  if (group === undefined) return null
  const [[, first]] = group
  return {
    columns: group.map(([name]) => name),
    records: first.map((_, index) => group.map(([, list]) => cell(list[index]))),
  }
}

function collect(value: unknown, name: string, lists: Map<string, unknown[]>): void {
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one !== 'object' || one === null)
  ) {
    lists.set(name, value)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) collect(one, name === '' ? key : `${name}.${key}`, lists)
  }
}

function largest(value: unknown, depth: number): TableRecords | null {
  if (depth === 0 || typeof value !== 'object' || value === null) return null
  let best: TableRecords | null = null
  for (const one of Object.values(value)) {
    const found = tableOf(one) ?? largest(one, depth - 1)
    if (found && found.records.length > (best?.records.length ?? 0)) best = found
  }
  return best
}

function flat(value: Fields, prefix = ''): Fields {
  const fields: Fields = {}
  for (const [key, one] of Object.entries(value)) {
    if (isFields(one)) Object.assign(fields, flat(one, `${prefix}${key}.`))
    else fields[`${prefix}${key}`] = one
  }
  return fields
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
