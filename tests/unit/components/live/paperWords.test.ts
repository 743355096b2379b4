import { expect, test } from 'vitest'
import { gainOf, nearnessOf, totalsOf } from '../../../../src/components/live/book/bookFigures.ts'
import { filtered } from '../../../../src/components/live/book/journalWords.ts'
import { agrees, comparedWords } from '../../../../src/components/live/replay/comparedWords.ts'
import { planWords } from '../../../../src/components/live/signals/decisionWords.ts'
import { groupedByDay } from '../../../../src/components/live/signals/groupedByDay.ts'
import { signalsCsv } from '../../../../src/components/live/signals/signalsCsv.ts'
import { lookWords } from '../../../../src/components/live/signals/lookWords.ts'
import type { JournalLine, PaperView, RiskBoard } from '../../../../workers/backtest/api.ts'
import { decision } from '../../state/decision.ts'

const view = (equity: number, board: Partial<RiskBoard>, capital: number): PaperView =>
  ({
    board: { equity, lots: [], gross: 0, net: 0, worstCase: 0, worstCaseGap: NaN, ...board },
    book: { request: { params: { capital } } },
    equity: Float64Array.of(capital, equity),
  }) as unknown as PaperView

test('what all books come to is weighed by their equity; a book without lots has no gap to tell', () => {
  const held = {
    lots: [{}, {}] as RiskBoard['lots'],
    gross: 0.8,
    net: -0.4,
    worstCase: 0.1,
    worstCaseGap: 0.2,
  }
  const views = [view(300, held, 200), view(100, {}, 150)]
  expect(gainOf(views[1])).toBe(-50)
  const totals = totalsOf(views)
  expect(totals).toMatchObject({ books: 2, equity: 400, profit: 50, lots: 2 })
  expect([totals.gross, totals.net, totals.worstCase, totals.worstCaseGap]).toEqual(
    [0.6, -0.3, 0.075, 0.15].map((value) => expect.closeTo(value, 12) as number),
  )
  expect(totalsOf([view(100, { ...held, worstCaseGap: NaN }, 100)]).worstCaseGap).toBeNaN()
})

test('lots stand by how near their stop is, long and short alike', () => {
  const lots = [
    { symbol: 'LONG', direction: 1, price: 100, entryPrice: 100, stop: 90, target: 120 },
    { symbol: 'SHORT', direction: -1, price: 100, entryPrice: 95, stop: 104, target: 80 },
    { symbol: 'FREE', direction: 1, price: 100, entryPrice: 100, stop: NaN, target: 110 },
  ] as unknown as RiskBoard['lots']
  const rows = nearnessOf({ lots } as RiskBoard)
  expect(rows.map(({ symbol }) => symbol)).toEqual(['SHORT', 'LONG', 'FREE'])
  expect(rows[0]).toMatchObject({ toStop: 0.04, toTarget: 0.2, at: 4 / 24, entryAt: 9 / 24 })
  expect(rows[1]).toMatchObject({ toStop: 0.1, toTarget: 0.2, at: 1 / 3 })
  expect(rows[2].at).toBeNaN()
})

test('the journal is filtered by what happened and by letters of the company', () => {
  const lines = [
    { kind: 'taken', symbol: 'AAPL' },
    { kind: 'left', symbol: 'AAPL' },
    { kind: 'left', symbol: 'MSFT' },
  ] as JournalLine[]
  expect(filtered(lines, { kind: 'left', symbol: ' ap' })).toEqual([lines[1]])
  expect(filtered(lines, { kind: null, symbol: '' })).toEqual(lines)
})

const compared = { decisions: 128, same: 128, entries: 1, sameEntries: 1, closed: 0, sameClosed: 0 }

test('how a replay agrees with the backtest is told in numbers', () => {
  expect(comparedWords({ compared })).toBe(
    '128 of 128 decisions, 1 of 1 entry and 0 of 0 closed trades are those of the backtest.',
  )
  expect(agrees({ compared, difference: '' })).toBe(true)
  expect(agrees({ compared: { ...compared, same: 127 }, difference: '' })).toBe(false)
  expect(agrees({ compared, difference: '3 March: AAA was entered otherwise.' })).toBe(false)
})

test('a stop stands below what is bought and above what is sold short', () => {
  const plan = { stopFraction: 0.08, targetFraction: 0.2, horizon: 20 }
  expect(planWords(decision('AAA', plan))).toBe(
    'stop 8.0\u2009% below, target 20.0\u2009% above, held at most 20 bars',
  )
  expect(planWords(decision('AAA', { ...plan, direction: -1, stop: 12.5 }))).toBe(
    'stop 12.50, target 20.0\u2009% below, held at most 20 bars',
  )
  expect(planWords(decision('AAA', { direction: 0, horizon: 5 }))).toBe(
    'what is held is closed at the next open',
  )
  expect(planWords(decision('AAA'))).toBe('')
})

test('signals of one close stand together, those of a day that is not over apart', () => {
  const listed = (day: number, provisional: boolean) => ({
    key: `${day}`,
    decision: decision('AAA', { day }),
    provisional,
  })
  const days = groupedByDay([listed(101, true), listed(100, false), listed(100, false), listed(99, false)])
  expect(days.map(({ day, provisional, items }) => [day, provisional, items.length])).toEqual([
    [101, true, 1],
    [100, false, 2],
    [99, false, 1],
  ])
})

test('a look tells how many signals there were, and how many there would be now', () => {
  const look = {
    phase: 'done' as const,
    problem: '',
    at: Date.parse('2026-11-27T10:00:00Z'),
    day: 20_783,
    decided: 0,
    today: 20_784,
    provisional: 2,
    milliseconds: 1234,
  }
  expect(lookWords(look)).toMatch(
    /^No signals at the close of 26 Nov 2026, 2 if 27 Nov 2026 closed now; looked at .*, in 1\.2.s\.$/,
  )
  expect(lookWords(undefined)).toBe('Not looked at in this visit.')
  expect(lookWords({ ...look, phase: 'failed', problem: 'There are no flights.' })).toBe(
    'There are no flights.',
  )
})

test('signals are saved with what they say and when they were seen, and no cell is run as a formula', () => {
  const seenAt = Date.parse('2026-11-27T10:00:00Z')
  const item = {
    key: '',
    decision: decision('=AAA', { stop: 12.5, horizon: 7 }),
    provisional: true,
    simulated: false,
  }
  const [head, row] = signalsCsv([{ ...item, seenAt }]).split('\r\n')
  expect(row.split(',')).toHaveLength(head.split(',').length)
  expect(row).toBe("jet,'=AAA,1970-04-11,long,0.5,1,meeting,,12.5,,,,7,true,false,2026-11-27T10:00:00.000Z")
})
