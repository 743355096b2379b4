import { createHash } from 'node:crypto'
import { gzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DatasetSummary, PanelMessage, PanelRequest } from '../../../workers/data/api.ts'
import { epochDay, isoOf } from '../../../workers/data/read/dates.ts'
import { tradingDays } from '../../../workers/data/tradingCalendar.ts'
import { priceCsv } from '../../bench/importCsv.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from './openService.ts'

const header = 'Date,Open,High,Low,Close,Volume'
const days = [...tradingDays(epochDay(2023, 1, 1), epochDay(2023, 3, 31))]

/** Quiet bars; from `split` on a share is worth half, and twice as many trade. */
function bars(split = Infinity): string[] {
  return days.map((day, i) => {
    const price = (100 + (i % 3)) / (i >= split ? 2 : 1)
    return `${isoOf(day)},${price},${price * 1.01},${price * 0.99},${price},${i >= split ? 2000 : 1000}`
  })
}

describe('the data worker', () => {
  let opened: OpenedService
  let ids: string[]
  beforeEach(async () => {
    opened = await openService()
    ids = []
  })
  afterEach(() => opened.close())

  async function load(name: string, lines: string[]): Promise<DatasetSummary> {
    const report = await importAll(opened.service, [csv(name, [header, ...lines].join('\n'))])
    expect(report.failed).toEqual([])
    ids.push(report.datasets[0].id)
    return report.datasets[0]
  }

  async function panel(request: Partial<PanelRequest> = {}): Promise<PanelMessage> {
    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise<PanelMessage>((resolve) => {
      port2.onmessage = (event: MessageEvent<PanelMessage>) => {
        resolve(event.data)
      }
    })
    opened.service.connect(port1)
    valueOf(await opened.service.buildPanel({ datasets: ids, signals: null, flights: false, ...request }))
    const message = await arrived
    port2.close()
    return message
  }

  const repairOf = async (kind: string) =>
    valueOf(await opened.service.quality(ids)).find((finding) => finding.kind === kind)!

  it('hands over of flights and demand what is there, where that is enough', async () => {
    await load('AAA.csv', bars())
    const others = { flights: true, demand: { words: null, weights: [] } }
    const refused = await opened.service.buildPanel({ datasets: ids, signals: null, ...others })
    expect(refused).toMatchObject({ ok: false, code: 'no-flights' })
    expect(await panel({ ...others, whatIsThere: true })).toMatchObject({ flights: null, demand: null })
  })

  it('aligns symbols on the union of their days, NaN where one did not trade', async () => {
    await load('BBB.csv', bars().slice(0, 3))
    await load('AAA.csv', bars().slice(1, 4))
    const { panel: market } = await panel()
    expect(market.symbols).toEqual(['AAA', 'BBB'])
    expect([...market.dates]).toEqual(days.slice(0, 4))
    expect([...market.close]).toEqual([NaN, 101, 102, 100, 100, 101, 102, NaN])
  })

  it('takes a symbol that is in several datasets from the last', async () => {
    await load('AAA.csv', bars().slice(0, 3))
    await load(
      'AAA (1).csv',
      bars()
        .slice(0, 2)
        .map((row) => row.replace(/,100,/g, ',55,')),
    )
    const { panel: market } = await panel()
    expect(market.symbols).toEqual(['AAA'])
    expect([...market.dates]).toEqual(days.slice(0, 2))
  })

  it('adjusts an unadjusted split, gives the raw price back by rawFactor, and undoes it on demand', async () => {
    await load('AAA.csv', bars(40))
    const finding = await repairOf('split')
    expect([finding.days, finding.repair]).toEqual([[days[40]], { kind: 'split', active: true, factor: 2 }])
    const { panel: adjusted } = await panel()
    expect([adjusted.close[0], adjusted.rawFactor![0], adjusted.volume[0]]).toEqual([50, 2, 2000])
    expect(adjusted.close[0] * adjusted.rawFactor![0]).toBe(100)
    expect([adjusted.rawFactor![40], adjusted.volume[40]]).toEqual([1, 2000])

    valueOf(await opened.service.setRepair(finding.id, false))
    expect((await repairOf('split')).repair!.active).toBe(false)
    const { panel: raw } = await panel()
    expect([raw.close[0], raw.rawFactor![0], raw.volume[0]]).toEqual([100, 1, 1000])

    valueOf(await opened.service.setRepair(finding.id, true))
    expect((await panel()).panel.close).toEqual(adjusted.close)
  })

  it('keeps the last row of a repeated date, or the first', async () => {
    const rows = bars().slice(0, 3)
    const summary = await load('AAA.csv', [...rows, rows[1].replace('101,', '103,')])
    expect([summary.rows, summary.repeated]).toEqual([4, 1])
    expect((await panel()).panel.open[1]).toBe(103)
    const finding = await repairOf('repeated-date')
    valueOf(await opened.service.setRepair(finding.id, false))
    expect((await panel()).panel.open[1]).toBe(101)
  })

  it('widens low and high to hold open and close, or leaves them', async () => {
    const [first, second] = bars()
    await load('AAA.csv', [first, second.replace('101,', '120,')])
    expect((await panel()).panel.high[1]).toBe(120)
    valueOf(await opened.service.setRepair((await repairOf('high-low')).id, false))
    expect((await panel()).panel.high[1]).toBeCloseTo(102.01, 10)
  })

  it('leaves rows without a positive price out, or keeps them', async () => {
    const [first, second, third] = bars()
    await load('AAA.csv', [first, second.replace('101,', '0,'), third])
    expect([...(await panel()).panel.dates]).toEqual([days[0], days[2]])
    valueOf(await opened.service.setRepair((await repairOf('null-price')).id, false))
    expect((await panel()).panel.open[1]).toBe(0)
  })

  it('cancelling leaves everything as it was, in the middle of a file too', async () => {
    await load('AAA.csv', bars())
    const before = valueOf(await opened.service.datasets())
    const files = [csv('BBB.csv', [header, ...bars()].join('\n')), new File([priceCsv(200_000)], 'long.csv')]
    const plans = valueOf(await opened.service.inspect(files, 'prices'))
    let rows = 0
    await opened.service.start('http://localhost/', (step) => {
      rows = Math.max(rows, step.rows ?? 0)
      if (rows > 20_000) void opened.service.cancel()
    })
    const outcome = await opened.service.importFiles(plans)
    expect(outcome).toMatchObject({ ok: false, code: 'cancelled' })
    expect(rows).toBeLessThan(200_000)
    expect(valueOf(await opened.service.datasets())).toEqual(before)
    const left = await opened.database.query('SELECT table_name AS name FROM duckdb_tables()')
    expect(left.texts('name')).toEqual([before[0].id])
    await opened.service.start('http://localhost/', () => undefined)
    expect(
      (await importAll(opened.service, [csv('BBB.csv', [header, ...bars()].join('\n'))])).datasets,
    ).toHaveLength(1)
  })

  it('tells how far it is, in bytes and rows', async () => {
    const steps: [number, number, number][] = []
    await opened.service.start('http://localhost/', ({ done, total, unit, rows = 0 }) => {
      if (unit === 'bytes') steps.push([done, total, rows])
    })
    const file = new File([priceCsv(100_000)], 'long.csv')
    await importAll(opened.service, [file])
    expect(steps.length).toBeGreaterThan(2)
    expect(steps.at(-1)![0]).toBe(file.size)
    expect(
      steps.every(([done, total], i) => total === file.size && (i === 0 || done > steps[i - 1][0])),
    ).toBe(true)
    expect(steps.at(-1)![2]).toBeGreaterThan(90_000)
  })

  it('cannot reach the network or the disk from SQL, and its settings are locked', async () => {
    for (const sql of [
      "SELECT * FROM 'http://localhost/x.csv'",
      "SELECT * FROM '/etc/hosts'",
      'SET threads = 1',
    ]) {
      await expect(opened.database.query(sql)).rejects.toThrow()
    }
  })

  it('takes signals of anyone, in words or numbers, and refuses what is none', async () => {
    await load('AAA.csv', bars())
    const text =
      'symbol,date,direction,conviction,horizon,size,stop,target\naaa,2023-01-03,long,0.5,10,0.1,90,120\n' +
      'AAA,2023-01-04,-1,,,,,\nAAA,2023-01-05,Close,1,0,,,\nAAA,2023-01-06,sideways,1,0,,,\nAAA,2023-01-09,1,1.5,0,,,\n' +
      'AAA,2023-01-10,BUY,1,2.5,,,\nAAA,2023-01-11,sell,1,3,,-5,\n'
    const report = await importAll(opened.service, [csv('ideas.csv', text)], 'signals')
    const [dataset] = report.datasets
    expect([dataset.kind, dataset.rows, dataset.refused]).toEqual(['signals', 3, 4])
    const { signals } = await panel({ signals: dataset.id })
    expect(signals).toEqual({
      symbol: ['AAA', 'AAA', 'AAA'],
      date: Int32Array.of(epochDay(2023, 1, 3), epochDay(2023, 1, 4), epochDay(2023, 1, 5)),
      direction: Int8Array.of(1, -1, 0),
      conviction: Float64Array.of(0.5, 1, 1),
      horizon: Int32Array.of(10, 0, 0),
      size: Float64Array.of(0.1, NaN, NaN),
      stop: Float64Array.of(90, NaN, NaN),
      target: Float64Array.of(120, NaN, NaN),
    })
    const refused = valueOf(await opened.service.refused(dataset.id, 10))
    expect(refused.map(({ line, column }) => [line, column])).toEqual([
      [5, 'direction'],
      [6, 'conviction'],
      [7, 'horizon'],
      [8, 'stop'],
    ])
  })

  it('removes a dataset and its rows', async () => {
    const { id } = await load('AAA.csv', bars())
    valueOf(await opened.service.remove(id))
    expect(valueOf(await opened.service.datasets())).toEqual([])
    expect(await opened.service.buildPanel({ datasets: [id], signals: null, flights: false })).toMatchObject({
      ok: false,
      code: 'no-dataset',
    })
  })
})

describe('the simulated market', () => {
  const prices =
    'symbol,date,open,high,low,close,volume,adj_factor\nGONE,2023-01-03,10,11,9,10,100,1\n' +
    days
      .slice(0, 60)
      .map((day) => `QQQ,${isoOf(day)},10,11,9,10,100,0.5`)
      .join('\n')
  const companies =
    'symbol,name,sector,hq_airport,delisted_on\nGONE,Gone Inc,Energy,KTEB,2023-01-03\nQQQ,Index,,,\n'
  const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const packed = new Uint8Array(gzipSync(new TextEncoder().encode(prices)))
  const manifest = {
    files: [
      {
        name: 'prices.csv.gz',
        rows: 61,
        bytes: 900,
        sha256: sha256(packed),
        text: { sha256: sha256(prices) },
      },
      { name: 'companies.csv', rows: 2, bytes: 90, sha256: sha256(companies) },
    ],
  }
  const site = (served: Record<string, string | Uint8Array<ArrayBuffer>>) => (url: string) => {
    const body = served[url.replace('http://localhost/datasets/simulated/', '')]
    return Promise.resolve(new Response(body ?? '', { status: body === undefined ? 404 : 200 }))
  }
  const files = {
    'manifest.json': JSON.stringify(manifest),
    'prices.csv.gz': packed,
    'companies.csv': companies,
  }

  it('comes through the same import, marked as simulated, with sectors and the symbols that ended', async () => {
    const opened = await openService(site(files))
    const summary = valueOf(await opened.service.loadSimulated())
    expect([summary.simulated, summary.rows, summary.sha256]).toEqual([true, 61, sha256(packed)])
    expect(valueOf(await opened.service.loadSimulated()).id).toBe(summary.id)
    const built = valueOf(
      await opened.service.buildPanel({ datasets: [summary.id], signals: null, flights: false }),
    )
    expect([built.simulated, built.ended]).toEqual([true, ['GONE']])
    await opened.close()
  })

  it('is the same where the host unpacks gzip on the way', async () => {
    const opened = await openService(site({ ...files, 'prices.csv.gz': prices }))
    expect(valueOf(await opened.service.loadSimulated()).sha256).toBe(sha256(packed))
    await opened.close()
  })

  it('is refused when a file is missing or is not the one that was generated', async () => {
    for (const served of [
      { ...files, 'companies.csv': companies.replace('Gone', 'Here') },
      { ...files, 'prices.csv.gz': undefined },
    ]) {
      const opened = await openService(site(served as typeof files))
      const outcome = await opened.service.loadSimulated()
      expect(outcome).toMatchObject({
        ok: false,
        code: 'simulated',
        message: expect.stringContaining('Reload') as string,
      })
      expect(valueOf(await opened.service.datasets())).toEqual([])
      await opened.close()
    }
  })
})
