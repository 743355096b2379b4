import { gzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../workers/data/api.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from './openService.ts'

const header = 'Date,Open,High,Low,Close,Volume'
const row = (day: number) => `2024-01-${String(day).padStart(2, '0')},10,11,9,10.5,1000`

describe('a file that is no table of prices', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
    await importAll(opened.service, [csv('KEPT.csv', [header, row(2), row(3)].join('\n'))])
  })
  beforeEach(async () => {
    expect(valueOf(await opened.service.datasets()).map(({ name }) => name)).toEqual(['KEPT.csv'])
  })
  afterAll(() => opened.close())

  /** The sentences of the plan; importing all the same fails with one of them and changes nothing. */
  async function problemsWith(file: File): Promise<string[]> {
    const [plan] = valueOf(await opened.service.inspect([file], 'prices'))
    const report = valueOf(await opened.service.importFiles([plan]))
    expect(report.datasets).toEqual([])
    expect(plan.problems).toContain(report.failed[0].message)
    return plan.problems
  }

  it('is empty', async () => {
    expect(await problemsWith(csv('E.csv', ''))).toEqual([expect.stringContaining('E.csv is empty')])
    expect(await problemsWith(csv('E.csv', '\n\r\n  \n'))).toEqual([expect.stringContaining('blank lines')])
  })

  it('is a picture', async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82])
    expect(await problemsWith(csv('P.csv', png))).toEqual([expect.stringContaining('PNG picture')])
  })

  it('is binary', async () => {
    const bytes = new Uint8Array(4096).map((_, i) => (i * 7919) % 31)
    expect(await problemsWith(csv('B.csv', bytes))).toEqual([expect.stringContaining('binary data')])
  })

  it('has no column of dates', async () => {
    const [problem] = await problemsWith(csv('N.csv', 'Open,High,Low,Close\n1,2,0.5,1\n1,2,0.5,1'))
    expect(problem).toContain('no column of dates')
  })

  it('has a header and nothing else', async () => {
    expect(await problemsWith(csv('H.csv', `${header}\n`))).toEqual([
      expect.stringContaining('no rows under it'),
    ])
  })

  it('has two columns of one name', async () => {
    const twice = 'Date,Open,High,Low,Close,Close,Volume\n2024-01-02,10,11,9,10,10,100'
    expect((await problemsWith(csv('D.csv', twice)))[0]).toMatch(/“Close” more than once \(columns 5 and 6\)/)
  })

  it('has 10,000 columns', async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `S${i}`)
    const wide = [`Date,${names.join(',')}`, `2024-01-02,${names.map(() => '1.5').join(',')}`].join('\n')
    expect((await problemsWith(csv('W.csv', wide)))[0]).toContain('one row per symbol and day')
  })

  it('has one column', async () => {
    expect((await problemsWith(csv('O.csv', 'price\n1.5\n2.5\n3.5')))[0]).toContain('has one column')
  })

  it('is cut at a sign that is not known', async () => {
    const spaced = '2024-01-02~10~11~9~10~100\n2024-01-03~10~11~9~10~100'
    expect((await problemsWith(csv('T.csv', spaced)))[0]).toMatch(
      /Save it with commas, semicolons, tabs or bars/,
    )
  })

  it('has several rows a day', async () => {
    const minutes = Array.from({ length: 30 }, (_, i) => `2024-01-02 10:${String(i + 10)}:00,10,11,9,10,100`)
    expect((await problemsWith(csv('M.csv', [header, ...minutes].join('\n'))))[0]).toContain(
      'Only daily bars',
    )
  })

  it('announces 2 GB, and is refused without being read', async () => {
    const file = csv('G.csv', header)
    Object.defineProperty(file, 'size', { value: 2 * 1024 ** 3 })
    Object.defineProperty(file, 'slice', {
      value: () => {
        throw new Error('was read')
      },
    })
    expect((await problemsWith(file))[0]).toMatch(/G\.csv has 2,048 MB.*Split it/)
  })

  it('is a folder', async () => {
    const file = csv('folder', 'x')
    const refusal = new DOMException('A requested file or directory could not be found', 'NotFoundError')
    Object.defineProperty(file, 'slice', {
      value: () => ({ arrayBuffer: () => Promise.reject(refusal) }),
    })
    expect((await problemsWith(file))[0]).toMatch(/If it is a folder, open it/)
  })

  it('is a gzip file that ends early', async () => {
    const packed = gzipSync(new TextEncoder().encode([header, row(2), row(3)].join('\n')))
    const cut = csv('Z.csv.gz', new Uint8Array(packed.subarray(0, packed.length - 12)))
    expect((await problemsWith(cut))[0]).toContain('damaged gzip file')
  })

  it('has an error message of a price service for every row', async () => {
    const json = '{"chart":{"result":null,\n"error":{"code":"Not Found"}}}\n'
    expect((await problemsWith(csv('J.csv', json.repeat(20)))).length).toBeGreaterThan(0)
  })

  it('has rows none of which fit', async () => {
    const [plan] = valueOf(await opened.service.inspect([csv('X.csv', `${header}\n${row(2)}`)], 'prices'))
    const wrong: ImportPlan = { ...plan, dateFormat: 'month-name' }
    const report = valueOf(await opened.service.importFiles([wrong]))
    expect(report.failed[0].message).toMatch(/X\.csv: no date .* can be read .*Choose another/)
  })
})

describe('one bad file among good ones', () => {
  it('fails alone, and names of columns or values do nothing in SQL', async () => {
    const opened = await openService()
    const { service } = opened
    const hostile = `Robert'); DROP TABLE dataset_1;--`
    const report = await importAll(service, [
      csv('GOOD.csv', [header, row(2), row(3)].join('\n')),
      csv('BAD.csv', ''),
      csv(
        'long.csv',
        `symbol,Date,Open,High,Low,Close,"x""; DROP TABLE dataset_1;"\n"${hostile}",2024-01-02,1,2,1,2,3`,
      ),
    ])
    expect(report.failed.map(({ fileName }) => fileName)).toEqual(['BAD.csv'])
    expect(report.datasets.map(({ rows, symbols }) => [rows, symbols])).toEqual([
      [2, ['GOOD']],
      [1, [hostile.toUpperCase()]],
    ])
    const ids = report.datasets.map(({ id }) => id)
    const panel = valueOf(await service.buildPanel({ datasets: ids, signals: null, flights: false }))
    expect(panel.symbols).toEqual(['GOOD', hostile.toUpperCase()])
    await opened.close()
  })
})
