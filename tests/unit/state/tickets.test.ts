import { expect, test, vi } from 'vitest'
import { defaultState, type AppState } from '../../../src/state/appState.ts'
import { productKey, Tickets } from '../../../src/state/tickets.svelte.ts'
import type { Engine } from '../../../src/state/workers.ts'
import type { TicketsStatus } from '../../../workers/backtest/api.ts'
import { ticketWords } from '../../../workers/data/schema.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const products = ['desk', 'forum'].map((name) => ({ symbol: 'AAA', name, moods: ['negative'] }))

/** A tab with two products of one company, and workers that answer at once. */
function setUp() {
  const backtest = {
    ticketsStatus: vi.fn(() => ok({ products } as unknown as TicketsStatus)),
    ticketAnomalies: vi.fn(() => ok({})),
    riskBoard: vi.fn(() => ok({})),
  }
  const data = { ticketTexts: vi.fn(() => ok({})) }
  const panelFor = vi.fn(() => ok({ panelId: 'p1', symbols: ['AAA', 'QQQ'], from: 18_000, to: 19_000 }))
  const host = {
    state: defaultState(),
    engine: { backtest, data } as unknown as Engine,
    simulated: true,
    panel: null,
    panelFor,
    runnable: panelFor,
    change(part: Partial<AppState>) {
      host.state = { ...host.state, ...part }
    },
  }
  return { backtest, data, host, tickets: new Tickets(host) }
}

test('a product that is opened stands in the link by its name, and is found again', async () => {
  const { host, tickets } = setUp()
  await tickets.open()
  expect(tickets.product).toBe(-1)
  tickets.showProduct(1)
  expect(host.state).toMatchObject({ ticketsTab: 'product', ticketProduct: 'AAA|forum' })
  expect(tickets.product).toBe(1)
  host.change({ ticketProduct: productKey({ symbol: 'BBB', name: 'forum' }) })
  expect(tickets.product).toBe(-1)
})

test('unusual days are asked for with the parameters of the moment, once the tickets are there', async () => {
  const { backtest, host, tickets } = setUp()
  host.change({ params: { ...host.state.params, tickets: { window: 90 } } })
  await tickets.anomalies()
  expect(backtest.ticketsStatus).toHaveBeenCalledTimes(1)
  expect(backtest.ticketAnomalies).toHaveBeenCalledWith({ window: 90 })
})

test('the board is that of the run that the report would show', async () => {
  const { backtest, tickets } = setUp()
  await tickets.risk(18_500)
  expect(backtest.riskBoard).toHaveBeenCalledWith(
    expect.objectContaining({ system: 'tickets', benchmark: 'QQQ', outOfSampleFrom: 18_600 }),
    18_500,
  )
})

test('texts are sorted by the words in use, whose language is stated', async () => {
  const { data, host, tickets } = setUp()
  expect(tickets.language).toBe('English')
  const words = { ...ticketWords, language: 'Deutsch' }
  host.change({ ticketWords: words })
  const query = { symbol: 'AAA', product: 'desk', from: 1, to: 2, mood: null, limit: 5 }
  await tickets.texts(query)
  expect(data.ticketTexts).toHaveBeenCalledWith({ ...query, words })
  expect(tickets.language).toBe('Deutsch')
})
