import type { TicketTextQuery, TicketTexts } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { isoOf } from '../read/dates.ts'
import { quoteIdentifier } from '../sql.ts'
import { ticketPage } from '../staging/countTickets.ts'
import { moodReader, type ListedWord } from '../staging/moodReader.ts'
import { ticketWords } from '../staging/ticketWords.ts'

const mostTickets = 1000
const mostWords = 20

/**
 * The tickets of a product in a range, newest first, with the words found in them. `total` and `words` are of the
 * tickets of the mood asked for.
 * @param step called before every page with the tickets looked through and all of them, to stop by throwing
 */
export async function ticketTextsOf(
  database: Database,
  datasets: Dataset[],
  { symbol, product, from, to, mood, words: lists, limit }: TicketTextQuery,
  step: (done: number, total: number) => void,
): Promise<TicketTexts> {
  const moodOf = moodReader(lists ?? ticketWords)
  const most = Math.max(1, Math.min(mostTickets, Math.floor(limit)))
  const found: TicketTexts = { total: 0, counted: true, tickets: [], words: [] }
  const seen = new Map<string, ListedWord & { count: number }>()
  const newestFirst = () => found.tickets.sort((a, b) => b.createdAt - a.createdAt)
  for (const { texts } of datasets) {
    if (texts === undefined) continue
    const table = quoteIdentifier(texts)
    const isWanted = `created_at >= TIMESTAMP '${isoOf(from)}' AND created_at < TIMESTAMP '${isoOf(to + 1)}'`
    const sized = await database.query(
      `SELECT count(*)::INTEGER AS n, (count(*) FILTER (is_own))::INTEGER AS own,
         (count(*) FILTER (is_own AND ${isWanted}))::INTEGER AS wanted
       FROM (SELECT created_at, symbol = ? AND source = ? AS is_own FROM ${table})`,
      [symbol, product],
    )
    if (sized.integers('own')[0] === 0) continue
    found.counted = false
    const rows = sized.integers('n')[0]
    const page = sized.integers('wanted')[0] <= ticketPage ? rows : ticketPage
    for (let offset = 0; offset < rows; offset += page) {
      step(offset, rows)
      const read = await database.query(
        `SELECT epoch_ms(created_at)::DOUBLE AS created, title, text, sentiment
         FROM ${table} WHERE rowid >= ${offset} AND rowid < ${offset + page} AND symbol = ? AND source = ?
           AND ${isWanted}`,
        [symbol, product],
      )
      const created = read.numbers('created')
      const [title, text, sentiment] = ['title', 'text', 'sentiment'].map((column) => read.texts(column))
      for (let i = 0; i < read.rows; i++) {
        const words = moodOf(`${title[i]}\n${text[i]}`)
        const judged = sentiment[i] !== ''
        const own = judged ? (sentiment[i] as typeof words.mood) : words.mood
        if (mood !== null && own !== mood) continue
        found.total++
        for (const one of new Set(words.matched)) {
          const before = seen.get(one.word)
          if (before) before.count++
          else seen.set(one.word, { ...one, count: 1 })
        }
        found.tickets.push({
          createdAt: created[i],
          title: title[i],
          text: text[i],
          mood: own,
          judged,
          matched: words.matched,
        })
      }
      if (found.tickets.length > most) newestFirst().splice(most)
    }
  }
  newestFirst().splice(most)
  found.words = [...seen.values()]
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, mostWords)
    .map(({ word, topic, count }) => ({ word, topic, count }))
  return found
}
