/**
 * JSON for reports: typed arrays travel as base64, long lists of equal records as columns, and NaN and the
 * infinities survive. Fractions are kept as Float32, because what is stored is only drawn until it is
 * recomputed.
 */
const shortestTable = 16

export function stringifyReport(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Float64Array || item instanceof Float32Array)
      return { $f32: bytesToBase64(new Uint8Array(Float32Array.from(item).buffer)) }
    if (item instanceof Int32Array) return { $i32: bytesToBase64(new Uint8Array(item.slice().buffer)) }
    if (typeof item === 'number' && !Number.isFinite(item)) return { $n: String(item) }
    if (Array.isArray(item) && item.length >= shortestTable) return asTable(item) ?? item
    return item
  })
}

export function parseReport<T>(text: string): T {
  return JSON.parse(text, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null) return item
    if ('$n' in item) return Number(item.$n)
    if ('$i32' in item) return new Int32Array(base64ToBuffer(String(item.$i32)))
    if ('$f32' in item) return Float64Array.from(new Float32Array(base64ToBuffer(String(item.$f32))))
    if ('$table' in item) return fromTable(item.$table as Record<string, ArrayLike<unknown>>)
    return item
  }) as T
}

/** The records as columns; null unless they are flat objects with the same keys. */
function asTable(list: unknown[]): { $table: Record<string, unknown> } | null {
  if (!list.every(isFlatRecord)) return null
  const keys = Object.keys(list[0])
  const shape = keys.join()
  if (!list.every((row) => Object.keys(row).join() === shape)) return null
  return { $table: Object.fromEntries(keys.map((key) => [key, column(list.map((row) => row[key]))])) }
}

function column(values: unknown[]): unknown {
  if (!values.every((value) => typeof value === 'number')) return values
  const whole = values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31)
  return whole ? Int32Array.from(values) : Float64Array.from(values)
}

function fromTable(columns: Record<string, ArrayLike<unknown>>): Record<string, unknown>[] {
  const entries = Object.entries(columns)
  const rows = entries[0]?.[1].length ?? 0
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(entries.map(([key, values]) => [key, values[row]])),
  )
}

function isFlatRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
    return false
  return Object.values(value).every((item) => typeof item !== 'object')
}

function bytesToBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function base64ToBuffer(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer
}
