import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Content } from '../../../../workers/data/api.ts'
import type { Dataset } from '../../../../workers/data/catalog.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { demandSourcesOf } from '../../../../workers/data/demand/demandSourcesOf.ts'
import { readDemandTables } from '../../../../workers/data/demand/readDemandTables.ts'
import { isoOf } from '../../../../workers/data/read/dates.ts'
import {
  moods,
  severities,
  type DemandProblemKind,
  type DemandTables,
} from '../../../../workers/quant/demandTables.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { tableWith, type Cells } from '../quality/tableWith.ts'

const day = (iso: string) => Date.parse(iso) / 86_400_000
const minute = (iso: string) => Date.parse(`${iso}Z`) / 60_000
const dayAfter = (iso: string) => isoOf(day(iso) + 1)

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
}, 60_000)
afterAll(() => database.close())

async function made(kind: Parameters<typeof tableWith>[1], rows: Cells[], content: Content = 'rows') {
  return { ...(await tableWith(database, kind, rows)), content }
}

function read(datasets: Dataset[], symbols = ['AAA', 'BBB'], to = day('2030-01-01')): Promise<DemandTables> {
  return readDemandTables(database, demandSourcesOf(datasets, false), { symbols, to })
}

const count = (date: string, sentiment: string, n: number, more: Cells = {}): Cells => ({
  symbol: 'AAA',
  date,
  source: 'desk',
  sentiment,
  count: n,
  known_at: dayAfter(date),
  ...more,
})

/** “first day: value value …” of each series, by name. */
function told({ tickets, products, companies }: DemandTables): Record<string, string> {
  return Object.fromEntries(
    Array.from(tickets.first, (first, s) => {
      const product = tickets.product[s]
      const name = [
        companies.symbol[products.company[product]],
        products.name[product],
        moods[tickets.mood[s]],
      ]
      const values = [...tickets.value.subarray(tickets.offset[s], tickets.offset[s + 1])]
      return [name.join(' '), `${isoOf(first)}: ${values.map((v) => (Number.isNaN(v) ? '–' : v)).join(' ')}`]
    }),
  )
}

const problem = (tables: DemandTables, kind: DemandProblemKind) =>
  tables.problems.find((one) => one.kind === kind)

describe('days without a row', () => {
  const days = ['2024-03-01', '2024-03-02', '2024-03-05']

  it('are missing in a file that writes zeros', async () => {
    const tickets = await made('tickets', [
      ...days.map((date) => count(date, 'negative', 3)),
      count('2024-03-06', 'negative', 0),
    ])
    const tables = await read([tickets])
    expect(told(tables)).toEqual({ 'AAA desk negative': '2024-03-01: 3 3 – – 3 0' })
    expect(problem(tables, 'missing-days')).toMatchObject({
      count: 2,
      examples: ['AAA desk: 2 days, the first 2024-03-03'],
    })
  })

  it('are zero in a file of low counts that never writes one, and in what was counted from single tickets', async () => {
    const low = await made(
      'tickets',
      days.map((date) => count(date, 'negative', 3)),
    )
    const busy = days.map((date) => count(date, 'negative', 40, { source: 'queue' }))
    const counted = await made(
      'tickets',
      busy.map((row) => ({ ...row, source: 'inbox' })),
      'tickets',
    )
    const tables = await read([low, await made('tickets', busy), counted])
    expect(told(tables)).toEqual({
      'AAA desk negative': '2024-03-01: 3 3 0 0 3',
      'AAA inbox negative': '2024-03-01: 40 40 0 0 40',
      'AAA queue negative': '2024-03-01: 40 40 – – 40',
    })
    expect(problem(tables, 'absent-is-zero')?.count).toBe(4)
    expect(problem(tables, 'missing-days')?.count).toBe(2)
  })

  it('are zero for a mood where the product has another, and the moods share their days', async () => {
    const tables = await read([
      await made('tickets', [
        count('2024-03-01', 'positive', 1),
        count('2024-03-01', 'negative', 0),
        count('2024-03-02', 'negative', 2),
        count('2024-03-04', 'neutral', 5),
      ]),
    ])
    expect(told(tables)).toEqual({
      'AAA desk negative': '2024-03-01: 0 2 – 0',
      'AAA desk neutral': '2024-03-01: 0 0 – 5',
      'AAA desk positive': '2024-03-01: 1 0 – 0',
    })
  })

  it('that no chance explains are a silence, in what was counted too', async () => {
    const busy = Array.from({ length: 60 }, (_, i) => isoOf(day('2024-03-01') + i)).filter(
      (date) => date < '2024-04-10' || date > '2024-04-16',
    )
    const tables = await read([
      await made(
        'tickets',
        busy.map((date) => count(date, 'neutral', 6)),
        'tickets',
      ),
    ])
    expect(problem(tables, 'silence')).toMatchObject({
      count: 7,
      examples: ['AAA desk: 2024-04-10 to 2024-04-16'],
    })
    expect(tables.tickets.value.filter((value) => Number.isNaN(value))).toHaveLength(7)
    expect(tables.tickets.value.filter((value) => value === 0)).toHaveLength(0)
  })
})

describe('when a count may be used', () => {
  it('is as the file says, never before its day is over, and of a missing day when it was due', async () => {
    const tables = await read([
      await made('tickets', [
        count('2024-03-01', 'negative', 1, { known_at: '2024-03-04' }),
        count('2024-03-02', 'negative', 0, { known_at: '2024-03-02' }),
        count('2024-03-05', 'negative', 2, { known_at: '2024-03-08' }),
      ]),
    ])
    expect([...tables.tickets.known].map(isoOf)).toEqual([
      '2024-03-04',
      '2024-03-03',
      '2024-03-06',
      '2024-03-07',
      '2024-03-08',
    ])
    expect(problem(tables, 'known-too-early')).toMatchObject({
      count: 1,
      examples: ['AAA desk negative 2024-03-02'],
    })
  })

  it('is when it was first told: a later value of the same day changes nothing, in whichever file it stands', async () => {
    const first = [count('2024-03-01', 'negative', 4, { known_at: '2024-03-02' })]
    const later = [count('2024-03-01', 'negative', 9, { known_at: '2024-03-20' })]
    for (const order of [
      [first, later],
      [later, first],
    ]) {
      const tables = await read([await made('tickets', order[0]), await made('tickets', order[1])])
      expect([...tables.tickets.value, ...tables.tickets.known]).toEqual([4, day('2024-03-02')])
      expect(problem(tables, 'revised')).toMatchObject({
        count: 1,
        examples: ['AAA desk negative 2024-03-01: 4, later 9'],
      })
    }
  })
})

describe('incidents', () => {
  const incident = (
    started: string,
    resolved: string | null,
    severity: string,
    id: string,
    title = '',
  ): Cells => ({
    symbol: 'AAA',
    started_at: started,
    resolved_at: resolved,
    severity,
    incident: id,
    title,
  })

  it('are one each: repeated rows, changes of status, and the same incident of two files', async () => {
    const tables = await read([
      await made('incidents', [
        incident('2024-03-01 10:00', '2024-03-01 11:00', 'Investigating', '1'),
        incident('2024-03-01 11:00', '2024-03-02 09:00', 'Update', '1'),
        incident('2024-03-01 11:00', '2024-03-02 09:00', 'Update', '1'),
        incident('2024-03-04 00:10', '2024-03-05 11:00', 'Scheduled', '2'),
        incident('2024-03-05 11:00', '2024-03-05 12:00', 'Update', '2'),
        incident('2024-03-07 21:00', null, 'critical', '', 'Down'),
        incident('2024-03-07 21:00', null, 'critical', '', 'Down'),
        incident('2024-03-08 10:00', '2024-03-08 09:00', 'high', '', 'Backwards'),
        incident('2024-06-08 10:00', '2024-06-08 11:00', '2', '1'),
      ]),
      await made('incidents', [incident('2024-03-01 10:00', '2024-03-02 09:30', 'minor', '1')]),
    ])
    const { started, resolved, severity, known } = tables.incidents
    expect(
      Array.from(started, (at, i) => [at, resolved[i], severities[severity[i]], isoOf(known[i])]),
    ).toEqual([
      [minute('2024-03-01T10:00'), minute('2024-03-02T09:30'), 'minor', '2024-03-01'],
      [minute('2024-03-04T00:10'), minute('2024-03-05T12:00'), 'maintenance', '2024-03-04'],
      [minute('2024-03-07T21:00'), NaN, 'critical', '2024-03-08'],
      [minute('2024-03-08T10:00'), NaN, 'critical', '2024-03-08'],
      [minute('2024-06-08T10:00'), minute('2024-06-08T11:00'), 'major', '2024-06-08'],
    ])
    expect(problem(tables, 'same-incident')?.count).toBe(5)
    expect(problem(tables, 'ends-before-it-begins')?.count).toBe(1)
    expect(problem(tables, 'no-end')?.count).toBe(2)
  })

  it('without a time of day are known on the day after', async () => {
    const tables = await read([await made('incidents', [incident('2024-03-01', null, 'minor', '1')])])
    expect(isoOf(tables.incidents.known[0])).toBe('2024-03-02')
  })

  it('of a file that tells no ends are over after the first close at which they were known', async () => {
    const tables = await read([await made('incidents', [incident('2024-03-01 21:00', null, 'minor', '1')])])
    expect(isoOf(tables.incidents.known[0])).toBe('2024-03-02')
    expect(tables.incidents.resolved[0]).toBe(minute('2024-03-03T00:00'))
    expect(problem(tables, 'ends-untold')?.count).toBe(1)
  })

  it('are as grave as they were called by the close at which they were known', async () => {
    const tables = await read([
      await made('incidents', [
        incident('2024-03-01 10:00', '2024-03-01 12:00', 'minor', '1'),
        incident('2024-03-01 12:00', '2024-03-02 12:00', 'major', '1'),
        incident('2024-03-02 12:00', '2024-03-02 18:00', 'critical', '1'),
      ]),
    ])
    expect([...tables.incidents.severity].map((code) => severities[code])).toEqual(['major'])
  })

  it('are counted by day in the place of tickets, planned work left out, and say so', async () => {
    const tables = await read([
      await made('incidents', [
        incident('2024-03-01 10:00', '2024-03-01 11:00', 'minor', '1'),
        incident('2024-03-02 10:00', '2024-03-02 11:00', 'maintenance', '2'),
        incident('2024-03-03 10:00', '2024-03-03 11:00', 'none', '3'),
        incident('2024-03-04 10:00', '2024-03-04 11:00', 'major', '4'),
        incident('2024-03-04 23:00', '2024-03-04 23:30', 'minor', '5'),
      ]),
      await made('tickets', [count('2024-03-01', 'negative', 1, { symbol: 'BBB' })]),
    ])
    expect(told(tables)).toEqual({
      'AAA incidents negative': '2024-03-01: 1 0 0 2',
      'BBB desk negative': '2024-03-01: 1',
    })
    expect([...tables.products.derived]).toEqual([1, 0])
    expect(isoOf(tables.tickets.known[3])).toBe('2024-03-05')
    expect(problem(tables, 'from-incidents')?.text).toMatch(/^1 company has no tickets/)
  })
})

describe('adoption', () => {
  const figure = (date: string, metric: string, value: number, more: Cells = {}): Cells => ({
    symbol: 'AAA',
    date,
    source: 'pkg',
    metric,
    value,
    known_at: dayAfter(date),
    ...more,
  })
  const ticket = () => made('tickets', [count('2024-03-01', 'negative', 1)])
  const series = ({ adoption }: DemandTables) =>
    Array.from(adoption.first, (first, s) => {
      const values = [...adoption.value.subarray(adoption.offset[s], adoption.offset[s + 1])]
      return `${adoption.metric[s]} ${adoption.span[s]} ${isoOf(first)}: ${values.join(' ')}`
    })

  it('split by system is added up; “null” is a system, and days the registry leaves out are gaps', async () => {
    const rows = ['2024-03-01', '2024-03-02', '2024-03-04'].flatMap((date, i) => [
      figure(date, 'Linux', 10 + i),
      figure(date, 'null', 1, { known_at: '2024-03-09' }),
    ])
    const tables = await read([await ticket(), await made('adoption', rows)])
    expect(series(tables)).toEqual(['downloads 1 2024-03-01: 11 12 NaN 13'])
    expect([...tables.adoption.known].map(isoOf)).toEqual(
      Array(4).fill('2024-03-09').with(2, expect.anything()),
    )
    expect(problem(tables, 'missing-days')?.count).toBe(1)
  })

  it('keeps figures of their own apart, by week and month as their distances tell', async () => {
    const weeks = [0, 7, 14, 21].map((i) => figure(isoOf(day('2024-03-03') + i), 'Commits', i))
    const months = ['2024-01-31', '2024-02-29', '2024-03-31'].map((date) => figure(date, 'seats', 5))
    const releases = ['2024-03-01', '2024-03-04'].map((date) => figure(date, 'release', 1))
    const tables = await read([await ticket(), await made('adoption', [...weeks, ...months, ...releases])])
    const { metric, span } = tables.adoption
    expect(metric.map((name, i) => `${name} ${span[i]}`)).toEqual(['commits 7', 'release 1', 'seats 30'])
    expect(series(tables)[1]).toBe('release 1 2024-03-01: 1 0 0 1')
    expect(problem(tables, 'missing-days')).toBeUndefined()
  })

  it('by week or month that may be dated by its first day is used when it is over for certain', async () => {
    const weeks = [0, 7, 14].map((i) => figure(isoOf(day('2024-03-04') + i), 'commits', i))
    const months = ['2024-01-31', '2024-02-29', '2024-03-31'].map((date) => figure(date, 'seats', 5))
    const rows = await made('adoption', [...weeks, ...months])
    const tables = await read([await ticket(), { ...rows, summary: { ...rows.summary, knownAt: 'assumed' } }])
    const { known, offset } = tables.adoption
    expect([known[0], known[offset[1]]].map(isoOf)).toEqual(['2024-03-11', '2024-02-01'])
    expect(problem(tables, 'period-unsaid')).toMatchObject({ count: 3, examples: ['AAA pkg commits'] })
  })

  it('added up by the import counts absent days as zero', async () => {
    const rows = ['2024-03-01', '2024-03-04'].map((date) => figure(date, 'downloads', 2))
    expect(series(await read([await ticket(), await made('adoption', rows, 'sums')]))).toEqual([
      'downloads 1 2024-03-01: 2 0 0 2',
    ])
  })

  it('is counted in the place of tickets where it is daily downloads of four weeks', async () => {
    const downloads = (n: number) =>
      Array.from({ length: n }, (_, i) => figure(isoOf(day('2024-03-01') + i), 'downloads', i))
    const tables = await read([await made('adoption', downloads(28))])
    expect(Object.keys(told(tables))).toEqual(['AAA pkg positive'])
    expect([...tables.products.derived]).toEqual([2])
    expect(tables.adoption.value).toEqual(tables.tickets.value)
    await expect(read([await made('adoption', downloads(27))])).rejects.toThrow(/no daily downloads/)
  })
})

describe('what belongs together', () => {
  it('headlines come once, and are known no sooner than the close after them', async () => {
    const headline = (published: string, known: string): Cells => ({
      symbol: 'AAA',
      published_at: published,
      headline: 'A',
      sentiment: -0.5,
      known_at: known,
    })
    const tables = await read([
      await made('tickets', [count('2024-03-01', 'negative', 1)]),
      await made('news', [
        headline('2024-03-01 19:59', '2024-03-01'),
        headline('2024-03-01 19:59', '2024-03-01'),
        headline('2024-03-01 20:00', '2024-03-01'),
      ]),
    ])
    expect([...tables.news.known].map(isoOf)).toEqual(['2024-03-01', '2024-03-02'])
    expect(problem(tables, 'known-too-early')?.count).toBe(1)
  })

  it('rows of companies without prices are left out and counted; where nobody is left, a sentence says so', async () => {
    const rows = ['AAA', 'ZZZ', 'ZZZ', ''].map((symbol, i) =>
      count(`2024-03-0${i + 1}`, 'negative', 1, { symbol }),
    )
    const tables = await read([await made('tickets', rows)])
    expect(tables.companies.symbol).toEqual(['AAA'])
    expect(problem(tables, 'no-prices')).toMatchObject({
      count: 3,
      examples: ['ZZZ: 2 rows', 'no symbol: 1 row'],
    })
    await expect(read([await made('tickets', rows.slice(1, 3))])).rejects.toThrow(
      'it is about ZZZ, the prices are of AAA, BBB',
    )
  })

  it('days after the last price are told, names come from the list of companies, weights as set', async () => {
    const tables = await readDemandTables(
      database,
      demandSourcesOf(
        [
          await made('tickets', [
            count('2024-03-01', 'negative', 1),
            count('2024-03-05', 'positive', 1),
            count('2024-03-05', 'positive', 1, { source: 'forum' }),
          ]),
          await made('companies', [{ symbol: 'AAA', name: 'Alder' }]),
        ],
        false,
      ),
      { symbols: ['AAA'], to: day('2024-03-03') },
      [
        { symbol: 'AAA', product: 'desk', weight: 0.5 },
        { symbol: 'AAA', product: 'elsewhere', weight: 7 },
      ],
    )
    expect(tables.companies).toEqual({ symbol: ['AAA'], name: ['Alder'] })
    expect(tables.products.name).toEqual(['desk', 'forum'])
    expect([...tables.products.weight]).toEqual([0.5, 1])
    expect(problem(tables, 'after-prices')).toMatchObject({
      count: 3,
      examples: ['AAA desk: until 2024-03-05', 'AAA forum: until 2024-03-05'],
    })
    for (const { text, examples } of tables.problems) {
      expect(text).toMatch(/^\d.*\.$/)
      expect(examples.length).toBeGreaterThan(0)
    }
  })

  it('simulated tables never meet a person’s own', async () => {
    const tickets = await made('tickets', [count('2024-03-01', 'negative', 1)])
    const simulated = { ...tickets, summary: { ...tickets.summary, simulated: true } }
    expect(demandSourcesOf([simulated], true).tickets).toHaveLength(1)
    expect(() => demandSourcesOf([simulated], false)).toThrow(
      'The Tickets system lacks tickets to go with your prices; incidents or daily downloads will do as well. ' +
        'What is simulated is left aside',
    )
    expect(() => demandSourcesOf([tickets], true)).toThrow('lacks the simulated tickets')
  })
})
