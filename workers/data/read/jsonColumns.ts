import { isObject } from './flatten.ts'

const fewestColumns = 3
const deepest = 6

/**
 * A table written column by column as a list of records: arrays of equal length side by side
 * (`{"t": […], "o": […], "c": […]}`, also inside other objects), or objects by row (`{"Open": {"0": 1, "1": 2}, …}`).
 * Rows of cells with their names beside them (`{"columns": […], "data": [[…], […]]}`) come with the names on top.
 * What stands around the columns goes with every record. Anything else is handed back as it is.
 */
export function recordsOfColumns(root: unknown): unknown {
  if (!isObject(root)) return root
  const known = columnsByRow(root) ?? namedRows(root, 0)
  if (known) return known
  const found: Found = { columns: new Map(), around: {}, hasRecords: false }
  gather(root, found, 0)
  const longest = Math.max(0, ...[...found.columns.values()].map(({ length }) => length))
  const columns = [...found.columns].filter(([, values]) => values.length === longest)
  if (found.hasRecords || longest < 2 || columns.length < fewestColumns) return root
  return Array.from({ length: longest }, (_, row) => ({
    ...found.around,
    ...Object.fromEntries(columns.map(([name, values]) => [name, values[row]])),
  }))
}

/** Rows of cells below the list of their names. */
function namedRows(value: Record<string, unknown>, depth: number): unknown[] | null {
  const lists = Object.values(value).filter(
    (part): part is unknown[] => Array.isArray(part) && part.length > 0,
  )
  const rows = lists.find((list) => list.every((row) => Array.isArray(row))) as unknown[][] | undefined
  const names = lists.find(
    (list) => list.length === rows?.[0].length && list.every((name) => typeof name === 'string'),
  )
  if (rows && names) return [names, ...rows]
  const [inside] = Object.values(value).filter(isObject)
  return Object.keys(value).length === 1 && depth < deepest && isObject(inside)
    ? namedRows(inside, depth + 1)
    : null
}

interface Found {
  columns: Map<string, unknown[]>
  around: Record<string, unknown>
  /** A list of objects: the file is a table by row. */
  hasRecords: boolean
}

function gather(value: Record<string, unknown>, found: Found, depth: number): void {
  for (const [key, part] of Object.entries(value)) {
    if (Array.isArray(part)) {
      const [first] = part as unknown[]
      if (part.length === 1 && isObject(first)) gather(first, found, depth + 1)
      else if (part.some((item) => typeof item === 'object' && item !== null)) found.hasRecords = true
      else if (!found.columns.has(key)) found.columns.set(key, part)
    } else if (isObject(part)) {
      if (depth < deepest) gather(part, found, depth + 1)
    } else if (part !== null) found.around[key] = part
  }
}

/** Objects whose keys are all the numbers of the rows, or all days: then these are a column of their own. */
function columnsByRow(root: Record<string, unknown>): unknown[] | null {
  const columns = Object.entries(root)
  if (columns.length < fewestColumns || !columns.every(([, values]) => isObject(values))) return null
  const values = columns.map(([, column]) => column as Record<string, unknown>)
  const keys = Object.keys(values[0])
  const numbered = keys.every((key, row) => key === String(row))
  const dated = keys.every((key) => /^(\d{12,13}|\d{4}-\d\d-\d\d.*)$/.test(key))
  if (keys.length < 2 || !(numbered || dated)) return null
  const isRow = (column: Record<string, unknown>) =>
    Object.keys(column).length === keys.length &&
    keys.every((key) => Object.hasOwn(column, key) && !isObject(column[key]))
  if (!values.every(isRow)) return null
  return keys.map((key) => ({
    ...(dated ? { date: key } : {}),
    ...Object.fromEntries(columns.map(([name], i) => [name, values[i][key]])),
  }))
}
