import type { ImportPlan, RefusedRow } from '../api.ts'
import { roleOf, type ColumnRule, type TableRule } from '../schema.ts'
import type { CellSpans } from './cells.ts'
import { decodeText } from './cells.ts'
import { noDate, parseDate } from './dates.ts'
import { parseNumber } from './numbers.ts'
import { RecordSplitter } from './records.ts'

export const batchRows = 131_072
const longestValue = 200
const longestText = 256

/** Rows of one table as columns; arrays are `batchRows` long, `rows` of them are filled. */
export interface Batch {
  rows: number
  columns: Map<string, Values>
  line: Int32Array
}

/** Texts of a column, by first appearance; the columns of a batch hold indices into `values`. */
export class Dictionary {
  readonly values: string[] = []
  readonly #codes = new Map<string, number>()

  codeOf(text: string): number {
    let code = this.#codes.get(text)
    if (code === undefined) {
      code = this.values.length
      this.values.push(text)
      this.#codes.set(text, code)
    }
    return code
  }
}

type Values = Float64Array | Int32Array
/** Puts a cell of a record into `values[row]`; a sentence where it does not fit. */
type ReadCell = (spans: CellSpans, row: number, values: Values) => string | null
interface ColumnReader {
  /** Column of the table. */
  name: string
  /** Its name in the file, for refusals. */
  column: string
  /** −1: the file has none. */
  cell: number
  read: ReadCell
  /** Of the batch under way. */
  values: Values
}

/**
 * Turns the bytes of a file into batches of a canonical table, as its plan says. Every line that is
 * neither blank nor the header ends as a row or as a refusal: rows + refused = lines.
 */
export class TableReader {
  readonly refused: RefusedRow[] = []
  readonly dictionaries = new Map<string, Dictionary>()
  rows = 0
  from = Number.POSITIVE_INFINITY
  to = Number.NEGATIVE_INFINITY
  /** Days of each symbol only rise or only fall, so no date can come twice. */
  inOrder = true
  ready: Batch[] = []

  readonly #plan: ImportPlan
  readonly #table: TableRule
  readonly #splitter: RecordSplitter
  readonly #readers: ColumnReader[]
  readonly #headerText: string | null
  readonly #lastDay: number[] = []
  readonly #direction: number[] = []
  #batch: Batch

  constructor(table: TableRule, plan: ImportPlan) {
    this.#table = table
    this.#plan = plan
    this.#headerText = plan.header?.join('\u0000') ?? null
    for (const { name, type } of table.columns)
      if (type === 'VARCHAR') this.dictionaries.set(name, new Dictionary())
    this.#batch = emptyBatch(table)
    this.#readers = this.#columnReaders()
    this.#splitter = new RecordSplitter(plan.delimiter, plan.width, (spans, line, start, end) => {
      this.#take(spans, line, start, end)
    })
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk)
  }

  finish(): void {
    this.#splitter.finish()
    if (this.#batch.rows > 0) this.ready.push(this.#batch)
    this.#startBatch()
  }

  #take(spans: CellSpans, line: number, start: number, end: number): void {
    const { headerLine, width } = this.#plan
    if (line === headerLine) return
    if (start === end || (spans.count === 1 && spans.isEmpty(0)) || isBlank(spans.bytes, start, end)) return
    if (spans.count !== width || (headerLine !== null && line < headerLine)) {
      const reason = this.#wholeLineReason(spans, line, start, end)
      if (reason !== null) {
        this.#refuse(line, '', decodeText(spans.bytes, start, Math.min(end, start + longestValue)), reason)
        return
      }
    }
    const row = this.#batch.rows
    for (const { column, cell, read, values } of this.#readers) {
      const reason = read(spans, row, values)
      if (reason === null) continue
      if (this.#isHeaderAgain(spans)) {
        this.#refuse(line, '', spans.text(0), 'This line is the header again.')
      } else if (this.#isJson(spans, start, end)) {
        const text = decodeText(spans.bytes, start, Math.min(end, start + longestValue))
        this.#refuse(line, '', text, jsonReason)
      } else this.#refuse(line, column, cell < 0 ? '' : spans.text(cell), reason)
      return
    }
    this.#batch.line[row] = line
    this.#noteOrder(row)
    this.#batch.rows++
    this.rows++
    if (this.#batch.rows === batchRows) {
      this.ready.push(this.#batch)
      this.#startBatch()
    }
  }

  /** Null when the cells beyond the width are all empty, which harms nothing. */
  #wholeLineReason(spans: CellSpans, line: number, start: number, end: number): string | null {
    const { headerLine, width } = this.#plan
    if (this.#isJson(spans, start, end)) return jsonReason
    if (headerLine !== null && line < headerLine) return 'This line stands above the header.'
    if (spans.count === -1) return 'A quote is opened and never closed: close it or delete it.'
    if (spans.count > width) {
      let extra = width
      while (extra < Math.min(spans.count, spans.starts.length) && spans.isEmpty(extra)) extra++
      if (extra === spans.count) return null
    }
    return `This line has ${spans.count} cell${spans.count === 1 ? '' : 's'}; a row of this file has ${width}.`
  }

  #isJson(spans: CellSpans, start: number, end: number): boolean {
    const text = decodeText(spans.bytes, start, Math.min(end, start + longestValue)).trim()
    return /^[{}[\]]/.test(text) || /^"[^",]*"\s*:/.test(text)
  }

  #isHeaderAgain(spans: CellSpans): boolean {
    if (this.#headerText === null) return false
    return this.#headerText === Array.from({ length: spans.count }, (_, i) => spans.text(i)).join('\u0000')
  }

  #refuse(line: number, column: string, value: string, reason: string): void {
    const cut = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
    this.refused.push({ file: this.#plan.fileName, line, column, value: cut, reason })
  }

  #noteOrder(row: number): void {
    const day = (this.#batch.columns.get('date') as Int32Array | undefined)?.[row]
    if (day === undefined || day === noDate) return
    if (day < this.from) this.from = day
    if (day > this.to) this.to = day
    const symbol = (this.#batch.columns.get('symbol') as Int32Array)[row]
    const last = this.#lastDay[symbol] as number | undefined
    if (last !== undefined) {
      const direction = Math.sign(day - last)
      this.#direction[symbol] ||= direction
      if (direction === 0 || direction !== this.#direction[symbol]) this.inOrder = false
    }
    this.#lastDay[symbol] = day
  }

  #startBatch(): void {
    this.#batch = emptyBatch(this.#table)
    for (const reader of this.#readers) reader.values = this.#batch.columns.get(reader.name)!
  }

  #columnReaders(): ColumnReader[] {
    const readers = this.#table.columns.map((rule) => {
      const cell = this.#cellOf(rule)
      return this.#columnReader(rule.name, rule.name, cell, this.#readerOf(rule, cell))
    })
    const adjusted = this.#table.sources.find((rule) => rule.name === 'adj_close')
    const cell = adjusted ? this.#cellOf(adjusted) : -1
    if (adjusted && cell >= 0 && this.#cellOf(named(this.#table, 'adj_factor')) < 0) {
      readers.push(this.#columnReader('adj_factor', adjusted.name, cell, this.#adjustedCloseReader(cell)))
    }
    return readers
  }

  #columnReader(name: string, unnamed: string, cell: number, read: ReadCell): ColumnReader {
    const column = cell < 0 ? unnamed : (this.#plan.header?.[cell] ?? unnamed)
    return { name, column, cell, read, values: this.#batch.columns.get(name)! }
  }

  #cellOf(rule: ColumnRule): number {
    return (this.#plan.columns as Record<string, number | undefined>)[roleOf(rule)] ?? -1
  }

  #readerOf(rule: ColumnRule, cell: number): ReadCell {
    if (rule.type === 'VARCHAR') return this.#textReader(rule, cell)
    if (rule.type === 'DATE') return this.#dateReader(rule, cell)
    return this.#numberReader(rule, cell)
  }

  #textReader(rule: ColumnRule, cell: number): ReadCell {
    const dictionary = this.dictionaries.get(rule.name) as Dictionary
    const isSymbol = rule.name === 'symbol'
    if (cell < 0) {
      const code = dictionary.codeOf(isSymbol ? (this.#plan.symbol ?? '').trim().toUpperCase() : '')
      return (_, row, values) => {
        values[row] = code
        return null
      }
    }
    return (spans, row, values) => {
      const text = isSymbol ? spans.text(cell).toUpperCase() : spans.text(cell)
      if (text === '' && !rule.mayBeBlank) return `The ${rule.name} is missing.`
      if (text.length > longestText) return `The ${rule.name} is longer than ${longestText} characters.`
      values[row] = dictionary.codeOf(text)
      return null
    }
  }

  #dateReader(rule: ColumnRule, cell: number): ReadCell {
    const { dateFormat } = this.#plan
    return (spans, row, values) => {
      const blank = cell < 0 || spans.isEmpty(cell)
      const day = blank ? noDate : parseDate(spans.bytes, spans.starts[cell], spans.ends[cell], dateFormat)
      values[row] = day
      if (day !== noDate || (blank && rule.mayBeBlank)) return null
      return blank ? 'The date is missing.' : `This is no date of the form ${dateExamples[dateFormat]}.`
    }
  }

  #numberReader(rule: ColumnRule, cell: number): ReadCell {
    const { name, words, range, whole, mayBeBlank, default: absent = NaN } = rule
    const decimal = this.#plan.decimal.charCodeAt(0)
    const scale = rule.price ? this.#plan.priceScale : 1
    if (cell < 0) {
      return (_, row, values) => {
        values[row] = absent
        return null
      }
    }
    return (spans, row, values) => {
      let value = parseNumber(spans.bytes, spans.starts[cell], spans.ends[cell], decimal)
      if (!Number.isFinite(value)) {
        const text = spans.text(cell).toLowerCase()
        if (mayBeBlank && text === '') value = absent
        else if (words && Object.hasOwn(words, text)) value = words[text]
        else return numberReason(spans.text(cell), rule, this.#plan.decimal)
      } else {
        if (scale !== 1) value /= scale
        if (whole && !Number.isInteger(value)) return `Expected a whole number for ${name}.`
        if (range && (value < range[0] || value > range[1])) return rangeReason(rule)
      }
      values[row] = value
      return null
    }
  }

  /** adj_factor = adjusted close ÷ close; 1 where one of them is not positive. */
  #adjustedCloseReader(cell: number): ReadCell {
    const decimal = this.#plan.decimal.charCodeAt(0)
    const { priceScale } = this.#plan
    return (spans, row, values) => {
      const adjusted = parseNumber(spans.bytes, spans.starts[cell], spans.ends[cell], decimal) / priceScale
      if (!Number.isFinite(adjusted))
        return numberReason(spans.text(cell), named(this.#table, 'close'), this.#plan.decimal)
      const close = this.#batch.columns.get('close')![row]
      values[row] = close > 0 && adjusted > 0 ? adjusted / close : 1
      return null
    }
  }
}

function emptyBatch(table: TableRule): Batch {
  const columns = new Map<string, Values>()
  for (const { name, type } of table.columns) {
    columns.set(name, type === 'DOUBLE' ? new Float64Array(batchRows) : new Int32Array(batchRows))
  }
  return { rows: 0, columns, line: new Int32Array(batchRows) }
}

const jsonReason = 'This line is JSON, such as the error message of a price service, not a row of the table.'

const dateExamples: Record<ImportPlan['dateFormat'], string> = {
  iso: '2024-01-31',
  'iso-offset': '2024-01-31 00:00:00-05:00',
  compact: '20240131',
  'day-first': '31/01/2024',
  'month-first': '01/31/2024',
  'month-name': '31 January 2024',
  epoch: '1706659200 (seconds since 1970)',
}

function named(table: TableRule, name: string): ColumnRule {
  const rule = table.columns.find((column) => column.name === name)
  if (!rule) throw new Error(`no column ${name} in ${table.name}`)
  return rule
}

function numberReason(text: string, { name, words, unit, range }: ColumnRule, decimal: string): string {
  if (words) return `Expected 1, −1, 0, or one of ${Object.keys(words).join(', ')}.`
  if (text === '') return `The ${name} is missing.`
  if (/^(null|nan|n\/?a|-|none)$/i.test(text)) return `The ${name} is “${text}”, no number.`
  const example = range?.[1] === 1 ? `0${decimal}25` : `123${decimal}45`
  return `Expected a number for ${name}${unit ? ` (${unit})` : ''}, such as ${example}.`
}

function rangeReason({ name, range = [0, 0] }: ColumnRule): string {
  const [low, high] = range
  if (high === Number.MAX_VALUE) return `The ${name} must be above 0.`
  return `The ${name} must lie between ${low} and ${high}.`
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte !== 32 && byte !== 9 && byte !== 0) return false
  }
  return true
}
