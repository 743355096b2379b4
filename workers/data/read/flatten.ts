const deepest = 6

/** Called for each cell that a record becomes: `author.login`, “octocat”. */
export type OnCell = (name: string, text: string, isNumber: boolean) => void

/**
 * A value of a record as cells: nested objects by names with dots, arrays of things with names as “a, b”,
 * other arrays as JSON text.
 */
export function flatten(name: string, value: unknown, onCell: OnCell, depth = 0): void {
  if (!isObject(value) || depth >= deepest) {
    onCell(name, cellText(value), typeof value === 'number')
    return
  }
  for (const key of Object.keys(value)) {
    flatten(name === '' ? key : `${name}.${key}`, value[key], onCell, depth + 1)
  }
}

/** A value as the text of one cell; '' for what is missing. */
export function cellText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isFinite(value) ? String(value) : ''
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      if (value === null) return ''
      return Array.isArray(value) ? listText(value) : jsonText(value)
    default:
      return ''
  }
}

function listText(list: unknown[]): string {
  if (list.length === 0) return ''
  const names = list.map((item) => (isObject(item) ? item.name : undefined))
  return names.every((name) => typeof name === 'string') ? names.join(', ') : jsonText(list)
}

function jsonText(value: object): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
