import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { Decision, PaperView, RunRequest } from '../../../../workers/backtest/api.ts'
import type { LoadedPanel } from '../../../../workers/backtest/engine.ts'
import { journalCsv } from '../../../../workers/backtest/paper/journalCsv.ts'
import { nextOpen } from '../../../../workers/backtest/paper/late.ts'
import { memoryPapers, storedPapers } from '../../../../workers/backtest/paper/paperStore.ts'
import { PaperService } from '../../../../workers/backtest/paper/paperService.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'

const msPerDay = 86_400_000
/** Monday, 1 January 2024, and the four days after it. */
const monday = 19_723
const day = (at: number) => monday + at

/** A share that opens at 100, 101, 102, … and closes half a point higher, and one that stands still. */
function rising(days: number, provisional = false): Panel {
  const each = (value: (at: number) => number) =>
    Float64Array.from({ length: 2 * days }, (_, i) => (i < days ? value(i) : 100))
  return {
    dates: Int32Array.from({ length: days }, (_, at) => day(at)),
    symbols: ['A', 'QQQ'],
    open: each((at) => 100 + at),
    high: each((at) => 101 + at),
    low: each((at) => 99.5 + at),
    close: each((at) => 100.5 + at),
    volume: each(() => 1e6),
    ...(provisional && { provisional: true as const }),
  }
}

const params = {
  ...defaultParams(
    systemInfos.find(({ id }) => id === 'custom')!,
    'recommended',
  ),
  slippageBps: 0,
  commissionBps: 0,
}
const request: RunRequest = {
  system: 'custom',
  params,
  from: null,
  to: null,
  outOfSampleFrom: null,
  benchmark: 'QQQ',
  seed: 1,
}

const decided = (at: number, changed: Partial<Decision> = {}): Decision => ({
  system: 'custom',
  symbol: 'A',
  day: day(at),
  direction: 1,
  conviction: 0.8,
  confidence: 1,
  horizon: 0,
  stop: NaN,
  target: NaN,
  stopFraction: NaN,
  targetFraction: NaN,
  size: 0.1,
  structure: -1,
  reason: 'signal of the file',
  ...changed,
})

function desk(panel: Panel, { simulated = true, now = 0 } = {}) {
  const held = {
    panel: { panelId: 'p', panel, simulated, contents: 'p', signals: null } as LoadedPanel | null,
  }
  const service = new PaperService(
    () => held.panel,
    memoryPapers(),
    () => now,
  )
  return { held, service }
}

async function viewOf(service: PaperService): Promise<PaperView> {
  const view = await service.paperView('custom')
  if (!view.ok) throw new Error(view.message)
  return view.value
}

describe('a paper portfolio', () => {
  it('fills at the next open, keeps what waits for it, and marks what it holds without selling it', async () => {
    const { held, service } = desk(rising(3))
    await service.openPaper(request, day(2), null)
    await service.takeDecisions('custom', [decided(2)], 'hand')
    const before = await viewOf(service)
    expect(before.waiting.map(({ symbol }) => symbol)).toEqual(['A'])
    expect(before.board.lots).toEqual([])

    held.panel = { ...held.panel!, panel: rising(4) }
    const after = await viewOf(service)
    expect(after.waiting).toEqual([])
    expect(after.board.lots).toMatchObject([{ symbol: 'A', direction: 1, entryDay: day(3), entryPrice: 103 }])
    const [{ shares }] = after.board.lots
    const capital = after.equity[0]
    expect(shares * 103).toBeLessThanOrEqual(0.1 * capital)
    // Marked at the close, no cost of a sale in it.
    expect(after.equity.at(-1)).toBeCloseTo(capital + shares * 0.5, 6)
    expect(after.journal.map(({ kind }) => kind)).toEqual(['entered', 'taken'])
    expect(after.closed).toBe(0)
  })

  it('takes a decision once, and closes what the system says to close', async () => {
    const { held, service } = desk(rising(3))
    await service.openPaper(request, day(2), 0)
    await service.takeDecisions('custom', [decided(2)], 'rule')
    await service.takeDecisions('custom', [decided(2, { conviction: 0.1 })], 'hand')
    held.panel = { ...held.panel!, panel: rising(5) }
    await service.takeDecisions('custom', [decided(3, { direction: 0 })], 'rule')
    const view = await viewOf(service)
    expect(view.book.taken).toMatchObject([
      { day: day(2), conviction: 0.8, by: 'rule' },
      { day: day(3), direction: 0 },
    ])
    const left = view.journal.find(({ kind }) => kind === 'left')!
    expect(left).toMatchObject({ day: day(4), price: 104, reason: 'a signal to close' })
    expect(left.profit).toBeCloseTo(left.shares, 9)
    expect(view.profit).toBeCloseTo(left.profit, 9)
  })

  it('never fills what was taken after the next open, and says so', async () => {
    const { service } = desk(rising(5), { simulated: false, now: nextOpen(day(2)) })
    await service.openPaper(request, day(2), null)
    await service.takeDecisions('custom', [decided(2), decided(3)], 'hand')
    const view = await viewOf(service)
    expect(view.journal.map(({ kind, day }) => [kind, day])).toEqual([
      ['entered', day(4)],
      ['taken', day(3)],
      ['late', day(2)],
    ])
  })

  it('says why a decision was not filled', async () => {
    const { service } = desk(rising(5))
    await service.openPaper(request, day(0), null)
    await service.takeDecisions('custom', [decided(0), decided(1), decided(1, { symbol: 'GONE' })], 'hand')
    const { journal } = await viewOf(service)
    const unfilled = journal.filter(({ kind }) => kind === 'not filled')
    expect(unfilled.map(({ symbol, reason }) => `${symbol}: ${reason}`)).toEqual([
      'A: It was held already.',
      'GONE: There are no prices of it in use.',
    ])
  })

  it('lets go of what waits, and of nothing that was filled', async () => {
    const { service } = desk(rising(4))
    await service.openPaper(request, day(1), null)
    const other = decided(3, { reason: 'another signal' })
    await service.takeDecisions('custom', [decided(1), decided(3), other], 'hand')
    expect(await service.untake(decided(1))).toMatchObject({ ok: false, code: 'filled' })
    expect(await service.untake(decided(3))).toMatchObject({ ok: true })
    expect((await viewOf(service)).book.taken.map(({ day, reason }) => [day, reason])).toEqual([
      [day(1), decided(1).reason],
      [day(3), 'another signal'],
    ])
  })

  it('does not trade on a day that has only begun', async () => {
    const { service } = desk(rising(4, true))
    await service.openPaper(request, day(1), null)
    await service.takeDecisions('custom', [decided(2)], 'hand')
    const view = await viewOf(service)
    expect(view.dates.at(-1)).toBe(day(2))
    expect(view.waiting).toHaveLength(1)
  })

  it('outlives the visit', async () => {
    const panel = {
      panelId: 'p',
      panel: rising(4),
      simulated: true,
      contents: 'p',
      signals: null,
    } as LoadedPanel
    const first = new PaperService(() => panel, storedPapers())
    await first.openPaper(request, day(1), 0.5)
    await first.takeDecisions('custom', [decided(1)], 'hand')
    const second = new PaperService(() => panel, storedPapers())
    expect(await second.papers()).toMatchObject({
      ok: true,
      value: [{ system: 'custom', takeFrom: 0.5, taken: [{ symbol: 'A', stop: NaN, by: 'hand' }] }],
    })
    expect(await second.closePaper('custom')).toMatchObject({ ok: true })
    expect(await first.papers()).toEqual({ ok: true, value: [] })
  })
})

describe('a replay through the service', () => {
  it('goes on by days to its end, and its journal can be saved', async () => {
    const { held, service } = desk(rising(8))
    const one = (value: number) => Float64Array.of(value)
    const signals = {
      symbol: ['A'],
      date: Int32Array.of(day(2)),
      direction: Int8Array.of(1),
      conviction: one(0.8),
      horizon: Int32Array.of(3),
      size: one(0.1),
      stop: one(NaN),
      target: one(NaN),
    }
    held.panel = { ...held.panel!, signals }
    expect(await service.paperJournal('replay')).toMatchObject({ ok: false, code: 'no-replay' })
    expect(await service.startReplay(request, day(1), day(7))).toEqual({ ok: true, value: { days: 7 } })
    expect(await service.replayOn(2)).toMatchObject({
      ok: true,
      value: { at: 1, decisions: [{ symbol: 'A' }] },
    })
    expect(await service.replayOn(100)).toMatchObject({ ok: true, value: { at: 6, difference: '' } })
    const journal = await service.paperJournal('replay')
    if (!journal.ok) throw new Error(journal.message)
    const lines = (await journal.value.text()).trim().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(',').slice(0, 3).join(' '))).toEqual([
      '2024-01-03 taken A',
      '2024-01-04 entered A',
      '2024-01-06 left A',
    ])
    held.panel = { ...held.panel }
    expect(await service.replayOn(1)).toMatchObject({ ok: false, code: 'panel-changed' })
  })
})

describe('the next open', () => {
  it('is on the next weekday at 13:30 UTC, when New York opens in summer', () => {
    const at = (days: number) => new Date(nextOpen(day(days))).toUTCString()
    expect(at(0)).toBe('Tue, 02 Jan 2024 13:30:00 GMT')
    expect(at(4)).toBe('Mon, 08 Jan 2024 13:30:00 GMT')
    expect(at(5)).toBe('Mon, 08 Jan 2024 13:30:00 GMT')
    expect(at(6)).toBe('Mon, 08 Jan 2024 13:30:00 GMT')
    expect(nextOpen(day(0)) - day(0) * msPerDay).toBeGreaterThan(msPerDay)
  })
})

describe('the journal as CSV', () => {
  it('is oldest first, keeps minus signs, and lets no text be a formula', async () => {
    const line = { by: null, shares: 3, price: 10.5, profit: -2.25, direction: -1 as const }
    const text = await journalCsv([
      { ...line, day: day(1), kind: 'left', symbol: '=A1', reason: 'stop, "hard"' },
      { ...line, day: day(0), kind: 'entered', symbol: 'B', profit: NaN, reason: '' },
    ]).text()
    expect(text.split('\r\n')).toEqual([
      'day,what,symbol,direction,taken by,shares,price,profit,reason',
      '2024-01-01,entered,B,short,,3,10.5,,',
      `2024-01-02,left,"'=A1",short,,3,10.5,-2.25,"stop, ""hard"""`,
      '',
    ])
  })
})
