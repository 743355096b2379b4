import { describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../../workers/data/api.ts'
import { recall, rememberMapping, type Mappings } from '../../../../workers/data/keep/mappings.ts'
import { plan as kept } from './keepFile.ts'

const plan: ImportPlan = {
  ...kept,
  fileId: 'file_1',
  header: ['Tag', 'Schluss', 'Datum'],
  width: 3,
  columns: { date: 0, close: 1 },
  sample: [],
  problems: [],
  remembered: false,
}
/** As the person left it. */
const confirmed: ImportPlan = {
  ...plan,
  columns: { date: 2, close: 1 },
  dateFormat: 'day-first',
  decimal: ',',
  priceScale: 100,
  symbol: 'SAP',
}
const remembered = (of = confirmed) => rememberMapping(undefined, of)

describe('a mapping that was imported', () => {
  it('is that of the next file with the same header, but for its symbol', () => {
    const next = recall(remembered(), { ...plan, fileId: 'file_2', fileName: 'BMW.csv', symbol: 'BMW' })
    expect(next).toEqual({
      ...confirmed,
      fileId: 'file_2',
      fileName: 'BMW.csv',
      symbol: 'BMW',
      remembered: true,
    })
  })

  it('survives being written down as text', () => {
    const document: unknown = JSON.parse(JSON.stringify(remembered()))
    expect(recall(document, plan)).toMatchObject({ remembered: true, priceScale: 100 })
  })

  it.each<[string, Partial<ImportPlan>]>([
    ['another header', { header: ['Tag', 'Schluss', 'Zeit'] }],
    ['another delimiter', { delimiter: ';' }],
    ['more cells', { width: 4 }],
    ['another place inside the file', { path: 'archive' }],
    ['no header', { header: null }],
  ])('is not that of a file with %s', (_, difference) => {
    const other = { ...plan, ...difference }
    expect(recall(remembered(), other)).toBe(other)
  })

  it('says nothing for files without a header', () => {
    expect(rememberMapping(undefined, { ...confirmed, header: null })).toEqual({})
  })

  it('asks for the symbol again where files have one each, and never where they list them', () => {
    expect(recall(remembered(), { ...plan, symbol: null }).symbol).toBe('')
    const long = { ...confirmed, columns: { symbol: 0, date: 2, close: 1 }, symbol: null }
    expect(recall(remembered(long), { ...plan, symbol: 'BMW' }).symbol).toBeNull()
  })

  it('keeps values typed for all such files, and none that belong to one', () => {
    const tickets = {
      ...confirmed,
      kind: 'adoption' as const,
      symbol: null,
      constants: { metric: 'downloads', symbol: 'SAP', date: '2024-01-02' },
    }
    expect(recall(remembered(tickets), { ...plan, constants: {} }).constants).toEqual({ metric: 'downloads' })
  })
})

describe('what the file itself settles', () => {
  const known = remembered({ ...confirmed, columns: plan.columns })

  it('goes before what is remembered: a date that can be read one way only', () => {
    expect(recall(known, { ...plan, dateFormat: 'month-first' }).dateFormat).toBe('month-first')
  })

  it('does not where it can be read both ways: the person is not asked again', () => {
    const both: ImportPlan = { ...plan, dateFormat: 'month-first', dateAmbiguous: true }
    expect(recall(known, both)).toMatchObject({ dateFormat: 'day-first', dateAmbiguous: false })
  })

  it('goes before it for the decimal sign too', () => {
    const prices = (...closes: string[]) => ({
      ...plan,
      sample: closes.map((close) => ({ cells: ['1.2.2024', close, ''], dateInWords: null })),
    })
    expect(recall(known, prices('10.25', '11.5')).decimal).toBe('.')
    expect(recall(known, prices('10,25')).decimal).toBe(',')
    expect(recall(known, prices('1.234', '12')).decimal).toBe(',')
    const point = remembered({ ...confirmed, columns: plan.columns, decimal: '.' })
    expect(recall(point, prices('10,25')).decimal).toBe(',')
    expect(recall(point, prices('1,234')).decimal).toBe('.')
  })
})

describe('the list of mappings', () => {
  it('holds the newest two hundred', () => {
    let document: Mappings = {}
    const numbered = (i: number): ImportPlan => ({ ...confirmed, header: [`column ${i}`] })
    for (let i = 0; i < 205; i++) document = rememberMapping(document, numbered(i))
    document = rememberMapping(document, numbered(5))
    document = rememberMapping(document, numbered(300))
    expect(Object.keys(document)).toHaveLength(200)
    expect(recall(document, numbered(5)).remembered).toBe(true)
    expect(recall(document, numbered(6)).remembered).toBe(false)
    expect(recall(document, numbered(204)).remembered).toBe(true)
  })

  it('leaves out what it cannot read, and keeps the rest', () => {
    const document = { ...remembered(), other: { kind: 'no such table' }, third: null }
    expect(Object.keys(rememberMapping(document, { ...confirmed, header: ['x'] }))).toHaveLength(2)
    expect(recall('damaged', plan)).toBe(plan)
    expect(recall(null, plan)).toBe(plan)
  })
})
