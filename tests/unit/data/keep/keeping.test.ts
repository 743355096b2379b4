import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DatasetSummary, Progress, RunFacts } from '../../../../workers/data/api.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { DataService } from '../../../../workers/data/dataService.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { noKeep } from '../../../../workers/data/keep/noKeep.ts'
import { quoteIdentifier } from '../../../../workers/data/sql.ts'
import { readForeignRun } from '../../../../workers/data/notebook/foreignRun.ts'
import { memoryFolder } from '../../../../workers/data/notebook/memoryFolder.ts'
import { Notebook } from '../../../../workers/data/notebook/notebook.ts'
import { csv, importAll, valueOf } from '../openService.ts'
import { MemoryBrowser } from './memoryBrowser.ts'

const databases: Database[] = []
beforeAll(async () => {
  databases.push(await openEmptyDatabase(), await openEmptyDatabase())
}, 60_000)
afterAll(async () => {
  for (const database of databases) await database.close()
})

/** A new tab with empty tables; two at the same time need a computer each. */
async function visit(
  browser: MemoryBrowser,
  progress: Progress = () => undefined,
  computer = 0,
): Promise<DataService> {
  const database = databases[computer]
  const tables = await database.query(`SELECT table_name AS name FROM duckdb_tables()`)
  for (const name of tables.texts('name')) await database.query(`DROP TABLE ${quoteIdentifier(name)}`)
  const service = new DataService(
    () => Promise.resolve(database),
    () => Promise.resolve(new Response('', { status: 404 })),
    browser.tab().keep,
  )
  valueOf(await service.start('http://localhost/', progress))
  return service
}

const facts = (result: string): RunFacts => ({
  link: '#v1.abc',
  system: 'options',
  result,
  simulated: true,
  from: 19_000,
  to: 19_001,
  splitFrom: null,
  benchmark: null,
  part: 'all',
  trades: 3,
  headlines: [],
  verdict: { kind: 'too little data', because: 'Three trades.' },
  pValue: 0.5,
  charged: 1,
})
const curve = {
  dates: Int32Array.of(19_000, 19_001),
  equity: Float64Array.of(1, 1.01),
  benchmark: new Float64Array(),
}

const prices = (symbol: string, from = 10) =>
  csv(
    `${symbol}.csv`,
    [
      'Date,Open,High,Low,Close,Volume',
      ...[2, 3, 4].map((day) => `2024-01-0${day},${from},${from + 1},${from - 1},${from},100`),
    ].join('\n'),
  )
const named = (datasets: DatasetSummary[]) => datasets.map(({ name, rows, kept }) => [name, rows, kept])

describe('a visit after uploads', () => {
  it('finds them as they were, in the order of their import, without being asked', async () => {
    const browser = new MemoryBrowser()
    const before = await visit(browser)
    await importAll(before, [prices('MSFT'), prices('AAPL', 20)])
    const loaded = valueOf(await before.datasets())
    expect(loaded.map(({ kept }) => kept)).toEqual([true, true])
    const labels: string[] = []
    const after = await visit(browser, ({ label }) => labels.push(label))
    const restored = valueOf(await after.restore())
    expect(restored).toEqual(loaded.map((summary, i) => ({ ...summary, id: restored[i].id })))
    expect(valueOf(await after.datasets())).toEqual(restored)
    expect(new Set(labels)).toEqual(new Set(['Reading back MSFT.csv', 'Reading back AAPL.csv']))
    expect(valueOf(await after.restore())).toEqual([])
  })

  it('does not find what was removed', async () => {
    const browser = new MemoryBrowser()
    const before = await visit(browser)
    const { datasets } = await importAll(before, [prices('MSFT'), prices('AAPL')])
    valueOf(await before.remove(datasets[0].id))
    expect(named(valueOf(await (await visit(browser)).restore()))).toEqual([['AAPL.csv', 3, true]])
  })

  it('finds a file that was imported twice, although the first reading of it was removed', async () => {
    const browser = new MemoryBrowser()
    const before = await visit(browser)
    const [first] = (await importAll(before, [prices('MSFT')])).datasets
    await importAll(before, [prices('MSFT')])
    valueOf(await before.remove(first.id))
    expect(named(valueOf(await (await visit(browser)).restore()))).toEqual([['MSFT.csv', 3, true]])
  })

  it('finds the rest when one copy is gone or cannot be read, and is told of that one', async () => {
    const browser = new MemoryBrowser()
    await importAll(await visit(browser), [prices('MSFT'), prices('AAPL', 20), prices('ORCL', 30)])
    const [first, second] = [...browser.files.keys()].filter((name) => name.startsWith('copy-'))
    browser.files.delete(first)
    const bytes = browser.files.get(second) ?? new Uint8Array()
    browser.files.set(second, new Uint8Array(bytes.length).fill(120))
    const after = await visit(browser)
    expect(named(valueOf(await after.restore()))).toEqual([['ORCL.csv', 3, true]])
    const { lost } = valueOf(await after.keepState())
    expect(lost).toHaveLength(2)
    expect(lost[0]).toContain('MSFT.csv')
    expect(lost[1]).toContain('AAPL.csv')
  })

  it('can stop reading them back, and has them at the next', async () => {
    const browser = new MemoryBrowser()
    await importAll(await visit(browser), [prices('MSFT'), prices('AAPL')])
    const stopping = await visit(browser, ({ label, unit }) => {
      if (label.endsWith('AAPL.csv') && unit === 'bytes') void stopping.cancel()
    })
    expect(named(valueOf(await stopping.restore()))).toEqual([['MSFT.csv', 3, true]])
    expect(valueOf(await stopping.keepState()).lost).toEqual([expect.stringContaining('stopped')])
    expect(valueOf(await (await visit(browser)).restore())).toHaveLength(2)
  })

  it('keeps the file that was read when it is stopped, and leaves the next', async () => {
    const browser = new MemoryBrowser()
    const outOfOrder = csv(
      'ACME.csv',
      'Date,Open,High,Low,Close\n2024-01-03,1,1,1,1\n2024-01-02,1,1,1,1\n2024-01-04,1,1,1,1\n',
    )
    await importAll(await visit(browser), [outOfOrder, prices('MSFT')])
    const stopping = await visit(browser)
    const [database] = databases
    const query = database.query.bind(database)
    // The last step of a file whose rows are not in order.
    const counting = vi.spyOn(database, 'query').mockImplementation((sql, values) => {
      if (/AS repeated/.test(sql)) void stopping.cancel()
      return query(sql, values)
    })
    expect(named(valueOf(await stopping.restore()))).toEqual([['ACME.csv', 3, true]])
    counting.mockRestore()
    expect(valueOf(await stopping.keepState()).lost).toEqual([expect.stringContaining('1 kept file is')])
  })

  it('lets others have their turn after every file', async () => {
    const browser = new MemoryBrowser()
    await importAll(await visit(browser), [prices('MSFT'), prices('AAPL')])
    const ends: string[] = []
    const after = await visit(browser)
    const restoring = after.restore().then(() => ends.push('restored'))
    const removing = after.quality([]).then(() => ends.push('asked'))
    await Promise.all([restoring, removing])
    expect(ends).toEqual(['asked', 'restored'])
  })

  it('does not read back what is forgotten while it waits', async () => {
    const browser = new MemoryBrowser()
    await importAll(await visit(browser), [prices('MSFT'), prices('AAPL')])
    const forgetting: Promise<unknown>[] = []
    const after = await visit(browser, ({ label, unit }) => {
      if (label.endsWith('MSFT.csv') && unit === 'files') forgetting.push(after.forgetEverything())
    })
    valueOf(await after.restore())
    await Promise.all(forgetting)
    expect(forgetting).toHaveLength(1)
    expect(valueOf(await after.datasets())).toEqual([])
    expect([...browser.files.keys()].filter((name) => name.startsWith('copy-'))).toEqual([])
  })

  it('finds nothing of it in the SQL console once everything is forgotten', async () => {
    const service = await visit(new MemoryBrowser())
    await importAll(service, [prices('MSFT')])
    const { resultId } = valueOf(await service.sql('SELECT * FROM prices', false))
    valueOf(await service.sql('CREATE TABLE mine.copy AS SELECT * FROM prices', true))
    valueOf(await service.forgetEverything())
    expect(await service.sqlPage(resultId, 0, 10)).toMatchObject({ ok: false })
    expect(await service.sql('SELECT * FROM mine.copy', false)).toMatchObject({ ok: false })
    expect(valueOf(await service.sql('SELECT count(*)::INTEGER FROM prices', false)).cells).toEqual([[0]])
  })

  it('finds flights made of position reports with the airports that they had', async () => {
    const browser = new MemoryBrowser()
    const minutes = Array.from({ length: 61 }, (_, i) => i)
    const reports = minutes.map((i) => {
      const time = new Date(Date.UTC(2024, 0, 2, 10, i)).toISOString()
      return `abc123,${time},${40 + i / 30},-75,${i < 5 || i > 55 ? 200 : 9000},${i === 0 || i === 60}`
    })
    const positions = csv(
      'positions.csv',
      ['icao24,time,latitude,longitude,baroaltitude,onground', ...reports].join('\n'),
    )
    const airports = csv('airports.csv', 'code,name,latitude,longitude\nKAAA,A,40,-75\nKBBB,B,42,-75\n')
    const routes = async (service: DataService) =>
      valueOf(await service.sql('SELECT origin, destination FROM flights', false)).cells
    const before = await visit(browser)
    const [alone] = (await importAll(before, [positions], 'flights')).datasets
    expect(alone.notes.join(' ')).toContain('No list of airports was imported')
    expect(await routes(before)).toEqual([[null, null]])
    valueOf(await before.remove(alone.id))
    await importAll(before, [airports], 'airports')
    await importAll(before, [positions], 'flights')
    expect(await routes(before)).toEqual([['KAAA', 'KBBB']])
    const after = await visit(browser)
    valueOf(await after.restore())
    expect(await routes(after)).toEqual([['KAAA', 'KBBB']])
  })

  it('does not take a copy for the file when its bytes have changed on the disk', async () => {
    const browser = new MemoryBrowser()
    await importAll(await visit(browser), [prices('MSFT', 10)])
    for (const [name, bytes] of browser.files) {
      const changed = new TextDecoder().decode(bytes).replace('01-02,10', '01-02,99')
      if (name.startsWith('copy-')) browser.files.set(name, new TextEncoder().encode(changed))
    }
    const after = await visit(browser)
    expect(valueOf(await after.restore())).toEqual([])
    expect(valueOf(await after.datasets())).toEqual([])
    expect(valueOf(await after.keepState()).lost).toEqual([expect.stringMatching(/MSFT\.csv.*damaged/)])
  })

  it('of a file whose import was stopped finds nothing of it', async () => {
    const browser = new MemoryBrowser()
    const before = await visit(browser, ({ label, unit }) => {
      if (label.endsWith('AAPL.csv') && unit === 'bytes') void before.cancel()
    })
    const plans = valueOf(await before.inspect([prices('MSFT'), prices('AAPL')], 'prices'))
    expect(await before.importFiles(plans)).toMatchObject({ ok: false, code: 'cancelled' })
    expect([...browser.files.keys()].filter((name) => name.startsWith('copy-'))).toEqual([])
    expect(valueOf(await (await visit(browser)).restore())).toEqual([])
  })

  it('adjusts prices by the factors that came with them, once', async () => {
    const browser = new MemoryBrowser()
    const daily = csv(
      'aapl.csv',
      [
        '20240102 00:00,1000000,1010000,990000,1000000,100',
        '20240103 00:00,1000000,1010000,990000,1000000,100',
      ].join('\n'),
    )
    const factors = csv('aapl_factors.csv', '19980102,0.5,0.5,1\n20501231,1,1,0')
    const before = await visit(browser)
    const report = await importAll(before, [daily, factors])
    if (report.applied.length === 0) throw new Error(JSON.stringify(report))
    const [loaded] = valueOf(await before.datasets())
    const after = await visit(browser)
    valueOf(await after.restore())
    valueOf(await after.restore())
    expect(valueOf(await after.datasets())[0].adjustedBy).toEqual(loaded.adjustedBy)
    // Imported once more, the prices stand behind their factors in the list.
    const [first] = valueOf(await after.datasets())
    await importAll(after, [daily])
    valueOf(await after.remove(first.id))
    const again = await visit(browser)
    expect(valueOf(await again.restore())[0].adjustedBy).toEqual(loaded.adjustedBy)
    expect(valueOf(await again.keepState()).lost).toEqual([])
    valueOf(await again.remove(valueOf(await again.datasets())[0].id))
    const next = await visit(browser)
    expect(valueOf(await next.restore())).toEqual([])
    expect(valueOf(await next.keepState()).lost).toEqual([])
  })
})

describe('a mapping the person corrected', () => {
  it('is that of the next file with the same header, at the next visit too', async () => {
    const browser = new MemoryBrowser()
    const rows = (symbol: string) => csv(`${symbol}.csv`, 'Tag;Kurs;Zahl\n2.1.2024;10,5;7\n3.1.2024;11,5;8\n')
    const mapped = { date: 0, open: 1, high: 1, low: 1, close: 1, volume: 2 }
    await importAll(await visit(browser), [rows('SAP')], 'prices', (plan) => ({
      ...plan,
      columns: mapped,
      dateFormat: 'day-first',
      dateAmbiguous: false,
      decimal: ',',
    }))
    const [plan] = valueOf(await (await visit(browser)).inspect([rows('BMW')], 'prices'))
    expect(plan).toMatchObject({ remembered: true, columns: mapped, dateFormat: 'day-first', symbol: 'BMW' })
    expect(plan.problems).toEqual([])
  })
})

describe('a full disk', () => {
  it('does not stop an import; the dataset says that it is not kept, and why', async () => {
    const browser = new MemoryBrowser()
    const service = await visit(browser)
    await importAll(service, [prices('MSFT')])
    browser.quota = browser.used() + 10
    const { datasets } = await importAll(service, [prices('AAPL', 30)])
    expect(datasets[0]).toMatchObject({ rows: 3, kept: false })
    expect(datasets[0].keptMessage).toMatch(/no room to keep AAPL\.csv/)
    expect(named(valueOf(await (await visit(browser)).restore()))).toEqual([['MSFT.csv', 3, true]])
  })
})

describe('forgetting everything', () => {
  it('empties the storage and the tables of uploads', async () => {
    const browser = new MemoryBrowser()
    const service = await visit(browser)
    await importAll(service, [prices('MSFT')])
    valueOf(await service.forgetEverything())
    expect(valueOf(await service.datasets())).toEqual([])
    expect([...browser.files]).toEqual([])
    expect(valueOf(await (await visit(browser)).restore())).toEqual([])
  })
})

describe('a project', () => {
  const saved = async (service: DataService, link = '#v1.x') =>
    new File([valueOf(await service.exportProject({ link, family: '', models: [] }))], 'mine.contrail')

  it('is elsewhere what it was here, and is kept there', async () => {
    const here = await visit(new MemoryBrowser())
    await importAll(here, [prices('MSFT'), prices('AAPL', 20)])
    const file = await saved(here)
    const elsewhere = new MemoryBrowser()
    const there = await visit(elsewhere, undefined, 1)
    const { report, link } = valueOf(await there.importProject(file))
    expect(link).toBe('#v1.x')
    expect(report.failed).toEqual([])
    const without = (summary: DatasetSummary) => ({ ...summary, id: '' })
    expect(report.datasets.map(without)).toEqual(valueOf(await here.datasets()).map(without))
    expect(valueOf(await (await visit(elsewhere)).restore())).toHaveLength(2)
  })

  it('brings the notebook, the models and what was tried; a run that is there keeps its name', async () => {
    const here = await visit(new MemoryBrowser())
    const run = valueOf(await here.keepRun(facts('ab'), curve))
    valueOf(await here.keepRun(facts('cd'), curve))
    valueOf(await here.labelRun(run.id, { name: 'there', tags: ['x'], note: '' }))
    const model = new File([new Uint8Array(5_000).fill(7)], 'hrm-a.1.safetensors')
    const page = { link: '#v1.x', family: 'Q'.repeat(3_000), models: [model] }
    const file = new File([valueOf(await here.exportProject(page))], 'mine.contrail')

    const there = await visit(new MemoryBrowser(), undefined, 1)
    valueOf(await there.keepRun(facts('ab'), curve))
    valueOf(await there.labelRun(run.id, { name: 'here', tags: [], note: '' }))
    const { family, models, runs, report } = valueOf(await there.importProject(file))
    expect([family, runs, report.failed]).toEqual([page.family, 1, []])
    expect(models.map(({ name, size }) => [name, size])).toEqual([['hrm-a.1.safetensors', 5_000]])
    const kept = valueOf(await there.notebook()).runs
    expect(kept.map(({ result, name }) => [result, name]).sort()).toEqual([
      ['ab', 'here'],
      ['cd', ''],
    ])
    const other = kept.find(({ result }) => result === 'cd')
    expect(valueOf(await there.runCurve(other?.id ?? ''))).toEqual(curve)
    // Once more changes nothing.
    expect(valueOf(await there.importProject(file))).toMatchObject({ runs: 0 })
  })

  it('takes in no run that this page could not have written', async () => {
    const link = 'javascript:alert(1)'
    const from = new Notebook(() => Promise.resolve(memoryFolder()))
    valueOf(await from.keepRun({ ...facts('ab'), link }, curve))
    valueOf(await from.keepRun(facts('ab'), { ...curve, equity: Float64Array.of(1, Infinity) }))
    const files = await from.runFiles()
    expect(await Promise.all(files.map(({ file }) => readForeignRun(file)))).toEqual([null, null])
    expect(await readForeignRun(new Blob(['contrail-run 1 5 nonsense']))).toBe(null)
  })

  it('adds only what is not there yet', async () => {
    const here = await visit(new MemoryBrowser())
    await importAll(here, [prices('MSFT'), prices('AAPL', 20)])
    const file = await saved(here)
    const there = await visit(new MemoryBrowser(), undefined, 1)
    await importAll(there, [prices('MSFT')])
    const { report } = valueOf(await there.importProject(file))
    expect(named(report.datasets)).toEqual([['AAPL.csv', 3, true]])
    expect(valueOf(await there.datasets())).toHaveLength(2)
  })

  it('brings decisions along, and those of here stay', async () => {
    const [from, to] = [new MemoryBrowser(), new MemoryBrowser()]
    const decided = (owner: string, symbol: string) => ({
      owner,
      symbol,
      validFrom: null,
      validTo: null,
      score: 90,
    })
    const decisions = (...all: object[]) => ({ decisions: all })
    await from
      .tab()
      .keep.changeDocument('owners', () => decisions(decided('ACME', 'A'), decided('BETA', 'B')))
    await to.tab().keep.changeDocument('owners', () => decisions(decided('ACME', 'OTHER')))
    const there = await visit(to, undefined, 1)
    valueOf(await there.importProject(await saved(await visit(from))))
    expect(await to.tab().keep.readDocument('owners')).toEqual(
      decisions(decided('ACME', 'OTHER'), decided('BETA', 'B')),
    )
  })

  it('names what it does not hold, and what is damaged; the rest is loaded', async () => {
    const browser = new MemoryBrowser()
    const here = await visit(browser)
    await importAll(here, [prices('MSFT'), prices('AAPL', 20)])
    browser.quota = browser.used()
    await importAll(here, [prices('ORCL', 30)])
    const file = await saved(here)
    const bytes = new Uint8Array(await file.arrayBuffer())
    // A byte inside the packed file that comes last.
    const at = bytes.lastIndexOf(0x50, bytes.length - 30) - 400
    const there = await visit(new MemoryBrowser(), undefined, 1)
    const flipped = new File([bytes.with(at, bytes[at] ^ 0xff)], 'mine.contrail')
    const { report } = valueOf(await there.importProject(flipped))
    expect(report.datasets).toHaveLength(1)
    expect(report.failed.map(({ message }) => message)).toEqual([
      expect.stringMatching(/damaged or missing in mine\.contrail/),
      expect.stringMatching(/ORCL\.csv was not kept/),
    ])
  })

  it('that is stopped while it opens leaves everything as it was', async () => {
    const here = await visit(new MemoryBrowser())
    await importAll(here, [prices('MSFT'), prices('AAPL', 20)])
    const file = await saved(here)
    const elsewhere = new MemoryBrowser()
    const there = await visit(
      elsewhere,
      ({ label }) => {
        if (label === 'Unpacking AAPL.csv') void there.cancel()
      },
      1,
    )
    expect(await there.importProject(file)).toMatchObject({ ok: false, code: 'cancelled' })
    expect(valueOf(await there.datasets())).toEqual([])
    expect(await elsewhere.tab().keep.files()).toEqual([])
  })

  it('is no project without storage, and any other file is none', async () => {
    const service = new DataService(
      () => Promise.resolve(databases[0]),
      () => Promise.reject(new Error('offline')),
      noKeep('This is a private window.'),
    )
    expect(await service.exportProject({ link: '', family: '', models: [] })).toMatchObject({
      ok: false,
      message: expect.stringContaining('This is a private window.') as string,
    })
    expect(await service.importProject(prices('MSFT'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('MSFT.csv is no project file') as string,
    })
  })
})

describe('two tabs', () => {
  it('hear of each other, and reading back loads what the other one added', async () => {
    const browser = new MemoryBrowser()
    const [here, there] = [await visit(browser), await visit(browser, undefined, 1)]
    valueOf(await there.restore())
    let heard = 0
    await there.onKeptChange(() => heard++)
    await importAll(here, [prices('MSFT')])
    expect(heard).toBeGreaterThan(0)
    expect(named(valueOf(await there.restore()))).toEqual([['MSFT.csv', 3, true]])
  })
})
