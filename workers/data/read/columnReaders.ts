import type { DateFormat, ImportPlan } from '../api.ts'
import { roleOf, type ColumnRule, type TableRule } from '../schema.ts'
import type { Batch, Dictionary, Values } from './batch.ts'
import type { CellSpans } from './cells.ts'
import { contractParts } from './contract.ts'
import { noDate, parseDate, parseDateText } from './dates.ts'
import { parseNumber, parseNumberText } from './numbers.ts'
import { dateOfParts, endOfMonth, parsePartialDate, type Precision } from './partialDates.ts'
import { formed, isNoValue, isNothing } from './textForms.ts'
import { parseTime, parseTimeText } from './times.ts'

const longestText = 256
const longestProse = 20_000
const msPerDay = 86_400_000
const msPerHour = 3_600_000
/** Hours from the close (20:00 UTC in summer) to midnight. */
const afterClose = 4

/** Puts a cell of a record into row `row` of the batch; a sentence where it does not fit. */
export interface ColumnReader {
  /** Column of the file, or of the table where the file has none: for refusals. */
  column: string
  /** −1: the file has none. */
  cell: number
  read(spans: CellSpans, row: number): string | null
}

/** What is noted while reading, for the summary. */
export interface ReadingNotes {
  knownFromFile: number
  knownAssumed: number
  /** Dates known to the month or the year only. */
  partial: Record<Precision, number>
}

/** How the columns of a table are read under a plan; `batch()` is the one under way. */
export class ColumnReaders {
  readonly notes: ReadingNotes = {
    knownFromFile: 0,
    knownAssumed: 0,
    partial: { day: 0, month: 0, year: 0 },
  }
  readonly #table: TableRule
  readonly #plan: ImportPlan
  readonly #batch: () => Batch
  #precision: Precision = 'day'

  constructor(table: TableRule, plan: ImportPlan, batch: () => Batch) {
    this.#table = table
    this.#plan = plan
    this.#batch = batch
  }

  /** One reader per column; `known_at` and columns computed from others come after those. */
  all(): ColumnReader[] {
    const { columns, knownAt } = this.#table
    const later = new Set(knownAt ? ['known_at', 'precision'] : ['precision'])
    const first = columns.filter(({ name }) => !later.has(name))
    const rest = columns.filter(({ name }) => later.has(name))
    return [...first, ...rest].map((rule) => this.#reader(rule)).concat(this.#adjustedClose())
  }

  #cellOf(role: string): number {
    return this.#plan.columns[role] ?? -1
  }

  #reader(rule: ColumnRule): ColumnReader {
    const cell = this.#cellOf(roleOf(rule))
    const column = cell < 0 ? rule.name : (this.#plan.header?.[cell] ?? rule.name)
    return { column, cell, read: this.#reading(rule, cell) }
  }

  #reading(rule: ColumnRule, cell: number): ColumnReader['read'] {
    if (rule.name === 'known_at' && this.#table.knownAt) return this.#knownAt(rule, cell)
    if (rule.name === 'precision' && cell < 0) return this.#precisionCode(rule)
    switch (rule.type) {
      case 'VARCHAR':
        return this.#text(rule, cell)
      case 'DATE':
        return rule.partial ? this.#partialDate(rule, cell) : this.#date(rule, cell)
      case 'TIMESTAMP':
        return this.#time(rule, cell)
      case 'DOUBLE':
        return this.#number(rule, cell)
    }
  }

  #values(rule: ColumnRule): Values {
    return this.#batch().columns.get(rule.name)!
  }

  #dictionary(rule: ColumnRule): Dictionary {
    return this.#batch().dictionaries.get(rule.name)!
  }

  #constantOf(rule: ColumnRule): string {
    if (rule.name === 'symbol' && this.#plan.symbol !== null) return this.#plan.symbol.trim()
    return (this.#plan.constants[roleOf(rule)] ?? rule.constant ?? '').trim()
  }

  #text(rule: ColumnRule, cell: number): ColumnReader['read'] {
    const { name, mayBeBlank, prose } = rule
    const spare = rule.fallback === undefined ? -1 : this.#cellOf(rule.fallback)
    const longest = rule.longest ?? (prose ? longestProse : longestText)
    const codeOf = (text: string) => this.#dictionary(rule).codeOf(text)
    const put = (row: number, raw: string): string | null => {
      const result = formed(raw, rule)
      if ('reason' in result) return result.reason
      let { text } = result
      if (text === '' && !mayBeBlank && !rule.unless) return `The ${name} is missing.`
      if (text.length > longest) {
        if (!prose) return `The ${name} is longer than ${longest} characters.`
        text = text.slice(0, longest)
      }
      this.#values(rule)[row] = codeOf(text)
      return null
    }
    if (cell < 0) {
      const constant = this.#constantOf(rule)
      return (spans, row) => put(row, spare >= 0 ? spans.text(spare) : constant)
    }
    const seen = prose ? null : new ShortTexts()
    return (spans, row) => {
      const known = seen?.find(spans, cell) ?? -1
      if (known >= 0) {
        this.#values(rule)[row] = known
        return null
      }
      let raw = spans.text(cell)
      if (spare >= 0 && isNothing(raw)) raw = spans.text(spare)
      else if (raw === '' && mayBeBlank) raw = this.#constantOf(rule)
      const reason = put(row, raw)
      if (reason === null && spare < 0) seen?.add(this.#values(rule)[row])
      return reason
    }
  }

  #formatOf(rule: ColumnRule): DateFormat {
    return this.#plan.dateFormats[roleOf(rule)] ?? this.#plan.dateFormat
  }

  #date(rule: ColumnRule, cell: number): ColumnReader['read'] {
    const format = this.#formatOf(rule)
    if (cell < 0) {
      const day = parseDateText(this.#constantOf(rule), 'iso')
      return (_, row) => {
        this.#values(rule)[row] = day
        return day === noDate && !rule.mayBeBlank ? `The ${rule.name} is missing.` : null
      }
    }
    return (spans, row) => {
      let day = parseDate(spans.bytes, spans.starts[cell], spans.ends[cell], format)
      if (day === noDate && rule.contract) day = contractParts(spans.text(cell))?.expiry ?? noDate
      this.#values(rule)[row] = day
      return day === noDate ? this.#noDate(rule, spans, cell, format) : null
    }
  }

  /** A date, or the last day of the month or year that stands in its place. */
  #partialDate(rule: ColumnRule, cell: number): ColumnReader['read'] {
    const format = this.#formatOf(rule)
    const [year, month, day] = ['year', 'month', 'dayOfMonth'].map((role) => this.#cellOf(role))
    // A month written as its first day is not over then.
    const monthly = /^month/i.test(this.#plan.header?.[cell] ?? '')
    const cellText = (spans: CellSpans, at: number) => (at < 0 ? '' : spans.text(at))
    return (spans, row) => {
      let known: { day: number; precision: Precision } = { day: noDate, precision: 'day' }
      if (cell >= 0) {
        known.day = parseDate(spans.bytes, spans.starts[cell], spans.ends[cell], format)
        if (known.day === noDate) known = parsePartialDate(spans.text(cell))
        else if (monthly) known = endOfMonth(known.day)
      } else if (year >= 0) {
        known = dateOfParts(cellText(spans, year), cellText(spans, month), cellText(spans, day))
      } else known.day = parseDateText(this.#constantOf(rule), 'iso')
      this.#values(rule)[row] = known.day
      if (known.day === noDate) {
        if (cell >= 0) return this.#noDate(rule, spans, cell, format)
        const written = [year, month, day].map((at) => cellText(spans, at)).join(' ')
        return `The year, month and day (“${written.trim()}”) make no date.`
      }
      this.#precision = known.precision
      this.notes.partial[known.precision]++
      return null
    }
  }

  #noDate(rule: ColumnRule, spans: CellSpans, cell: number, format: DateFormat): string | null {
    const blank = spans.isEmpty(cell) || isNoValue(spans.text(cell))
    if (blank && rule.mayBeBlank) return null
    const what = rule.name === 'date' ? 'date' : rule.name
    if (blank) return rule.absent ?? `The ${what} is missing.`
    return `This is no date of the form ${dateExamples[format]}.`
  }

  #precisionCode(rule: ColumnRule): ColumnReader['read'] {
    return (_, row) => {
      this.#values(rule)[row] = this.#dictionary(rule).codeOf(this.#precision)
      return null
    }
  }

  #time(rule: ColumnRule, cell: number): ColumnReader['read'] {
    const format = this.#formatOf(rule)
    if (cell < 0) {
      const time = parseTimeText(this.#constantOf(rule), 'iso')
      return (_, row) => {
        this.#values(rule)[row] = time
        return Number.isNaN(time) && !rule.mayBeBlank ? `The ${rule.name} is missing.` : null
      }
    }
    return (spans, row) => {
      const time = parseTime(spans.bytes, spans.starts[cell], spans.ends[cell], format)
      this.#values(rule)[row] = time
      if (time === time) return null
      const blank = spans.isEmpty(cell) || isNoValue(spans.text(cell))
      if (blank && rule.mayBeBlank) return null
      return blank ? `The ${rule.name} is missing.` : `This is no time of the form ${timeExamples[format]}.`
    }
  }

  /** From the file, else the day on which the thing itself plus the usual lag falls. */
  #knownAt(rule: ColumnRule, cell: number): ColumnReader['read'] {
    const { from, lagHours } = this.#table.knownAt!
    const format = this.#formatOf(rule)
    const sources = from.map((name) => {
      const perUnit =
        this.#table.columns.find((column) => column.name === name)?.type === 'DATE' ? msPerDay : 1
      return { name, perUnit }
    })
    // A headline of which only the day is known may be from its last minute.
    const isDayOnly = (name: string, value: number): boolean =>
      name === 'published_at' && value % msPerDay === 0
    const assumed = (row: number): number => {
      for (const { name, perUnit } of sources) {
        const value = this.#batch().columns.get(name)![row]
        if (value !== noDate && value === value)
          return Math.floor(
            (value * perUnit + (isDayOnly(name, value) ? msPerDay : 0) + lagHours * msPerHour) / msPerDay,
          )
      }
      return noDate
    }
    return (spans, row) => {
      const values = this.#values(rule)
      if (cell >= 0 && !spans.isEmpty(cell) && !isNoValue(spans.text(cell))) {
        values[row] = parseDate(spans.bytes, spans.starts[cell], spans.ends[cell], format)
        if (values[row] === noDate) return `This is no date of the form ${dateExamples[format]}.`
        // What came out after the close is usable on the next one.
        const time = parseTime(spans.bytes, spans.starts[cell], spans.ends[cell], format)
        if (time % msPerDay !== 0 && time === time)
          values[row] = Math.floor((time + afterClose * msPerHour) / msPerDay)
        this.notes.knownFromFile++
        return null
      }
      values[row] = assumed(row)
      this.notes.knownAssumed++
      return null
    }
  }

  #number(rule: ColumnRule, cell: number): ColumnReader['read'] {
    const { words, range, whole, mayBeBlank, percent, default: absent = NaN } = rule
    const decimal = this.#plan.decimal.charCodeAt(0)
    const divisor = rule.price ? this.#plan.priceScale : 1
    const factor = this.#plan.scales[roleOf(rule)] ?? 1
    if (cell < 0) {
      const constant = this.#constantOf(rule)
      const value = constant === '' ? absent : parseNumberText(constant, '.')
      return (_, row) => {
        this.#values(rule)[row] = value
        return Number.isNaN(value) && constant !== '' ? numberReason(constant, rule, '.') : null
      }
    }
    return (spans, row) => {
      let value = parseNumber(spans.bytes, spans.starts[cell], spans.ends[cell], decimal)
      if (!Number.isFinite(value)) {
        const text = spans.text(cell)
        const word = text.toLowerCase()
        if (words && Object.hasOwn(words, word)) value = words[word]
        else if (percent && text.endsWith('%')) {
          value = parseNumberText(text.slice(0, -1), this.#plan.decimal) / 100
          if (!Number.isFinite(value)) return numberReason(text, rule, this.#plan.decimal)
          if (range && (value < range[0] || value > range[1])) return rangeReason(rule)
        } else if (mayBeBlank && isNoValue(text)) value = absent
        else return numberReason(text, rule, this.#plan.decimal)
      } else {
        if (divisor !== 1) value /= divisor
        if (factor !== 1) value *= factor
        if (whole && !Number.isInteger(value)) return wholeReason(rule)
        if (range && (value < range[0] || value > range[1])) return rangeReason(rule)
      }
      this.#values(rule)[row] = value
      return null
    }
  }

  /** adj_factor = adjusted close ÷ close; 1 where one of them is not positive. */
  #adjustedClose(): ColumnReader[] {
    const rule = this.#table.sources.find(({ name }) => name === 'adj_close')
    const cell = rule ? this.#cellOf('adjClose') : -1
    if (!rule || cell < 0 || this.#cellOf('adjFactor') >= 0) return []
    const decimal = this.#plan.decimal.charCodeAt(0)
    const read: ColumnReader['read'] = (spans, row) => {
      const adjusted =
        parseNumber(spans.bytes, spans.starts[cell], spans.ends[cell], decimal) / this.#plan.priceScale
      if (!Number.isFinite(adjusted)) {
        const close = this.#table.columns.find(({ name }) => name === 'close')!
        return numberReason(spans.text(cell), close, this.#plan.decimal)
      }
      const { columns } = this.#batch()
      const close = columns.get('close')![row]
      columns.get('adj_factor')![row] = close > 0 && adjusted > 0 ? adjusted / close : 1
      return null
    }
    return [{ column: this.#plan.header?.[cell] ?? rule.name, cell, read }]
  }
}

/** Codes of texts of up to six bytes, found without making a string: tickers, addresses, airports. */
class ShortTexts {
  readonly #codes = new Map<number, number>()
  #key = -1

  /** The code, −1 where it is not known; `add` then says what it is. */
  find(spans: CellSpans, cell: number): number {
    const start = spans.starts[cell]
    const end = spans.ends[cell]
    this.#key = -1
    if (cell >= spans.count || end - start > 6 || start === end) return -1
    let key = 0
    for (let at = start; at < end; at++) {
      const byte = spans.bytes[at]
      if (byte > 127 || byte === 34) return -1
      key = key * 256 + byte
    }
    this.#key = key
    return this.#codes.get(key) ?? -1
  }

  add(code: number): void {
    if (this.#key >= 0) this.#codes.set(this.#key, code)
  }
}

export const dateExamples: Record<DateFormat, string> = {
  iso: '2024-01-31',
  'iso-offset': '2024-01-31 00:00:00-05:00',
  compact: '20240131',
  'day-first': '31/01/2024',
  'month-first': '01/31/2024',
  'month-name': '31 January 2024',
  epoch: '1706659200 (seconds since 1970)',
}

const timeExamples: Record<DateFormat, string> = {
  iso: '2024-01-31T14:05:00Z',
  'iso-offset': '2024-01-31 14:05:00-05:00',
  compact: '20240131 14:05',
  'day-first': '31/01/2024 14:05',
  'month-first': '01/31/2024 14:05',
  'month-name': '31 January 2024 14:05',
  epoch: '1706709900 (seconds since 1970)',
}

function numberReason(text: string, rule: ColumnRule, decimal: string): string {
  const { name, words, unit, range } = rule
  if (words && Object.keys(words).length > 1)
    return `Expected 1, −1, 0, or one of ${Object.keys(words).join(', ')}.`
  if (text === '') return `The ${name} is missing.`
  if (/^(null|nan|n\/?a|-|none)$/i.test(text)) return `The ${name} is “${text}”, no number.`
  if (rule.whole) return wholeReason(rule)
  const example = range?.[1] === 1 ? `0${decimal}25` : `123${decimal}45`
  return `Expected a number for ${name}${unit ? ` (${unit})` : ''}, such as ${example}.`
}

function wholeReason({ name, unit }: ColumnRule): string {
  return `Expected a whole number for ${name}${unit ? ` (${unit})` : ''}, such as 12.`
}

function rangeReason({ name, range = [0, 0] }: ColumnRule): string {
  const [low, high] = range
  if (high === Number.MAX_VALUE)
    return low === 0 ? `The ${name} must not be negative.` : `The ${name} must be above 0.`
  return `The ${name} must lie between ${low} and ${high}.`
}
