import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport } from '../../../../workers/data/api.ts'
import { csv, openService, valueOf, type OpenedService } from '../openService.ts'

describe('tickets that are not as they should be', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, 60_000)
  afterAll(() => opened.close())

  async function imported(name: string, text: string): Promise<ImportReport> {
    const plans = valueOf(await opened.service.inspect([csv(name, text)], 'tickets'))
    return valueOf(await opened.service.importFiles(plans))
  }

  async function refused({ datasets }: ImportReport): Promise<string[]> {
    const rows = valueOf(await opened.service.refused(datasets[0].id, 10))
    return rows.map(
      ({ file, line, column, value, reason }) => `${file} ${line} ${column} “${value}”: ${reason}`,
    )
  }

  it('lose counts that are negative or fractional, each with its place and what was expected', async () => {
    const report = await imported(
      'counts.csv',
      'symbol,date,source,count\nAAA,2024-03-01,desk,-3\nAAA,2024-03-02,desk,2.5\nAAA,2024-03-03,desk,few\n' +
        'AAA,2024-03-04,desk,"1,234"\n',
    )
    expect(report.datasets[0]).toMatchObject({ rows: 1, refused: 3 })
    expect(await refused(report)).toEqual([
      'counts.csv 2 count “-3”: The count must not be negative.',
      'counts.csv 3 count “2.5”: Expected a whole number for count (tickets), such as 12.',
      'counts.csv 4 count “few”: Expected a whole number for count (tickets), such as 12.',
    ])
  })

  it('are counted by the day in UTC, whatever their offset, and the note says so', async () => {
    const report = await imported(
      'zones.csv',
      'symbol,created_at,title,text\nAAA,2024-03-01T23:30:00-05:00,a,b\nAAA,2024-03-01 23:30:00,a,b\n' +
        'AAA,2024-03-03T00:30:00+09:00,a,b\nAAA,soon,a,b\n',
    )
    const found = await opened.database.query(
      `SELECT date::VARCHAR || ' ' || count::INTEGER AS t FROM ${report.datasets[0].id} ORDER BY date`,
    )
    expect(found.texts('t')).toEqual(['2024-03-01 1', '2024-03-02 2'])
    expect(report.datasets[0].notes.join()).toContain('UTC; times without an offset are taken as UTC')
    expect(await refused(report)).toEqual([expect.stringContaining('zones.csv 5 created_at “soon”')])
  })

  it('of an empty period, or an empty file, give a sentence that says what to do', async () => {
    expect((await imported('none.csv', 'symbol,date,source,count\n')).failed[0].message).toBe(
      'none.csv has a header and no rows under it. If nothing happened in its period, leave it out; else download it again.',
    )
    expect((await imported('blank.csv', '')).failed[0].message).toMatch(/^blank\.csv is empty/)
  })
})
