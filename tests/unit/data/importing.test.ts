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
