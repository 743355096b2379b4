import { expect, it } from 'vitest'
import type { RunRequest } from '../../../workers/backtest/api.ts'
import { createEngine } from '../../../workers/backtest/engine.ts'
import type { PanelMessage } from '../../../workers/data/api.ts'
import type { BarRow, CollectedRow, TicketRow } from '../../../workers/live/collectedRows.ts'
import type { LiveService } from '../../../workers/live/liveService.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import { csv, importAll, openService, valueOf, type OpenedService } from '../data/openService.ts'
import { day as msPerDay, hour, must, origin, Simulation, ticketAdapter } from './simulation.ts'

const isoOf = (day: number) => new Date(day * msPerDay).toISOString().slice(0, 10)
/** A Tuesday that has not come yet, so that nothing is taken too late. */
const tuesday = Date.UTC(2041, 0, 8) / msPerDay
const history = 120

/** Eight complaints a day, and sixty on the Monday. */
const tickets: TicketRow[] = Array.from({ length: history }, (_, back) => tuesday - history + back).flatMap(
  (day) =>
    Array.from({ length: day === tuesday - 1 ? 60 : 7 + (day % 3) }, (_, at) => ({
      table: 'tickets' as const,
      id: `${day}-${at}`,
      symbol: 'ACME',
      source: 'acme/engine',
      createdAt: day * msPerDay + 9 * hour + at,
      title: 'Crash: broken after the update',
      text: '',
    })),
)

/** Weekdays up to one, for the file and for the vendor who goes on with it. */
function bars(symbol: string, from: number, to: number): BarRow[] {
  const weekdays = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(
    (day) => (day + 3) % 7 < 5,
  )
  return weekdays.map((date) => {
    const close = 50 + (date % 5)
    return { table: 'prices', symbol, date, open: close, high: close + 1, low: close - 1, close, volume: 1e5 }
  })
}

function fileOf(rows: BarRow[]): File {
  const lines = rows.map((row) =>
    [row.symbol, isoOf(row.date), row.open, row.high, row.low, row.close, row.volume].join(','),
  )
  return csv('prices.csv', ['symbol,date,open,high,low,close,volume', ...lines, ''].join('\n'))
}

/** What was collected goes into the tables, and the panel of its prices on to the backtest. */
async function handedOn(live: LiveService, data: OpenedService['service'], today: number) {
  const files = []
  for (const { table, rows } of must(await live.collected()))
    if (rows > 0) files.push({ table, file: must(await live.file(table)) })
  valueOf(await data.takeCollected(files))
  const prices = valueOf(await data.datasets()).filter(({ kind }) => kind === 'prices')
  const { port1, port2 } = new MessageChannel()
  const message = new Promise<PanelMessage>((resolve) => {
    port2.onmessage = ({ data }: MessageEvent<PanelMessage>) => {
      resolve(data)
      port2.close()
    }
  })
  data.connect(port1)
  valueOf(
    await data.buildPanel({
      datasets: prices.map(({ id }) => id),
      signals: null,
      flights: false,
      demand: { words: null, weights: [] },
      today,
    }),
  )
  return message
}

it('tickets that come in are a signal at once, decided at the close, and a trade at the next open', async () => {
  const world = new Simulation()
  world.time = tuesday * msPerDay + 10 * hour
  let told: CollectedRow[] = tickets
  const adapter = ticketAdapter({
    poll: async (context) => {
      await context.ask({ url: `${origin}/rows` })
      return { rows: told, cursor: null, refused: 0, firstRefusal: '' }
    },
  })
  const live = await world.service(adapter)
  const feed = must(await live.save(null, 'readsb', 'Everything', {}))
  must(await live.turnOn(feed.id, feed.origins, {}))
  await world.pass(hour)

  const opened = await openService()
  const data = opened.service
  await importAll(data, [
    fileOf([
      ...bars('ACME', tuesday - history - 200, tuesday - 1),
      ...bars('QQQ', tuesday - history - 200, tuesday - 1),
    ]),
  ])
  const engine = createEngine()
  const info = systemInfos.find(({ id }) => id === 'tickets')!
  const params = { ...defaultParams(info, 'recommended'), leastConfidence: 0.5, daysRaised: 0 }
  const request: RunRequest = {
    system: 'tickets',
    params,
    from: null,
    to: null,
    outOfSampleFrom: null,
    benchmark: 'QQQ',
    seed: 1,
  }
  const look = async (today: number) => {
    engine.load(await handedOn(live, data, today))
    return must(await engine.liveSignals(request))
  }

  const during = await look(tuesday)
  expect(during).toMatchObject({ day: tuesday - 1, decided: [], simulated: false })
  expect(during.provisional).toMatchObject({
    day: tuesday,
    decisions: [{ symbol: 'ACME', direction: -1 }],
  })

  // The vendor tells the bar of the day; the close has come.
  told = [...bars('ACME', tuesday, tuesday), ...bars('QQQ', tuesday, tuesday)]
  await world.pass(12 * hour)
  const after = await look(tuesday)
  expect(after).toMatchObject({ day: tuesday, provisional: null })
  expect(after.decided).toEqual(during.provisional!.decisions)
  must(await engine.openPaper(request, tuesday, 0))
  must(await engine.takeDecisions('tickets', after.decided, 'rule'))
  expect(must(await engine.paperView('tickets')).waiting).toMatchObject([{ symbol: 'ACME', late: false }])

  told = [...bars('ACME', tuesday + 1, tuesday + 1), ...bars('QQQ', tuesday + 1, tuesday + 1)]
  await world.pass(24 * hour)
  await look(tuesday + 1)
  const view = must(await engine.paperView('tickets'))
  expect(view.waiting).toEqual([])
  expect(view.board.lots).toMatchObject([{ symbol: 'ACME', direction: -1, entryDay: tuesday + 1 }])
  await opened.close()
})
