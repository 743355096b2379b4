import { moods, type TicketMood } from '../../quant/demandTables.ts'
import type { TicketWords } from '../api.ts'
import type { Database } from '../database.ts'
import { arrowOf } from '../read/arrowRows.ts'
import { batchRows, Dictionary, emptyBatch, type Batch } from '../read/batch.ts'
import { tables } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { moodReader } from './moodReader.ts'

/** Tickets read at once. */
export const ticketPage = 50_000

interface DayCount {
  /** Index into the pairs of company and source. */
  pair: number
  mood: TicketMood
  day: number
  count: number
  line: number
}

/**
 * Tickets one by one (`texts`) become counts per symbol, source, mood and day (UTC) in the new table `name`; how many
 * rows. The mood is the file’s own where it has one, else that of its words in title and text.
 * @param step called after every page with the tickets read and all of them, to stop by throwing
 */
export async function countTickets(
  database: Database,
  texts: string,
  name: string,
  words: TicketWords,
  step: (done: number, total: number) => void,
): Promise<number> {
  const from = quoteIdentifier(texts)
  const pairs = `(SELECT symbol, source, (row_number() OVER (ORDER BY symbol, source) - 1)::INTEGER AS pair
    FROM (SELECT DISTINCT symbol, source FROM ${from}))`
  const listed = await database.query(`SELECT symbol, source FROM ${pairs} ORDER BY pair`)
  const moodOf = moodReader(words)
  const counts = new Map<string, DayCount>()
  const total = (await database.query(`SELECT count(*)::INTEGER AS n FROM ${from}`)).integers('n')[0]
  for (let offset = 0; offset < total; offset += ticketPage) {
    step(offset, total)
    const rows = await database.query(
      `SELECT pair, (created_at::DATE - DATE '1970-01-01')::INTEGER AS day, line::INTEGER AS line, sentiment,
         CASE WHEN sentiment = '' THEN title || chr(10) || text ELSE '' END AS words
       FROM (SELECT * FROM ${from} WHERE rowid >= ${offset} AND rowid < ${offset + ticketPage}) AS page
         JOIN ${pairs} AS pairs USING (symbol, source)`,
    )
    const [pair, day, line] = ['pair', 'day', 'line'].map((column) => rows.integers(column))
    const sentiment = rows.texts('sentiment')
    rows.texts('words').forEach((text, i) => {
      const mood = (sentiment[i] || moodOf(text).mood) as TicketMood
      const key = `${pair[i]} ${mood} ${day[i]}`
      const known = counts.get(key)
      if (known) {
        known.count++
        known.line = Math.min(known.line, line[i])
      } else counts.set(key, { pair: pair[i], mood, day: day[i], count: 1, line: line[i] })
    })
  }
  step(total, total)
  const sorted = [...counts.values()].sort(
    (a, b) => a.day - b.day || a.pair - b.pair || moods.indexOf(a.mood) - moods.indexOf(b.mood),
  )
  const names = { symbol: listed.texts('symbol'), source: listed.texts('source') }
  const dictionaries = new Map(['symbol', 'source', 'sentiment'].map((column) => [column, new Dictionary()]))
  for (let start = 0; start < sorted.length; start += batchRows) {
    const batch = emptyBatch(tables.tickets, dictionaries)
    fill(batch, sorted.slice(start, start + batchRows), names)
    await database.insert(name, arrowOf(batch, tables.tickets), start === 0)
  }
  return sorted.length
}

function fill(batch: Batch, counts: DayCount[], names: { symbol: string[]; source: string[] }): void {
  const { columns, dictionaries } = batch
  const put = (column: string, row: number, value: number) => (columns.get(column)![row] = value)
  const text = (column: string, row: number, value: string) =>
    put(column, row, dictionaries.get(column)!.codeOf(value))
  counts.forEach(({ pair, mood, day, count, line }, row) => {
    text('symbol', row, names.symbol[pair])
    text('source', row, names.source[pair])
    text('sentiment', row, mood)
    put('date', row, day)
    put('count', row, count)
    put('known_at', row, day + 1)
    batch.line[row] = line
  })
  batch.rows = counts.length
}
