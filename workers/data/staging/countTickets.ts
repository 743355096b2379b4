import { arrowOf } from '../read/arrowRows.ts'
import { batchRows, Dictionary, emptyBatch, type Batch } from '../read/batch.ts'
import { noDate } from '../read/dates.ts'
import type { Database } from '../database.ts'
import { cancelled } from '../importFile.ts'
import { tables } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { moodReader } from './ticketWords.ts'

const page = 20_000

interface DayCount {
  symbol: string
  source: string
  mood: string
  day: number
  count: number
  line: number
}

/**
 * Tickets one by one become counts per symbol, source, mood and day (UTC). The mood is the file's own where it
 * has one, else read from title and text. Throws a `Problem` when `signal` aborts.
 */
export async function countTickets(
  database: Database,
  staged: string,
  name: string,
  signal: AbortSignal,
): Promise<number> {
  const counts = new Map<string, DayCount>()
  const moodOf = moodReader()
  const from = quoteIdentifier(staged)
  const total = (await database.query(`SELECT count(*)::INTEGER AS n FROM ${from}`)).integers('n')[0]
  for (let offset = 0; offset < total; offset += page) {
    if (signal.aborted) throw cancelled()
    const rows = await database.query(
      `SELECT symbol, source, title, text, sentiment, (created_at::DATE - DATE '1970-01-01')::INTEGER AS day,
         line::INTEGER AS line
       FROM ${from} WHERE rowid >= ${offset} AND rowid < ${offset + page} ORDER BY rowid`,
    )
    const [symbol, source, title, text, sentiment] = ['symbol', 'source', 'title', 'text', 'sentiment'].map(
      (column) => rows.texts(column),
    )
    const [day, line] = ['day', 'line'].map((column) => rows.integers(column))
    for (let i = 0; i < rows.rows; i++) {
      const mood = sentiment[i] || moodOf(`${title[i]}\n${text[i]}`).mood
      const key = `${symbol[i]}\u0000${source[i]}\u0000${mood}\u0000${day[i]}`
      const known = counts.get(key)
      if (known) known.count++
      else
        counts.set(key, { symbol: symbol[i], source: source[i], mood, day: day[i], count: 1, line: line[i] })
    }
  }
  const sorted = [...counts.values()].sort(
    (a, b) => a.day - b.day || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.line - b.line),
  )
  const dictionaries = new Map(['symbol', 'source', 'sentiment'].map((column) => [column, new Dictionary()]))
  for (let start = 0; start < sorted.length; start += batchRows) {
    const batch = emptyBatch(tables.tickets, dictionaries)
    fill(batch, sorted.slice(start, start + batchRows))
    await database.insert(name, arrowOf(batch, tables.tickets), start === 0)
  }
  return sorted.length
}

function fill(batch: Batch, counts: DayCount[]): void {
  const { columns, dictionaries } = batch
  const put = (column: string, row: number, value: number) => (columns.get(column)![row] = value)
  const text = (column: string, row: number, value: string) =>
    put(column, row, dictionaries.get(column)!.codeOf(value))
  counts.forEach(({ symbol, source, mood, day, count, line }, row) => {
    text('symbol', row, symbol)
    text('source', row, source)
    text('sentiment', row, mood)
    put('date', row, day)
    put('count', row, count)
    put('known_at', row, day === noDate ? noDate : day + 1)
    batch.line[row] = line
  })
  batch.rows = counts.length
}
