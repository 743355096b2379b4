import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PanelMessage, PanelRequest } from '../../../../workers/data/api.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from '../openService.ts'
import { collectedFile } from './collectedFiles.ts'

const dayOf = (iso: string) => Date.parse(iso) / 86_400_000
const isoOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)

let opened: OpenedService
let files: string[]
/** Monday to Thursday, from a file. */
const weekdays = ['2024-03-11', '2024-03-12', '2024-03-13', '2024-03-14']

beforeAll(async () => {
  opened = await openService()
  const bars = weekdays.map((date, i) => `ACME,${date},${20 + i},${21 + i},${19 + i},${20 + i},1000`)
  await importAll(opened.service, [
    csv('prices.csv', ['symbol,date,open,high,low,close,volume', ...bars, ''].join('\n')),
  ])
  const others = {
    companies: 'symbol,name,sector,hq_airport\nACME,Acme,Tools,KTEB\n',
    airports: 'code,name,latitude,longitude\nKTEB,Teterboro,40.8501,-74.0608\nKORD,O’Hare,41.9786,-87.9048\n',
    aircraft: 'icao24,registration,symbol\na1b2c3,N1,ACME\n',
    events: 'symbol,announced_on,kind\nACME,2024-01-10,earnings\n',
  }
  for (const [kind, text] of Object.entries(others))
    await importAll(opened.service, [csv(`${kind}.csv`, text)], kind as keyof typeof others)
  const bar = (date: string, close: number) => ({
    symbol: 'ACME',
    date,
    open: close,
    high: close,
    low: close,
    close,
    volume: 500,
    seen_at: `${date}T21:30:00.000Z`,
  })
  valueOf(
    await opened.service.takeCollected([
      collectedFile('prices', [bar('2024-03-14', 23.01), bar('2024-03-15', 24), bar('2024-03-18', 25)]),
      collectedFile('flights', [
        {
          icao24: 'a1b2c3',
          departed_at: '2024-03-15T12:00:00.000Z',
          arrived_at: '2024-03-15T14:30:00.000Z',
          origin_latitude: 40.85,
          origin_longitude: -74.06,
          destination_latitude: 41.98,
          destination_longitude: -87.9,
          seen_at: '2024-03-15T20:45:00.000Z',
        },
      ]),
      collectedFile('tickets', [
        ticket('1', '2024-03-15T10:00:00.000Z', '2024-03-15T10:05:00.000Z'),
        ticket('2', '2024-03-18T10:00:00.000Z', '2024-03-18T10:05:00.000Z'),
      ]),
      collectedFile('adoption', [
        figure('2024-03-15', 3, '2024-03-16T00:10:00.000Z'),
        figure('2024-03-16', 0, '2024-03-17T00:10:00.000Z'),
      ]),
      collectedFile('incidents', [
        incident('open', '2024-03-14T10:00:00.000Z', '', '2024-03-14T10:02:00.000Z'),
        incident('long', '2024-03-13T10:00:00.000Z', '', '2024-03-13T10:02:00.000Z'),
        incident('long', '2024-03-13T10:00:00.000Z', '2024-03-13T15:00:00.000Z', '2024-03-15T09:00:00.000Z'),
      ]),
    ]),
  )
  files = valueOf(await opened.service.datasets())
    .filter(({ kind }) => kind === 'prices')
    .map(({ id }) => id)
})
afterAll(async () => {
  await opened.close()
})

function ticket(id: string, created_at: string, seen_at: string) {
  return { id, symbol: 'ACME', source: 'acme/engine', created_at, title: 'Broken', text: '', seen_at }
}
function figure(date: string, value: number, seen_at: string) {
  return { symbol: 'ACME', date, source: 'acme', metric: 'commits', value, seen_at }
}
function incident(id: string, started_at: string, resolved_at: string, seen_at: string) {
  const told = { symbol: 'ACME', source: 'status', title: 'Slow', severity: 'major' }
  return { ...told, id, started_at, resolved_at, seen_at }
}

/** What the backtest worker is handed. */
async function handedOver(request: Partial<PanelRequest>) {
  const { port1, port2 } = new MessageChannel()
  const message = new Promise<PanelMessage>((resolve) => {
    port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => {
      resolve(data)
      port2.close()
    }
  })
  opened.service.connect(port1)
  const whole = { datasets: files, signals: null, flights: false, ...request }
  const summary = valueOf(await opened.service.buildPanel(whole))
  return { summary, ...(await message) }
}

describe('a panel of a file that the collection carries on', () => {
  it('has the days of the file, then those collected, with sectors', async () => {
    const { panel, summary } = await handedOver({})
    expect([...panel.dates].map(isoOf)).toEqual([...weekdays, '2024-03-15', '2024-03-18'])
    expect([...panel.close]).toEqual([20, 21, 22, 23, 24, 25])
    expect(panel.sectorNames).toEqual(['Tools'])
    expect(panel.provisional).toBeUndefined()
    expect(summary).toMatchObject({ days: 6, to: dayOf('2024-03-18') })
    const findings = valueOf(await opened.service.quality(files))
    expect(findings.filter(({ kind }) => kind === 'mixed-adjustment')).toEqual([])
  })

  it('ends with the day that has begun, which its summary leaves out', async () => {
    const { panel, summary } = await handedOver({ today: dayOf('2024-03-19') })
    expect(isoOf(panel.dates[panel.dates.length - 1])).toBe('2024-03-19')
    expect(panel.close[panel.dates.length - 1]).toBe(25)
    expect(panel.provisional).toBe(true)
    expect(summary).toMatchObject({ days: 6, to: dayOf('2024-03-18'), provisional: true, ended: [] })
  })

  it('comes with the legs that were collected, from the close after they were seen', async () => {
    const { flights } = await handedOver({ flights: true, today: dayOf('2024-03-19') })
    expect(flights!.tails.icao24).toEqual(['a1b2c3'])
    const { known, departed, origin, destination } = flights!.flights
    expect([...known].map(isoOf)).toEqual(['2024-03-16'])
    expect(departed[0] * 60_000).toBe(Date.parse('2024-03-15T12:00Z'))
    expect([origin[0], destination[0]].map((at) => flights!.airports.code[at])).toEqual(['KTEB', 'KORD'])
  })

  it('comes with the tickets and figures that were collected: a day without tickets is zero once the next is there', async () => {
    const { demand } = await handedOver({ demand: { words: null, weights: [] }, today: dayOf('2024-03-19') })
    const { first, value, known } = seriesOf(demand!.tickets, 0)
    expect(isoOf(first)).toBe('2024-03-15')
    expect(value).toEqual([1, 0, 0, 1])
    expect(known.map(isoOf)).toEqual(['2024-03-16', '2024-03-17', '2024-03-18', '2024-03-19'])
    const commits = seriesOf(demand!.adoption, 0)
    expect([commits.value, commits.known.map(isoOf)]).toEqual([
      [3, 0],
      ['2024-03-16', '2024-03-17'],
    ])
  })

  it('takes an incident for open until its end was seen, though none of the page may have ended', async () => {
    const { demand } = await handedOver({ demand: { words: null, weights: [] } })
    const { known, resolved } = demand!.incidents
    expect([...known].map(isoOf)).toEqual(['2024-03-13', '2024-03-14'])
    const closeOf = (iso: string) => Date.parse(`${iso}T20:00Z`) / 60_000
    // Over at the close of the fifteenth, at which it was known, and not at that of the fourteenth.
    expect(resolved[0]).toBeGreaterThan(closeOf('2024-03-14'))
    expect(resolved[0]).toBeLessThan(closeOf('2024-03-15'))
    expect(resolved[1]).toBeNaN()
  })
})

it('says where collected prices do not fit the file', async () => {
  const own = await openService()
  const bars = weekdays.map((date, i) => `ACME,${date},${20 + i},${21 + i},${19 + i},${20 + i},1000`)
  const { datasets } = await importAll(own.service, [
    csv('prices.csv', ['symbol,date,open,high,low,close,volume', ...bars, ''].join('\n')),
  ])
  const rows = [...weekdays, '2024-03-15'].map((date, i) => {
    const price = 5 + ((i * 7) % 4)
    return { symbol: 'ACME', date, open: price, high: price, low: price, close: price, volume: 1 }
  })
  valueOf(await own.service.takeCollected([collectedFile('prices', rows)]))
  const findings = valueOf(await own.service.quality([datasets[0].id]))
  expect(findings.map(({ text }) => text).join()).toContain('See whether both mean the same share')
  await own.close()
})

function seriesOf(
  columns: { offset: Int32Array; first: Int32Array; value: Float64Array; known: Int32Array },
  at: number,
) {
  const { offset, first, value, known } = columns
  const [from, to] = [offset[at], offset[at + 1]]
  return { first: first[at], value: [...value.slice(from, to)], known: [...known.slice(from, to)] }
}
