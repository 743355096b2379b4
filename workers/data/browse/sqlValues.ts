import { DataType, Precision, type Field, type TimeUnit, type Vector } from 'apache-arrow'
import type { SqlColumn } from '../api.ts'

export type SqlCell = string | number | boolean | null

/** What a column of a result is for a table or a chart. */
export function sqlColumn({ name, type }: Pick<Field, 'name' | 'type'>): SqlColumn {
  const kind = type as DataType
  if (DataType.isInt(kind) || DataType.isFloat(kind) || DataType.isDecimal(kind))
    return { name, type: 'number' }
  if (DataType.isUtf8(kind)) return { name, type: 'text' }
  if (DataType.isDate(kind)) return { name, type: 'date' }
  if (DataType.isTimestamp(kind)) return { name, type: 'time' }
  if (DataType.isBool(kind)) return { name, type: 'boolean' }
  return { name, type: 'other' }
}

/** Reads the cells of a column: days and times as texts, and every number that a double cannot hold exactly. */
export function cellReader(vector: Vector): (row: number) => SqlCell {
  if (DataType.isInterval(vector.type)) {
    const months = intervalReader(vector)
    return (row) => (vector.isValid(row) ? months(row) : null)
  }
  return (row) => cellOf(vector.type as DataType, vector.get(row))
}

/** A value as Arrow reads it; decimals come from there unscaled. */
function cellOf(type: DataType, value: unknown): SqlCell {
  if (value === null || value === undefined) return null
  if (DataType.isDecimal(type))
    return exactNumber(decimalText(decimalInteger(value as Uint32Array), type.scale))
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (DataType.isDate(type)) return dateText(value as number)
  if (DataType.isTimestamp(type)) return timeText(value as number)
  if (DataType.isTime(type)) return clockText(value, type.unit)
  if (typeof value === 'number') {
    // A float shows the digits that it holds, not those of the double that it became.
    return DataType.isFloat(type) && type.precision === Precision.SINGLE
      ? Number(value.toPrecision(7))
      : value
  }
  if (typeof value === 'bigint') return exactNumber(value.toString())
  return nestedText(type, value)
}

/** Lists, structs and the like as DuckDB writes them: [1, 2], {'a': 1}. */
function nestedText(type: DataType, value: unknown): string {
  if (DataType.isBinary(type)) return Array.from(value as Uint8Array, (byte) => `\\x${hex(byte)}`).join('')
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const child = type.children[0].type as DataType
    return `[${Array.from(value as Vector, (one) => shown(child, one)).join(', ')}]`
  }
  if (DataType.isStruct(type)) {
    const row = value as Record<string, unknown>
    const fields = type.children
    return `{${fields.map((one) => `'${one.name}': ${shown(one.type as DataType, row[one.name])}`).join(', ')}}`
  }
  if (DataType.isMap(type)) {
    const [key, item] = (type.children[0].type as DataType).children
    const entries = [...(value as Iterable<[unknown, unknown]>)]
    return `{${entries.map(([k, v]) => `${shown(key.type as DataType, k)}: ${shown(item.type as DataType, v)}`).join(', ')}}`
  }
  return JSON.stringify(value)
}

function shown(type: DataType, value: unknown): string {
  const cell = cellOf(type, value)
  return cell === null ? 'NULL' : String(cell)
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}

/** 128 bits in two's complement, the lowest word first. */
export function decimalInteger(words: Uint32Array): bigint {
  let value = 0n
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i])
  return BigInt.asIntN(32 * words.length, value)
}

/** 12345 with scale 2 → 123.45, in full. */
export function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : ''
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** A number where a double has room for all digits, else the digits as text. */
function exactNumber(text: string): number | string {
  return text.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15 ? Number(text) : text
}

function dateText(milliseconds: number): string {
  return isoOf(milliseconds)?.slice(0, 10) ?? 'infinity'
}

function timeText(milliseconds: number): string {
  const iso = isoOf(milliseconds)
  if (iso === null) return 'infinity'
  const [day, clock] = iso.split('T')
  return `${day} ${clock
    .replace('Z', '')
    .replace(/\.000$/, '')
    .replace(/^(\d\d:\d\d):00$/, '$1')}`
}

function isoOf(milliseconds: number): string | null {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : null
}

function clockText(value: unknown, unit: TimeUnit): string {
  const perSecond = 1000 ** unit
  const seconds = Number(value) / perSecond
  return new Date(Math.round(seconds * 1000))
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '')
}

/** Months, days and nanoseconds lie in 16 bytes, of which Arrow's reader knows but 8. */
function intervalReader(vector: Vector): (row: number) => string {
  const parts: string[] = []
  for (const data of vector.data) {
    const words = data.values as Int32Array
    const view = new DataView(words.buffer, words.byteOffset)
    for (let i = 0; i < data.length; i++) {
      const at = 16 * i
      parts.push(
        intervalText(view.getInt32(at, true), view.getInt32(at + 4, true), view.getBigInt64(at + 8, true)),
      )
    }
  }
  return (row) => parts[row]
}

function intervalText(months: number, days: number, nanoseconds: bigint): string {
  const words: string[] = []
  const say = (count: number, unit: string) => {
    if (count !== 0) words.push(`${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`)
  }
  say(Math.trunc(months / 12), 'year')
  say(months % 12, 'month')
  say(days, 'day')
  if (nanoseconds !== 0n || words.length === 0) {
    const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
    const seconds = Number(size) / 1e9
    const hours = Math.floor(seconds / 3600)
    const minutes = String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')
    const rest = String(Number((seconds % 60).toFixed(6))).padStart(2, '0')
    words.push(`${nanoseconds < 0n ? '-' : ''}${String(hours).padStart(2, '0')}:${minutes}:${rest}`)
  }
  return words.join(' ')
}
