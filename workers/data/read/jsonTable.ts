import { CellWriter } from './cellWriter.ts'
import { cellText, flatten, type OnCell } from './flatten.ts'
import type { JsonRecord } from './jsonPlaces.ts'
import type { OnRecord } from './recordSource.ts'

const longestUnread = 4096
/** OpenSky REST API, “All State Vectors”: the places of an array of `states`. */
const openSkyStates = [
  'icao24',
  'callsign',
  'origin_country',
  'time_position',
  'last_contact',
  'longitude',
  'latitude',
  'baro_altitude',
  'on_ground',
  'velocity',
  'true_track',
  'vertical_rate',
  'sensors',
  'geo_altitude',
  'squawk',
  'spi',
  'position_source',
  'category',
]

/** Learns the columns of the first records, then writes every record in their order. */
export class JsonTable {
  readonly #path: string
  readonly #own = new Map<string, number>()
  readonly #around = new Map<string, number>()
  #keyCell = -1
  #columns: string[] = []
  /** Names of arrays' cells, by position. */
  #positions: string[] = []
  /** The first array names the cells of the others. */
  #namesFirst = false
  readonly #writer = new CellWriter()
  #cells: string[] = []
  readonly #numbers = new Set<string>()
  /** Written already: records side by side share what stands around them. */
  #lastAround: JsonRecord['around'] | null = null

  constructor(path: string) {
    this.#path = path
  }

  get columns(): string[] {
    return this.#columns
  }

  /** Columns in which some of the records learned from hold numbers. */
  get numbers(): string[] {
    return [...this.#numbers]
  }

  learn(records: JsonRecord[]): void {
    const arrays = records.map(({ value }) => value).filter((value) => Array.isArray(value))
    if (arrays.length > 0) this.#namePositions(arrays)
    const own = new Set<string>()
    const around = new Set<string>()
    for (const record of records) {
      this.#eachCell(record, (name, _, isNumber) => {
        own.add(name)
        if (isNumber) this.#numbers.add(name)
      })
      for (const name of Object.keys(record.around)) around.add(name)
    }
    const keyed = records.some(({ key }) => key !== null)
    const names = keyed ? ['key'] : []
    this.#keyCell = keyed ? 0 : -1
    for (const name of own) this.#own.set(name, names.push(name) - 1)
    for (const name of around) {
      this.#around.set(name, names.push(names.includes(name) ? `parent.${name}` : name) - 1)
    }
    this.#columns = names
    this.#cells = names.map(() => '')
  }

  /** True where the record was the row of names, which is no record. */
  isNames({ value }: JsonRecord, line: number): boolean {
    return this.#namesFirst && line === 1 && Array.isArray(value)
  }

  write(record: JsonRecord, line: number, onRecord: OnRecord): void {
    if (record.around !== this.#lastAround) {
      this.#lastAround = record.around
      for (const [name, cell] of this.#around) this.#cells[cell] = cellText(record.around[name])
    }
    for (const cell of this.#own.values()) this.#cells[cell] = ''
    if (this.#keyCell >= 0) this.#cells[this.#keyCell] = record.key ?? ''
    this.#eachCell(record, (name, text) => {
      const cell = this.#own.get(name)
      if (cell !== undefined) this.#cells[cell] = text
    })
    this.#writer.write(this.#cells, line, onRecord)
  }

  /** A record of one cell, as it stands in the file: as wide as no table is, so that it is refused. */
  writeUnread(text: string, line: number, onRecord: OnRecord): void {
    this.#writer.write([text.slice(0, longestUnread)], line, onRecord)
  }

  #eachCell({ value }: JsonRecord, onCell: OnCell): void {
    if (!Array.isArray(value)) flatten('', value, onCell)
    else value.forEach((part, i) => flatten(this.#positions[i] ?? `column ${i + 1}`, part, onCell))
  }

  #namePositions(arrays: unknown[][]): void {
    const [first, second] = arrays
    const width = first.length
    const isState = width === 17 || width === 18
    if (isState && /(^|\.)states$/.test(this.#path)) this.#positions = openSkyStates
    else if (second && isRowOfNames(first, second)) {
      this.#positions = first.map(String)
      this.#namesFirst = true
    } else if (width === 2 && isDay(first[0]) && typeof first[1] === 'number')
      this.#positions = ['day', 'count']
  }
}

/** Different words, above a row that holds something else than words. */
function isRowOfNames(first: unknown[], second: unknown[]): boolean {
  const words = first.every((cell) => typeof cell === 'string' && /\p{L}/u.test(cell) && !isDay(cell))
  const other = second.some((cell) => typeof cell !== 'string' || isDay(cell) || /^-?[\d.]+$/.test(cell))
  return words && new Set(first).size === first.length && other
}

function isDay(value: unknown): boolean {
  if (typeof value === 'string') return /^\d{4}-\d\d(-\d\d|$)/.test(value)
  return typeof value === 'number' && (isSeconds(value) || isSeconds(value / 1000))
}

/** Seconds of the years 2001 to 2128. */
function isSeconds(value: number): boolean {
  return value >= 1e9 && value < 5e9
}
