import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Progress } from '../../../workers/data/api.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from './openService.ts'

const head = 'Date,Open,High,Low,Close,Volume\n'
const day = (date: string, close: number) => `${date},10,20,5,${close},100\n`

describe('an import that ends after its file was read', () => {
  let opened: OpenedService
  let onProgress: (step: Parameters<Progress>[0]) => void = () => undefined
  beforeAll(async () => {
    opened = await openService(undefined, (step) => onProgress(step))
  })
  afterAll(() => opened.close())
  const tablesLeft = async () =>
    (await opened.database.query('SELECT table_name AS name FROM duckdb_tables()')).texts('name')

  it('leaves nothing when it is cancelled while tickets are counted', async () => {
    const tickets = csv(
      'issues.csv',
      'created_at,title,state\n2024-01-02T10:00:00Z,It crashes,open\n2024-01-03T10:00:00Z,How to log in,open\n',
    )
    const plans = valueOf(await opened.service.inspect([tickets], null)).map((plan) => {
      return { ...plan, symbol: 'ACME' }
    })
    expect(plans[0].content).toBe('tickets')
    onProgress = ({ label }) => {
      if (label.startsWith('Working through')) void opened.service.cancel()
    }
    const outcome = await opened.service.importFiles(plans)
    onProgress = () => undefined
    expect(outcome).toMatchObject({ ok: false, code: 'cancelled' })
    expect(valueOf(await opened.service.datasets())).toEqual([])
    expect(await tablesLeft()).toEqual([])
  })

  it('leaves the earlier state of the file alone when the two cannot be compared', async () => {
    const load = (text: string) => importAll(opened.service, [csv('ACME.csv', head + text)])
    const [first] = (await load(day('2024-01-02', 11))).datasets
    const query = opened.database.query.bind(opened.database)
    const failing = vi.spyOn(opened.database, 'query').mockImplementation((sql, values) => {
      if (/JOIN/.test(sql)) return Promise.reject(new Error('Out of Memory Error'))
      return query(sql, values)
    })
    await expect(load(day('2024-01-02', 12))).rejects.toThrow('memory')
    failing.mockRestore()
    expect(valueOf(await opened.service.datasets()).map(({ id }) => id)).toEqual([first.id])
    expect(await tablesLeft()).toEqual([first.id])
  })
})

describe('headlines that do not say when they could be read', () => {
  it('are used at the close of their day only when they came before it, in summer too', async () => {
    const opened = await openService()
    const at = (time: string) => `ACME,2024-07-02T${time}Z,News`
    const file = csv('news.csv', ['symbol,published_at,headline', at('19:59:00'), at('20:00:00')].join('\n'))
    await importAll(opened.service, [file], 'news')
    const known = valueOf(await opened.service.sql('SELECT known_at::VARCHAR FROM news ORDER BY line', false))
    expect(known.cells).toEqual([['2024-07-02'], ['2024-07-03']])
    await opened.close()
  })
})

describe('the rows of a file before it is imported', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened.close())

  it('are counted as the import will count them, and nothing is loaded', async () => {
    const rows = Array.from({ length: 28 }, (_, i) => day(`2024-02-${String(i + 1).padStart(2, '0')}`, 11))
    const file = csv('ACME.csv', head + rows.join('') + day('someday', 12))
    const plans = valueOf(await opened.service.inspect([file], null))
    const counted = valueOf(await opened.service.countRows(plans[0]))
    expect(counted).toMatchObject({ records: 28, refused: 1, whole: true })
    expect(counted?.first).toMatchObject({ line: 30, column: 'Date', value: 'someday' })
    expect(valueOf(await opened.service.datasets())).toEqual([])
    const [dataset] = valueOf(await opened.service.importFiles(plans)).datasets
    expect([dataset.rows, dataset.refused]).toEqual([counted?.records, counted?.refused])
  })

  it('are those of its first part where it is large', async () => {
    const line = day('2024-02-01', 11)
    const plans = valueOf(await opened.service.inspect([csv('BIG.csv', head + line.repeat(1_500_000))], null))
    const counted = valueOf(await opened.service.countRows(plans[0]))
    expect(counted?.whole).toBe(false)
    expect(counted?.records).toBeGreaterThan(500_000)
    expect(counted?.records).toBeLessThan(1_500_000)
  })
})
