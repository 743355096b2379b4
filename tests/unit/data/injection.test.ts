import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, openService, valueOf, type OpenedService } from './openService.ts'

const sql = `'); DROP TABLE companies; --`
const quoted = `"; DROP TABLE companies; --`
const html = '<img src=x onerror=alert(1)>'
const formula = '=HYPERLINK("http://x","y")'

describe('names and values that try to be code are text', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, 60_000)
  afterAll(() => opened.close())

  async function companies() {
    const file = csv('safe.csv', 'symbol,name,sector\nSAFE,Safe Inc.,Utilities\n')
    const [plan] = valueOf(await opened.service.inspect([file], 'companies'))
    return valueOf(await opened.service.importFiles([plan])).datasets[0]
  }

  it('in the cells, the header and the name of a CSV file', async () => {
    const safe = await companies()
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const text = [
      ['symbol', 'name', 'sector', sql, html, quoted].map(cell).join(','),
      ['A', sql, html, quoted, formula, '1'].map(cell).join(','),
      [sql, html, formula, quoted, '', '2'].map(cell).join(','),
    ].join('\n')
    const [plan] = valueOf(await opened.service.inspect([csv(`${html}${sql}.csv`, text)], 'companies'))
    expect([plan.kind, plan.header?.slice(3)]).toEqual(['companies', [sql, html, quoted]])
    const [dataset] = valueOf(await opened.service.importFiles([plan])).datasets
    const rows = await opened.database.query(`SELECT symbol, name, sector FROM ${dataset.id} ORDER BY line`)
    expect([rows.texts('symbol'), rows.texts('name'), rows.texts('sector')]).toEqual([
      ['A', sql.toUpperCase()],
      [sql, html],
      [html, formula],
    ])
    expect((await opened.database.query(`SELECT symbol FROM ${safe.id}`)).texts('symbol')).toEqual(['SAFE'])
  })

  it('in the keys and values of a JSON file, the keys of every object among them', async () => {
    const safe = await companies()
    const text =
      `[{"symbol": "A", "name": ${JSON.stringify(sql)}, ${JSON.stringify(quoted)}: 1, "__proto__": {"polluted": 1}, ` +
      `"constructor": {"prototype": {"polluted": 1}}, "sector": ${JSON.stringify(html)}}]`
    const [plan] = valueOf(await opened.service.inspect([csv('a.json', text)], 'companies'))
    expect(plan.kind).toBe('companies')
    const [dataset] = valueOf(await opened.service.importFiles([plan])).datasets
    const rows = await opened.database.query(`SELECT name, sector FROM ${dataset.id}`)
    expect([rows.texts('name'), rows.texts('sector')]).toEqual([[sql], [html]])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect((await opened.database.query(`SELECT symbol FROM ${safe.id}`)).texts('symbol')).toEqual(['SAFE'])
  })

  it('in a role, a path or a constant that a stored mapping brings', async () => {
    const safe = await companies()
    const [plan] = valueOf(
      await opened.service.inspect([csv('t.csv', 'symbol,date,count\nA,2024-01-02,3\n')], 'tickets'),
    )
    const bad = {
      ...plan,
      columns: { ...plan.columns, [quoted]: 1 },
      constants: { source: sql, [sql]: html },
    }
    const [dataset] = valueOf(await opened.service.importFiles([bad])).datasets
    expect((await opened.database.query(`SELECT source FROM ${dataset.id}`)).texts('source')).toEqual([sql])
    expect((await opened.database.query(`SELECT symbol FROM ${safe.id}`)).texts('symbol')).toEqual(['SAFE'])
  })

  it('in what is refused: the download defuses formulas', async () => {
    const file = csv(
      't.csv',
      `symbol,date,count\nA,2024-01-02,3\nA,2024-01-03,"${formula.replaceAll('"', '""')}"\n`,
    )
    const [plan] = valueOf(await opened.service.inspect([file], 'tickets'))
    const [dataset] = valueOf(await opened.service.importFiles([plan])).datasets
    expect([dataset.records, dataset.refused]).toEqual([1, 1])
    const text = await valueOf(await opened.service.refusedCsv(dataset.id)).text()
    expect(text).toContain(`"'=HYPERLINK(`)
  })
})
