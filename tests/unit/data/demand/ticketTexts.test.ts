import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  DatasetSummary,
  DemandRequest,
  PanelMessage,
  TicketTextQuery,
} from '../../../../workers/data/api.ts'
import { isoOf } from '../../../../workers/data/read/dates.ts'
import { ticketWords } from '../../../../workers/data/schema.ts'
import { countTickets } from '../../../../workers/data/staging/countTickets.ts'
import { moods, type DemandTables } from '../../../../workers/quant/demandTables.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from '../openService.ts'

const day = (iso: string) => Date.parse(iso) / 86_400_000

const rows = [
  'AAA,desk,2024-03-01T23:30:00Z,The app crashes,It crashes daily,',
  'AAA,desk,2024-03-02T00:30:00+02:00,How do I export?,,',
  'AAA,desk,2024-03-02T10:00:00Z,"A ""quoted"" title","First line, with commas\nsecond line: the queue is slow",',
  'AAA,desk,2024-03-04T10:00:00Z,Thanks,crash crash crash,positive',
  `AAA,desk,2024-03-04T11:00:00Z,Long,${'queue '.repeat(200)}crash,`,
  'AAA,forum,2024-03-04T12:00:00Z,Hello,,',
]
const header = 'symbol,source,created_at,title,text,sentiment'

describe('tickets one by one', () => {
  let opened: OpenedService
  let prices: DatasetSummary
  let tickets: DatasetSummary
  let messages: PanelMessage[] = []
  const channel = new MessageChannel()
  beforeAll(async () => {
    opened = await openService()
    const bars = 'Date,Open,High,Low,Close,Volume\n2024-03-01,1,2,1,2,10\n2024-03-29,2,2,1,2,10'
    prices = (await importAll(opened.service, [csv('AAA.csv', bars)])).datasets[0]
    const report = await importAll(
      opened.service,
      [csv('tickets.csv', [header, ...rows].join('\n'))],
      'tickets',
    )
    expect(report.failed).toEqual([])
    tickets = report.datasets[0]
    channel.port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => messages.push(data)
    opened.service.connect(channel.port1)
  }, 60_000)
  afterAll(() => {
    channel.port1.close()
    return opened.close()
  })

  const ask = async (query: Partial<TicketTextQuery> = {}) =>
    valueOf(
      await opened.service.ticketTexts({
        symbol: 'AAA',
        product: 'desk',
        from: day('2024-03-01'),
        to: day('2024-03-31'),
        mood: null,
        words: null,
        limit: 10,
        ...query,
      }),
    )

  async function demand(words: DemandRequest['words']): Promise<DemandTables> {
    messages = []
    const request = { datasets: [prices.id], signals: null, flights: false, demand: { words, weights: [] } }
    valueOf(await opened.service.buildPanel(request))
    await expect.poll(() => messages.length).toBe(1)
    return messages[0].demand!
  }

  const counts = ({ tickets: { offset, value, mood, product }, products }: DemandTables) =>
    Array.from(mood, (code, s) => {
      const values = [...value.subarray(offset[s], offset[s + 1])]
      return `${products.name[product[s]]} ${moods[code]}: ${values.join(' ')}`
    })

  const own = { language: 'Own', negative: { waiting: ['queue'] }, positive: {} }

  it('are shown newest first, with the words found in each and how the mood came about', async () => {
    const { total, counted, tickets: listed, words } = await ask()
    expect([total, counted]).toEqual([5, false])
    expect(listed.map(({ title, mood, judged }) => [title, mood, judged])).toEqual([
      ['Long', 'neutral', false],
      ['Thanks', 'positive', true],
      ['A "quoted" title', 'negative', false],
      ['The app crashes', 'negative', false],
      ['How do I export?', 'positive', false],
    ])
    expect(listed[2].text).toBe('First line, with commas\nsecond line: the queue is slow')
    expect(listed[2].matched).toEqual([{ word: 'slow', topic: 'performance', mood: 'negative' }])
    expect(listed[0].text).toHaveLength(1000)
    expect(words[0]).toEqual({ word: 'crash', topic: 'failure', count: 1 })
  })

  it('are cut to a day in UTC, a mood and a limit; the total is of all that fit', async () => {
    const first = await ask({ from: day('2024-03-01'), to: day('2024-03-01') })
    expect(first.tickets.map(({ title }) => title)).toEqual(['The app crashes', 'How do I export?'])
    expect(first.tickets[1].createdAt).toBe(Date.parse('2024-03-01T22:30:00Z'))
    const one = await ask({ mood: 'negative', limit: 1 })
    expect([one.total, one.tickets[0].title]).toEqual([2, 'A "quoted" title'])
    expect(await ask({ product: 'nowhere' })).toMatchObject({ total: 0, counted: true, tickets: [] })
  })

  it('are counted by day; other words count them anew, the same words once', async () => {
    const desk = (lines: string[]) => lines.filter((line) => line.startsWith('desk'))
    expect(desk(counts(await demand(null)))).toEqual([
      'desk negative: 1 1 0 0',
      'desk neutral: 0 0 0 1',
      'desk positive: 1 0 0 1',
    ])
    expect(desk(counts(await demand(ticketWords)))).toEqual(desk(counts(await demand(null))))
    const anew = counts(await demand(own))
    expect(desk(anew)).toEqual(['desk negative: 0 1 0 1', 'desk neutral: 2 0 0 0', 'desk positive: 0 0 0 1'])
    const tables = async () =>
      (await opened.database.query(`SELECT table_name AS t FROM duckdb_tables() ORDER BY 1`)).texts('t')
    const before = await tables()
    expect(counts(await demand(own))).toEqual(anew)
    expect(await tables()).toEqual(before)
  })

  it('have a mood of their own text alone: tickets that come later change no count of an earlier day', async () => {
    const { database } = opened
    const countsOf = async (n: number) => {
      const [texts, name] = [`first_${n}`, `counts_${n}`]
      await database.query(`CREATE TABLE ${texts} AS SELECT * FROM ${tickets.id}_staged LIMIT ${n}`)
      await countTickets(database, texts, name, own, () => undefined)
      const last = Math.floor(Date.parse(rows[n - 1].split(',')[2]) / 86_400_000)
      const found = await database.query(
        `SELECT concat_ws(' ', date::VARCHAR, source, sentiment, count::INTEGER) AS t FROM ${name}
         WHERE date - DATE '1970-01-01' < ${last} ORDER BY t`,
      )
      await database.query(`DROP TABLE ${texts}; DROP TABLE ${name}`)
      return { last, texts: found.texts('t') }
    }
    const whole = await countsOf(rows.length)
    for (let n = 1; n < rows.length; n++) {
      const { last, texts } = await countsOf(n)
      const before = isoOf(last)
      expect(texts).toEqual(whole.texts.filter((text) => text < before))
    }
  })

  it('with lists that cannot be meant give a sentence', async () => {
    const words = { ...own, positive: { other: ['queue'] } }
    const outcome = await opened.service.ticketTexts({
      symbol: 'AAA',
      product: 'desk',
      from: 0,
      to: 1,
      mood: null,
      words,
      limit: 1,
    })
    expect(outcome).toMatchObject({ ok: false, code: 'words' })
    const request = { datasets: [prices.id], signals: null, flights: false, demand: { words, weights: [] } }
    expect(await opened.service.buildPanel(request)).toMatchObject({
      ok: false,
      message: expect.stringContaining('“queue” is on both sides') as string,
    })
  })

  it('go with their dataset, and come back with it', async () => {
    valueOf(await opened.service.remove(tickets.id))
    expect(await ask()).toMatchObject({ total: 0, counted: true })
    const left = await opened.database.query(
      `SELECT table_name AS t FROM duckdb_tables() WHERE table_name LIKE 'recount%' OR table_name LIKE '%staged'`,
    )
    expect(left.texts('t')).toEqual([])
    await importAll(opened.service, [csv('tickets.csv', [header, ...rows].join('\n'))], 'tickets')
    expect((await ask()).total).toBe(5)
  })
})
