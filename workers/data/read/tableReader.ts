import type { ImportPlan } from '../api.ts'
import { Refusals } from '../refusals.ts'
import type { TableRule } from '../schema.ts'
import { batchRows, Dictionary, emptyBatch, type Batch } from './batch.ts'
import type { CellSpans } from './cells.ts'
import { decodeText } from './cells.ts'
import { ColumnReaders, type ColumnReader, type ReadingNotes } from './columnReaders.ts'
import { noDate } from './dates.ts'
import { sidesOf } from './optionPairs.ts'

const longestValue = 200
const msPerDay = 86_400_000

/**
 * Turns the records of a file into batches of a canonical table, as its plan says. Every record that is
 * neither blank nor the header ends as taken in or as refused: records + refused = records of the file. A
 * record of option pairs becomes two rows, or none.
 */
export class TableReader {
  readonly refused = new Refusals()
  /** Of columns whose texts repeat, over the whole file. */
  readonly dictionaries = new Map<string, Dictionary>()
  records = 0
  rows = 0
  /** Epoch days. */
  from = Number.POSITIVE_INFINITY
  to = Number.NEGATIVE_INFINITY
  /** Times of each subject only rise or only fall, so no key can come twice. */
  inOrder = true
  ready: Batch[] = []

  readonly #plan: ImportPlan
  readonly #table: TableRule
  /** Per row that a record becomes, how its columns are read. */
  readonly #rowsOfRecord: ColumnReader[][]
  readonly #readings: ColumnReaders[]
  readonly #headerText: string | null
  readonly #lastTime: number[] = []
  readonly #direction: number[] = []
  readonly #daysPerUnit: number
  #batch: Batch

  constructor(table: TableRule, plan: ImportPlan) {
    this.#table = table
    this.#plan = plan
    this.#headerText = plan.header?.join('\u0000') ?? null
    for (const { name, type, prose } of table.columns)
      if (type === 'VARCHAR' && !prose) this.dictionaries.set(name, new Dictionary())
    this.#batch = emptyBatch(table, this.dictionaries)
    const plans = plan.content === 'option-pairs' ? sidesOf(plan) : [plan]
    this.#readings = plans.map((side) => new ColumnReaders(table, side, () => this.#batch))
    this.#rowsOfRecord = this.#readings.map((readings) => readings.all())
    const time = table.columns.find(({ name }) => name === table.time)
    this.#daysPerUnit = time?.type === 'TIMESTAMP' ? msPerDay : 1
    const key = table.columns.filter((column) => column.key).map(({ name }) => name)
    const told = [table.subject, table.time].every((name) => name !== null && key.includes(name))
    if (!told || plans.length > 1) this.inOrder = false
  }

  get notes(): ReadingNotes[] {
    return this.#readings.map(({ notes }) => notes)
  }

  finish(): void {
    if (this.#batch.rows > 0) this.ready.push(this.#batch)
    this.#batch = emptyBatch(this.#table, this.dictionaries)
  }

  take(spans: CellSpans, line: number, start: number, end: number): void {
    const { headerLine, width } = this.#plan
    if (line === headerLine) return
    if (start === end || (spans.count === 1 && spans.isEmpty(0)) || isBlank(spans.bytes, start, end)) return
    if (spans.count !== width || (headerLine !== null && line < headerLine)) {
      const text = decodeText(spans.bytes, start, Math.min(end, start + longestValue))
      this.#refuse(line, '', text, this.#wholeLineReason(spans, line, start, end))
      return
    }
    if (this.#batch.rows + this.#rowsOfRecord.length > batchRows) this.#startBatch()
    for (const [side, readers] of this.#rowsOfRecord.entries()) {
      if (!this.#readRow(readers, spans, line, start, end, this.#batch.rows + side)) return
    }
    for (let side = 0; side < this.#rowsOfRecord.length; side++) {
      this.#batch.line[this.#batch.rows] = line
      this.#noteOrder(this.#batch.rows)
      this.#batch.rows++
      this.rows++
    }
    this.records++
    if (this.#batch.rows === batchRows) this.#startBatch()
  }

  /** False when the record was refused. */
  #readRow(
    readers: ColumnReader[],
    spans: CellSpans,
    line: number,
    start: number,
    end: number,
    row: number,
  ): boolean {
    for (const reader of readers) {
      const reason = reader.read(spans, row)
      if (reason === null) continue
      const { column, cell } = reader
      if (this.#isHeaderAgain(spans)) {
        this.#refuse(line, '', spans.text(0), 'This line is the header again.')
      } else if (this.#isJson(spans, start, end)) {
        const text = decodeText(spans.bytes, start, Math.min(end, start + longestValue))
        this.#refuse(line, '', text, jsonReason)
      } else this.#refuse(line, column, cell < 0 ? '' : spans.text(cell), reason)
      return false
    }
    return true
  }

  /** A cell too many is refused even where the last is empty: a separator inside the row has moved the others. */
  #wholeLineReason(spans: CellSpans, line: number, start: number, end: number): string {
    const { headerLine, width } = this.#plan
    if (this.#isJson(spans, start, end)) return jsonReason
    if (headerLine !== null && line < headerLine) return 'This line stands above the header.'
    if (spans.count === -1) return 'A quote is opened and never closed: close it or delete it.'
    if (this.#plan.format === 'ndjson' || this.#plan.format === 'json') return 'This is no JSON object.'
    return `This line has ${spans.count} cell${spans.count === 1 ? '' : 's'}; a row of this file has ${width}.`
  }

  #isJson(spans: CellSpans, start: number, end: number): boolean {
    if (this.#plan.format !== 'csv') return false
    const text = decodeText(spans.bytes, start, Math.min(end, start + longestValue)).trim()
    return /^[{}[\]]/.test(text) || /^"[^",]*"\s*:/.test(text)
  }

  #isHeaderAgain(spans: CellSpans): boolean {
    if (this.#headerText === null) return false
    return this.#headerText === Array.from({ length: spans.count }, (_, i) => spans.text(i)).join('\u0000')
  }

  #refuse(line: number, column: string, value: string, reason: string): void {
    const cut = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
    this.refused.add({ file: this.#plan.fileName, line, column, value: cut, reason })
  }

  #noteOrder(row: number): void {
    const { time, subject } = this.#table
    if (time === null) return
    const value = this.#batch.columns.get(time)![row]
    if (value === noDate || value !== value) return
    const day = this.#daysPerUnit === 1 ? value : Math.floor(value / this.#daysPerUnit)
    if (day < this.from) this.from = day
    if (day > this.to) this.to = day
    if (!this.inOrder || subject === null) return
    const who = this.#batch.columns.get(subject)![row]
    const last = this.#lastTime[who] as number | undefined
    if (last !== undefined) {
      const direction = Math.sign(value - last)
      this.#direction[who] ||= direction
      if (direction === 0 || direction !== this.#direction[who]) this.inOrder = false
    }
    this.#lastTime[who] = value
  }

  #startBatch(): void {
    this.ready.push(this.#batch)
    this.#batch = emptyBatch(this.#table, this.dictionaries)
  }
}

const jsonReason = 'This line is JSON, such as the error message of a price service, not a row of the table.'

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte !== 32 && byte !== 9 && byte !== 0) return false
  }
  return true
}
