import type { ImportPlan } from '../api.ts'
import { noDate, parseDateText } from '../read/dates.ts'
import { roleOf, tables } from '../schema.ts'
import { repeatedNames, type Columns } from './columns.ts'
import type { HeadRow } from './layout.ts'

const mostColumns = 500
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

/** A sentence per thing that stands in the way of the import, each with what to do about it. */
export function problemsOf(plan: ImportPlan, body: HeadRow[], data: HeadRow[]): string[] {
  const { fileName, columns, width, kind } = plan
  if (width > mostColumns) {
    return [
      `${fileName} has ${widthText(width)} columns. A table with one column per symbol is not read: ` +
        'reshape it to one row per symbol and day (symbol, date, open, high, low, close, volume).',
    ]
  }
  if (isLeanMap(body, plan)) {
    return [
      `${fileName} is a LEAN map file: it lists changes of the ticker and holds no prices. ` +
        'Leave it out; the daily file and its factor file are enough.',
    ]
  }
  const problems: string[] = []
  if (width < 2) return [oneColumn(plan, body)]
  if (body.length === 0) return [`${fileName} has a header and no rows under it. Download it again.`]
  if (plan.content === 'lean-factors') return plan.symbol === '' ? [whichSymbol(fileName)] : []

  if (columns.date === undefined) {
    problems.push(
      `${fileName} has no column of dates${headerText(plan)}. Every row needs the day it belongs to: ` +
        'choose the column that holds it, or add one (such as 2024-01-31) and drop the file again.',
    )
  }
  for (const { name, cells } of plan.header ? repeatedNames(plan.header, columns as Columns) : []) {
    const places = cells.map((cell) => cell + 1).join(' and ')
    problems.push(
      `${fileName} names the column “${short(name)}” more than once (columns ${places}). ` +
        'Rename or delete all but one in the file and drop it again.',
    )
  }
  const missing = tables[kind].columns
    .filter((rule) => rule.required && rule.name !== 'date' && rule.name !== 'symbol')
    .filter((rule) => columns[roleOf(rule)] === undefined)
    .map((rule) => rule.name)
  if (missing.length > 0) {
    problems.push(
      `${fileName}: no column found for ${listed(missing)}${headerText(plan)}. ` +
        `Choose ${missing.length === 1 ? 'it' : 'them'} among the columns of the file; ` +
        (kind === 'prices'
          ? 'daily bars need open, high, low and close.'
          : 'signals need symbol, date and direction.'),
    )
  }
  if (problems.length > 0) return problems

  const date = columns.date ?? 0
  if (!data.some(({ cells }) => parseDateText(cells[date] ?? '', plan.dateFormat) !== noDate)) {
    problems.push(
      `${fileName}: no date in the column${plan.header ? ` “${short(plan.header[date])}”` : ''} can be read ` +
        `(the first is “${short(body[0].cells[date] ?? '')}”). Choose another column or another form of date.`,
    )
  }
  if (plan.dateAmbiguous) {
    const example = data[0]?.cells[date] ?? ''
    problems.push(
      `${fileName}: “${short(example)}” may be day-first or month-first, and both fit the first rows. ` +
        'Choose which one it is.',
    )
  }
  if (kind === 'prices' && isIntraday(plan, data)) {
    problems.push(
      `${fileName} has several rows a day. Only daily bars are read: sum it up by day (first open, highest ` +
        'high, lowest low, last close, sum of volume) and drop it again.',
    )
  }
  if (plan.symbol === '') problems.push(whichSymbol(fileName))
  if (!(plan.priceScale > 0)) problems.push(`${fileName}: the divisor of the prices must be above 0.`)
  return problems
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

function whichSymbol(fileName: string): string {
  return `${fileName}: the name does not tell which symbol the file is about. Type the symbol.`
}

function isLeanMap(body: HeadRow[], { header, width }: ImportPlan): boolean {
  if (header || width < 2 || width > 4 || body.length === 0) return false
  return body.every(({ cells }) => /^\d{8}$/.test(cells[0]) && /^[a-z.]{1,8}$/i.test(cells[1] ?? ''))
}

function headerText({ header }: ImportPlan): string {
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
