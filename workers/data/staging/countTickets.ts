import { moods } from '../../quant/demandTables.ts'
import type { TicketWords } from '../api.ts'
import type { Database } from '../database.ts'
import { arrowOf } from '../read/arrowRows.ts'
import { batchRows, Dictionary, emptyBatch, type Batch } from '../read/batch.ts'
import { tables } from '../schema.ts'
import { quoteIdentifier } from '../sql.ts'
import { moodReader } from './moodReader.ts'

/** Makes every epoch day positive. */
const dayZero = 100_000
/** Tickets read at once. */
export const ticketPage = 50_000

interface DayCount {
  /** Index into the pairs of company and source. */
  pair: number
  /** Index into `moods`. */
  mood: number
  day: number
  count: number
  /** First day on whose close all of them can be known: when the day is over, and the last of them was seen. */
  known: number
  line: number
}

/**
 * Tickets one by one (`texts`) become counts per symbol, source, mood and day (UTC) in the new table `name`; how many
 * rows. The mood is the file’s own where it has one, else that of its words in title and text.
 * @param step called before every page with the tickets read and all of them, to stop by throwing
 */
export async function countTickets(
  database: Database,
  texts: string,
  name: string,
  words: TicketWords,
  step: (done: number, total: number) => void,
): Promise<number> {
  const from = quoteIdentifier(texts)
  const pairs = quoteIdentifier(`${name}_pairs`)
  await database.query(
    `CREATE OR REPLACE TEMP TABLE ${pairs} AS
     SELECT symbol, source, (row_number() OVER (ORDER BY symbol, source) - 1)::INTEGER AS pair
     FROM (SELECT DISTINCT symbol, source FROM ${from})`,
  )
  try {
    const listed = await database.query(`SELECT symbol, source FROM ${pairs} ORDER BY pair`)
    const names = { symbol: listed.texts('symbol'), source: listed.texts('source') }
    const counts = await countedPages(database, from, pairs, listed.rows, words, step)
    const dictionaries = new Map(
      ['symbol', 'source', 'sentiment'].map((column) => [column, new Dictionary()]),
    )
    for (let start = 0; start < counts.length; start += batchRows) {
      const batch = emptyBatch(tables.tickets, dictionaries)
      fill(batch, counts.slice(start, start + batchRows), names)
      await database.insert(name, arrowOf(batch, tables.tickets), start === 0)
    }
    return counts.length
  } finally {
    await database.query(`DROP TABLE IF EXISTS temp.${pairs}`)
  }
}

/** By day, pair and mood. */
async function countedPages(
  database: Database,
  from: string,
  pairs: string,
  listed: number,
  words: TicketWords,
  step: (done: number, total: number) => void,
): Promise<DayCount[]> {
  const moodOf = moodReader(words)
  const codes = new Map<string, number>(moods.map((mood, code) => [mood, code]))
  const counts = new Map<number, DayCount>()
  const total = (await database.query(`SELECT count(*)::INTEGER AS n FROM ${from}`)).integers('n')[0]
  const judged = `CASE sentiment ${moods.map((mood, code) => `WHEN '${mood}' THEN ${code}`).join(' ')} ELSE -1 END`
  for (let offset = 0; offset < total; offset += ticketPage) {
    step(offset, total)
    const rows = await database.query(
      `SELECT pair, (created_at::DATE - DATE '1970-01-01')::INTEGER AS day, line::INTEGER AS line,
         (known_at - DATE '1970-01-01')::INTEGER AS known,
         (${judged})::INTEGER AS judged, CASE WHEN ${judged} < 0 THEN title || chr(10) || text ELSE '' END AS words
       FROM (SELECT * FROM ${from} WHERE rowid >= ${offset} AND rowid < ${offset + ticketPage}) AS page
         JOIN ${pairs} AS pairs USING (symbol, source)`,
    )
    const [pair, day, known, line, mood] = ['pair', 'day', 'known', 'line', 'judged'].map((column) =>
      rows.integers(column),
    )
    const text = rows.texts('words')
    for (let i = 0; i < rows.rows; i++) {
      const code = mood[i] >= 0 ? mood[i] : codes.get(moodOf(text[i]).mood)!
      const key = ((day[i] + dayZero) * listed + pair[i]) * moods.length + code
      const before = counts.get(key)
      if (before) {
        before.count++
        before.known = Math.max(before.known, known[i])
        before.line = Math.min(before.line, line[i])
      } else {
        const first = { count: 1, known: Math.max(day[i] + 1, known[i]), line: line[i] }
        counts.set(key, { pair: pair[i], mood: code, day: day[i], ...first })
      }
    }
  }
  step(total, total)
  return [...counts.values()].sort((a, b) => a.day - b.day || a.pair - b.pair || a.mood - b.mood)
}

function fill(batch: Batch, counts: DayCount[], names: { symbol: string[]; source: string[] }): void {
  const { columns, dictionaries } = batch
  const put = (column: string, row: number, value: number) => (columns.get(column)![row] = value)
  const text = (column: string, row: number, value: string) =>
    put(column, row, dictionaries.get(column)!.codeOf(value))
  counts.forEach(({ pair, mood, day, count, known, line }, row) => {
    text('symbol', row, names.symbol[pair])
    text('source', row, names.source[pair])
    text('sentiment', row, moods[mood])
    put('date', row, day)
    put('count', row, count)
    put('known_at', row, known)
    batch.line[row] = line
  })
  batch.rows = counts.length
}
