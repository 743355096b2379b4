import { DataService } from '../../workers/data/dataService.ts'
import { openNodeDatabase } from '../../workers/data/duckdbNode.ts'
import { readDemandTables } from '../../workers/data/demand/readDemandTables.ts'
import { noKeep } from '../../workers/data/keep/noKeep.ts'
import { ticketWords } from '../../workers/data/schema.ts'
import { median, print } from './figures.ts'

const tickets = 2_000_000

/** The demand tables; then two million tickets of four products over five years in one CSV, one a row, then counted by other words. */
export async function benchTickets(): Promise<void> {
  await benchDemandTables()
  const database = await openNodeDatabase()
  const service = new DataService(
    () => Promise.resolve(database),
    () => Promise.reject(new Error('no site here')),
    noKeep(''),
  )
  await service.start('http://localhost/', () => undefined)
  const prices = new File(['Date,Open,High,Low,Close,Volume\n2020-01-02,1,2,1,2,10\n'], 'AAA.csv')
  const file = new File(ticketCsv(tickets), 'tickets.csv')
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
  const began = performance.now()
  const ids: string[] = []
  for (const [one, kind] of [
    [prices, 'prices'],
    [file, 'tickets'],
  ] as const) {
    const plans = await service.inspect([one], kind)
    if (!plans.ok) throw new Error(plans.message)
    const report = await service.importFiles(plans.value)
    if (!report.ok || report.value.failed.length > 0) throw new Error(JSON.stringify(report))
    ids.push(report.value.datasets[0].id)
  }
  const imported = performance.now()
  clearInterval(watch)
  const size = `${(file.size / 1e6).toFixed(0)} MB`
  print(`import 2 million tickets one by one (${size}), Node`, (imported - began) / 1000, 's', 60)
  print('memory of the process at the peak of that import, the file in it, Node', peak / 1e6, 'MB')
  const panel = async (words: typeof ticketWords | null) => {
    const start = performance.now()
    const built = await service.buildPanel({
      datasets: [ids[0]],
      signals: null,
      flights: false,
      demand: { words, weights: [] },
    })
    if (!built.ok) throw new Error(built.message)
    return performance.now() - start
  }
  const own = { ...ticketWords, negative: { ...ticketWords.negative, queue: ['queue'] } }
  print('panel with the imported counts', await panel(null), 'ms', 1000)
  print('panel with 2 million tickets counted by other words', (await panel(own)) / 1000, 's', 30)
  print('panel with the same words again', await panel(own), 'ms', 1000)
  const asked = performance.now()
  const day = 18_300
  const texts = await service.ticketTexts({
    symbol: 'AAA',
    product: 'desk 1',
    from: day,
    to: day,
    mood: 'negative',
    words: null,
    limit: 50,
  })
  if (!texts.ok || texts.value.total === 0) throw new Error(JSON.stringify(texts))
  print('tickets of one day with their words, of 2 million', performance.now() - asked, 'ms', 1000)
  await database.close()
}

const companies = 27
const days = 1826

/** The demand tables of a market of 27 companies over five years, as the Tickets system gets them. */
async function benchDemandTables(): Promise<void> {
  const database = await openNodeDatabase()
  const perDay = (table: string, columns: string, each: number) =>
    database.query(
      `CREATE TABLE ${table} AS SELECT printf('S%02d', i // ${days * each}) AS symbol,
         DATE '2020-01-01' + ((i // ${each}) % ${days})::INTEGER AS date, ${columns}, date + 1 AS known_at,
         (i + 2)::INTEGER AS line
       FROM range(${companies * days * each}) AS numbers (i)`,
    )
  await perDay(
    'counts',
    `'help desk' AS source, ['negative', 'neutral', 'positive'][1 + i % 3] AS sentiment,
       (hash(i) % 9)::DOUBLE AS count`,
    3,
  )
  await perDay(
    'figures',
    `'registry' AS source, 'downloads' AS metric, (1000 + hash(i) % 500)::DOUBLE AS value`,
    1,
  )
  const source = (table: string) => ({ table, content: 'rows' as const, assumed: false })
  const times: number[] = []
  for (let run = 0; run < 3; run++) {
    const began = performance.now()
    const { tickets } = await readDemandTables(
      database,
      {
        tickets: [source('counts')],
        adoption: [source('figures')],
        incidents: [],
        watched: [],
        news: [],
        companies: [],
      },
      { symbols: Array.from({ length: companies }, (_, i) => `S${String(i).padStart(2, '0')}`), to: 30_000 },
    )
    times.push(performance.now() - began)
    if (tickets.value.length !== companies * days * 3) throw new Error(String(tickets.value.length))
  }
  await database.close()
  print('demand tables of 27 companies and five years from SQL, Node', median(times), 'ms', 1000)
}

const phrases = [
  'The export of the monthly report stops half-way and the page says nothing about it',
  'How do I add a second user to the same workspace, please',
  'We were charged twice for March, invoice attached, please refund one of them',
  'Since this morning the dashboard is slow, sometimes it is not responding at all',
  'Is there an integration with our calendar, or an api support for it',
  'Hello, "just" a question, about the queue:\nwho reads it',
  'Login fails with a code nobody knows here, we are locked out since yesterday evening',
  'Thanks for the quick answer, the new version works fine for all of us',
]

function ticketCsv(rows: number): Blob[] {
  const parts: Blob[] = []
  let text = 'symbol,source,created_at,title,text\n'
  const from = Date.UTC(2019, 0, 1)
  const step = (5 * 365 * 86_400_000) / rows
  for (let i = 0; i < rows; i++) {
    const title = `Ticket ${i}: ${phrases[(i * 7) % 8].slice(0, 30)}`.replaceAll('"', '')
    const body = `${phrases[(i * 5 + (i >> 4)) % 8]}. ${phrases[(i * 3 + (i >> 7)) % 8]}.`.replaceAll(
      '"',
      '""',
    )
    const time = new Date(from + Math.floor(i * step)).toISOString()
    text += `AAA,desk ${1 + (i % 4)},${time},"${title}","${body}"\n`
    if (text.length > 4_000_000) {
      parts.push(new Blob([text]))
      text = ''
    }
  }
  return [...parts, new Blob([text])]
}
