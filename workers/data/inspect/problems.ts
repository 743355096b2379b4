import type { ImportPlan } from '../api.ts'
import { noDate, parseDateText } from '../read/dates.ts'
import { parsePartialDate } from '../read/partialDates.ts'
import { parseTimeText } from '../read/times.ts'
import { roleOf, type TableName, type TableRule } from '../schema.ts'
import { repeatedNames, type Columns } from './columns.ts'
import { mainTime } from './dateFormats.ts'
import type { HeadRow } from './layout.ts'
import { looksLikeDate, looksLikeNumber } from './lookLike.ts'
import { cellsOf, type Reading } from './reading.ts'

const mostColumns = 500
const wideRows = 100
/** Tables whose files may rightly be empty: of a period in which nothing happened. */
const happens = new Set<TableName>(['tickets', 'adoption', 'incidents', 'news', 'events'])
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

/** A sentence per thing that stands in the way of the import, each with what to do about it. */
export function problemsOf(plan: ImportPlan, reading: Reading, isUnknown: boolean): string[] {
  const { fileName, width, kind } = plan
  const { body, data } = reading
  if (width > mostColumns) {
    return [
      `${fileName} has ${widthText(width)} columns. A table with one column per symbol is not read: ` +
        'reshape it to one row per symbol and day (symbol, date, open, high, low, close, volume).',
    ]
  }
  if (kind === 'prices' && isLeanMap(body, plan)) {
    return [
      `${fileName} is a LEAN map file: it lists changes of the ticker and holds no prices. ` +
        'Leave it out; the daily file and its factor file are enough.',
    ]
  }
  if (width < 2) return [oneColumn(plan, body)]
  if (body.length === 0) {
    return [
      happens.has(kind)
        ? `${fileName} has a header and no rows under it. If nothing happened in its period, leave it out; else ` +
          'download it again.'
        : `${fileName} has a header and no rows under it. Download it again.`,
    ]
  }
  if (plan.content === 'lean-factors') return plan.symbol === '' ? [whichSymbol(plan)] : []
  if (isUnknown) return [matchesNothing(plan, reading)]
  const found = [
    ...noDates(plan),
    ...numbersForAddresses(plan, reading),
    ...repeated(plan),
    ...missing(plan, reading.target.table),
  ]
  if (found.length > 0) return found

  const problems = [...unreadDates(plan, reading), ...ambiguous(plan, reading)]
  if (kind === 'prices' && isIntraday(plan, data)) {
    problems.push(
      `${fileName} has several rows a day. Only daily bars are read: sum it up by day (first open, highest ` +
        'high, lowest low, last close, sum of volume) and drop it again.',
    )
  }
  if (plan.symbol === '') problems.push(whichSymbol(plan))
  if (!(plan.priceScale > 0)) problems.push(`${fileName}: the divisor of the prices must be above 0.`)
  return problems
}

/** An address such as 0200e6 or 03e003 that was saved as a number is another one, or none. */
function numbersForAddresses({ fileName, columns, header }: ImportPlan, { numbers }: Reading): string[] {
  const name = columns.icao24 === undefined ? undefined : header?.[columns.icao24]
  if (name === undefined || !numbers.includes(name)) return []
  return [
    `${fileName} holds numbers in “${short(name)}”, where addresses of aircraft are texts: leading zeros and ` +
      'addresses such as 03e003 were lost. Save the column as text and drop it again.',
  ]
}

function noDates({ fileName, columns, header, kind }: ImportPlan): string[] {
  if ((kind !== 'prices' && kind !== 'signals') || columns.date !== undefined) return []
  return [
    `${fileName} has no column of dates${headerText({ header })}. Every row needs the day it belongs to: ` +
      'choose the column that holds it, or add one (such as 2024-01-31) and drop the file again.',
  ]
}

function repeated({ fileName, header, columns, content }: ImportPlan): string[] {
  // There the place tells calls from puts.
  if (content === 'option-pairs') return []
  const used = Object.fromEntries(Object.entries(columns).filter(([, cell]) => cell !== undefined))
  return (header ? repeatedNames(header, used as Columns) : []).map(({ name, cells }) => {
    const places = cells.map((cell) => cell + 1).join(' and ')
    return (
      `${fileName} names the column “${short(name)}” more than once (columns ${places}). ` +
      'Rename or delete all but one in the file and drop it again.'
    )
  })
}

/** Columns that every row needs, and that neither the file nor the person gives. */
function missing(plan: ImportPlan, table: TableRule): string[] {
  const { fileName, columns, constants, kind, content } = plan
  const problems: string[] = []
  const absent = table.columns
    .filter((rule) => rule.required && rule.name !== 'symbol' && columns[roleOf(rule)] === undefined)
    .filter(({ name }) => !(name === 'date' && (kind === 'prices' || kind === 'signals')))
    .filter(({ unless }) => unless === undefined || columns[unless] === undefined)
    .filter(({ name }) => !(name === 'announced_on' && columns.year !== undefined))
    .filter(({ name }) => !(name === 'right' && content === 'option-pairs'))
    .filter((rule) => (constants[roleOf(rule)] ?? rule.constant ?? '') === '')
  const names = absent.map(({ name }) => name).filter((name) => name !== 'quote_date')
  if (absent.length > names.length && names.length === 0) {
    problems.push(
      `${fileName} does not tell on which day its quotes were taken. Type the day (such as 2024-01-31), or add a ` +
        'column quote_date.',
    )
  }
  if (names.length > 0) {
    problems.push(
      `${fileName}: no column found for ${listed(names)}${headerText(plan)}. ` +
        `Choose ${names.length === 1 ? 'it' : 'them'} among the columns of the file; ${needs(table)}.`,
    )
  }
  return problems
}

function needs(table: TableRule): string {
  if (table.name === 'prices') return 'daily bars need open, high, low and close'
  const required = table.columns.filter(({ required }) => required).map(({ name }) => name)
  return `${table.rows} need ${listed(required)}`
}

function matchesNothing(plan: ImportPlan, reading: Reading): string {
  return (
    `${plan.fileName} matches none of the tables known here${headerText(plan)}. ` +
    'Choose the table it belongs to, and which column is which; prices, for example, need date, open, high, low and close.' +
    reshape(wideColumns(plan, reading))
  )
}

const leastWide = 3

function reshape(columns: string[]): string {
  if (columns.length < leastWide) return ''
  return (
    ` Where columns such as ${listed(columns.slice(0, 2).map((name) => short(name)))} are one symbol, package or figure ` +
    'each, reshape it first: one row per day and name, with a column for the day, one for the name and one for the value.'
  )
}

/** The day and the symbol. */
const mostKnown = 2

/** Columns of numbers that no table knows, beside one of days and at most a few of words. */
function wideColumns({ header }: ImportPlan, { body, width, columns }: Reading): string[] {
  if (Object.keys(columns).length > mostKnown) return []
  // Counts of nine digits and more are no seconds since 1970 here.
  const isDate = (text: string) => !/^\d{9,}$/.test(text) && looksLikeDate(text)
  const rows = body.filter(({ cells }) => cells.length === width).slice(0, wideRows)
  if (!header || rows.length === 0) return []
  const share = (cell: number, test: (text: string) => boolean) =>
    rows.filter(({ cells }) => test(cells[cell] ?? '')).length / rows.length
  const isDated = header.some((_, cell) => share(cell, isDate) > 0.8)
  const numbers = header.filter(
    (_, cell) =>
      share(cell, (text) => text === '' || looksLikeNumber(text)) > 0.8 && share(cell, isDate) < 0.5,
  )
  return isDated && numbers.length >= header.length / 2 ? numbers : []
}

/** The column of time of the table must hold dates that can be read. */
function unreadDates(plan: ImportPlan, reading: Reading): string[] {
  const main = mainTime(reading)
  if (main === null) return []
  const rule = reading.target.table.columns.find((column) => roleOf(column) === main)
  const cells = cellsOf(reading, main)
  const reads = (cell: string) =>
    parseDateText(cell, plan.dateFormat) !== noDate ||
    !Number.isNaN(parseTimeText(cell, plan.dateFormat)) ||
    (rule?.partial === true && parsePartialDate(cell).day !== noDate)
  if (cells.some(reads)) return []
  const first = reading.body[0].cells[reading.columns[main]] ?? ''
  return [
    `${plan.fileName}: no date in the column${plan.header ? ` “${short(plan.header[reading.columns[main]] ?? '')}”` : ''} ` +
      `can be read (the first is “${short(first)}”). Choose another column or another form of date.`,
  ]
}

function ambiguous(plan: ImportPlan, reading: Reading): string[] {
  if (!plan.dateAmbiguous) return []
  const dates = reading.target.table.columns.filter(({ type }) => type === 'DATE' || type === 'TIMESTAMP')
  const example = dates
    .flatMap((rule) => cellsOf(reading, roleOf(rule)).slice(0, 1))
    .find((cell) => /^\d{1,2}\D\d{1,2}\D/.test(cell))
  return [
    `${plan.fileName}: “${short(example ?? '')}” may be day-first or month-first, and both fit the first rows. ` +
      'Choose which one it is.',
  ]
}

/** Most rows fall on the day of the row before, at another time, for the same symbol. */
function isIntraday({ columns, dateFormat }: ImportPlan, data: HeadRow[]): boolean {
  const { date = 0, symbol } = columns
  const again = data.slice(1).filter(({ cells }, i) => {
    const before = data[i].cells
    if (cells[date] === before[date] || (symbol !== undefined && cells[symbol] !== before[symbol]))
      return false
    return parseDateText(cells[date], dateFormat) === parseDateText(before[date], dateFormat)
  })
  return data.length > 2 && again.length > data.length / 2
}

function oneColumn({ fileName, delimiter }: ImportPlan, body: HeadRow[]): string {
  return (
    `${fileName} has one column when it is cut at the ${delimiterNames[delimiter]}` +
    `${body[0] ? ` (“${short(body[0].cells[0] ?? '')}”)` : ''}. Save it with commas, semicolons, tabs or ` +
    'bars between the cells, with a date and the prices in each row, and drop it again.'
  )
}

function whichSymbol({ fileName, kind }: ImportPlan): string {
  return kind === 'prices' || kind === 'signals' || kind === 'options'
    ? `${fileName}: the name does not tell which symbol the file is about. Type the symbol.`
    : `${fileName} does not say which company it is about. Type the symbol.`
}

function isLeanMap(body: HeadRow[], { header, width }: ImportPlan): boolean {
  if (header || width < 2 || width > 4 || body.length === 0) return false
  return body.every(({ cells }) => /^\d{8}$/.test(cells[0]) && /^[a-z.]{1,8}$/i.test(cells[1] ?? ''))
}

function headerText({ header }: Pick<ImportPlan, 'header'>): string {
  if (!header) return ' (the file has no header)'
  return ` (its header reads ${short(header.slice(0, 8).join(', '), 80)})`
}

function widthText(width: number): string {
  return width >= 1024 ? 'more than 1,000' : String(width)
}

function listed(names: string[]): string {
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function short(text: string, length = 40): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
