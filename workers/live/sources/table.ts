import * as v from 'valibot'
import { redact } from '../ask/redact.ts'
import type { BarRow, QuoteRow } from '../collectedRows.ts'
import { AskFailed, type Adapter, type PollContext } from '../contract.ts'
import { dayMs } from './instants.ts'
import { numberOf, textOf } from './readSettings.ts'
import { Refusals } from './refusals.ts'
import { dayOfQuotes, hasClosed } from './sessionClose.ts'
import { barOf } from './tableBars.ts'
import { tableColumns } from './tableColumns.ts'
import { tableInfo } from './tableInfo.ts'
import { quoteOf } from './tableQuotes.ts'
import { tableRows } from './tableReading.ts'
import { tableRecords, type TableRecords } from './tableRecords.ts'
import { needsKey, requestOf, requestProblem, requestsOf, symbolsOf, tableOrigin } from './tableRequests.ts'
import { tableKind, tableRoles } from './tableRoles.ts'
import { untilCut } from './untilCut.ts'

const cursorSchema = v.object({
  /** Symbols that a cut poll left. */
  left: v.array(v.string()),
  /** Symbols of whose last answer nothing had to wait for the close: without changes, there is no news. */
  whole: v.array(v.string()),
})

/** Daily bars or option quotes as CSV or JSON from any address, with the columns that a person chose. */
export const table: Adapter = {
  info: tableInfo,
  problem: requestProblem,
  origins(settings) {
    const origin = tableOrigin(settings)
    return origin === null ? [] : [origin]
  },
  pace(settings) {
    const perDay = Math.max(1, numberOf(settings, 'perDay', 100))
    const spread = Math.ceil((dayMs * requestsOf(settings).length) / perDay)
    return {
      everyMs: Math.max(60_000 * numberOf(settings, 'minutes', 60), spread),
      budget: { units: perDay, perMs: dayMs },
    }
  },
  async poll(context) {
    const { settings, secrets } = context
    if (needsKey(settings) && (secrets.key ?? '') === '') {
      throw new AskFailed('refused', 'This source needs your key: type it, and turn the source on again.')
    }
    const kept = v.safeParse(cursorSchema, context.cursor)
    const whole = new Set(kept.success ? kept.output.whole : [])
    const all = requestsOf(settings)
    const waiting = kept.success ? kept.output.left.filter((symbol) => all.includes(symbol)) : []
    const refusals = new Refusals()
    const rows: (BarRow | QuoteRow)[] = []
    const left = await untilCut(waiting.length > 0 ? waiting : all, async (symbol) => {
      const answer = await context.ask(requestOf(context, symbol, whole.has(symbol)))
      if (answer.unchanged) return
      whole.delete(symbol)
      const read = rowsOf(context, answer.text, symbol, refusals)
      rows.push(...read.rows)
      if (!read.waits) whole.add(symbol)
    })
    return {
      rows,
      cursor: { left, whole: [...whole] },
      refused: refusals.count,
      firstRefusal: redact(refusals.first, secrets),
      ...(left.length > 0 && { more: true }),
    }
  },
}

/** Rows of one answer whose day has closed, and whether others wait for it. */
function rowsOf(
  context: PollContext,
  text: string,
  symbol: string,
  refusals: Refusals,
): { rows: (BarRow | QuoteRow)[]; waits: boolean } {
  const { settings, secrets, now } = context
  const records = readable(text, context)
  const missing = missingColumn(records, context)
  if (missing !== '') {
    for (let i = 0; i < Math.max(1, records.records.length); i++) refusals.add(redact(missing, secrets))
    return { rows: [], waits: true }
  }
  // One symbol without a place in the address is that of the whole answer.
  const symbols = symbolsOf(settings)
  const asked = symbol === '' && symbols.length === 1 ? symbols[0] : symbol
  const wanted = (row: BarRow | QuoteRow) => symbols.length === 0 || symbols.includes(row.symbol)
  if (tableKind(settings) === 'prices') {
    const bars = tableRows(records, settings, asked, refusals, barOf).filter(wanted)
    const closed = bars.filter(({ date }) => hasClosed(date, now))
    const byDay = new Map(closed.map((bar) => [`${bar.symbol} ${bar.date}`, bar]))
    return { rows: [...byDay.values()].sort((a, b) => a.date - b.date), waits: closed.length < bars.length }
  }
  const today = dayOfQuotes(now)
  // Quotes without a day are those of now, which say nothing while the market is open.
  const quotes = tableRows(records, settings, asked, refusals, (record, of) =>
    quoteOf(record, of, today ?? NaN),
  )
  const closed = quotes.filter((quote) => wanted(quote) && hasClosed(quote.quoteDate, now))
  return { rows: closed, waits: closed.length < quotes.length || today === null }
}

/** The records; what is said of an answer that has none may repeat the key, as vendors do. */
function readable(text: string, { settings, secrets }: PollContext): TableRecords {
  try {
    return tableRecords(text, settings)
  } catch (error) {
    if (error instanceof AskFailed) throw new AskFailed(error.kind, redact(error.message, secrets))
    throw error
  }
}

function missingColumn(records: TableRecords, { settings }: PollContext): string {
  const kind = tableKind(settings)
  const columns = tableColumns(records.columns, settings)
  const there = records.columns.join(', ').slice(0, 200)
  for (const { name, label } of tableRoles[kind]) {
    const column = columns[name]
    if (column !== '' && !records.columns.includes(column)) {
      return `There is no column “${column}” for ${label.toLowerCase()}: there are ${there}. Choose another.`
    }
  }
  const lacking = tableRoles[kind].find(({ name, required }) => required && columns[name] === '')
  if (lacking) return `No column was found for ${lacking.label.toLowerCase()}: there are ${there}. Choose it.`
  const hasContract =
    columns.contract !== '' || ['expiry', 'strike', 'right'].every((name) => columns[name] !== '')
  if (kind === 'options' && !hasContract) {
    return `No columns were found for expiry, strike and right, nor one for the contract: there are ${there}. Choose them.`
  }
  if (columns.symbol === '' && symbolsOf(settings).length === 0) {
    return 'No column tells the symbol: list it, or choose the column.'
  }
  if (
    columns.symbol === '' &&
    !textOf(settings, 'url').includes('{symbol}') &&
    symbolsOf(settings).length > 1
  ) {
    return 'No column tells which of the symbols a row belongs to: choose it, or write {symbol} into the address.'
  }
  return ''
}
