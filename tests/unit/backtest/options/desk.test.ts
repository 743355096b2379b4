import { describe, expect, it } from 'vitest'
import type { OptionsDesk } from '../../../../workers/backtest/api.ts'
import { optionsDesk } from '../../../../workers/backtest/options/desk.ts'
import type { Params } from '../../../../workers/systems/system.ts'
import { finishedRun } from '../guards/finishedRun.ts'
import { panelOf, rulesOf, signalsOf, walk, type Order } from '../structures/smallMarket.ts'

const days = 130
const open = { premiumStop: 0, premiumTarget: 0, premiumTargetOut: 0, mostSpread: 0 }
const closes = [walk(3, days), walk(4, days, 40)]

function runOf(params: Params, orders: Order[], factors?: number[][]) {
  const raw = factors ? closes.map((close, s) => close.map((price, day) => price / factors[s][day])) : closes
  const rules = rulesOf({ ...open, overlap: true, closeBefore: 0, ...params })
  return finishedRun(panelOf(raw, factors), { signals: signalsOf(orders), rules })
}

function deskOf(run: ReturnType<typeof runOf>, day: number | null, daysLater = 7): OptionsDesk {
  const outcome = optionsDesk(run, day === null ? null : run.report.dates[day], daysLater)
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

const orders = [
  { day: 40, symbol: 0 },
  { day: 41, symbol: 1 },
]
const at = (desk: OptionsDesk, move: number) =>
  desk.payoff.move.findIndex((one) => Math.abs(one - move) < 1e-9)

describe('the desk of a run in options', () => {
  it.each(['long-option', 'vertical', 'iron-condor', 'covered-call'])(
    'has for %s the profit that the equity shows, and gains nothing where nothing moves',
    (expression) => {
      const run = runOf({ expression }, orders)
      const desk = deskOf(run, 50)
      expect(desk.lots).toHaveLength(2)
      expect(desk.history.lots[50]).toBe(2)
      expect(desk.total.profit).toBeCloseTo(desk.equity - 100_000, 6)
      expect(desk.payoff.today[at(desk, 0)]).toBeCloseTo(0, 9)
      expect(desk.shocks.profit[3 * desk.shocks.move.length + 3]).toBeCloseTo(0, 9)
      const slope = (desk.payoff.today[at(desk, 0.01)] - desk.payoff.today[at(desk, -0.01)]) / 0.02
      expect(Math.abs(slope - desk.total.exposure)).toBeLessThan(0.01 * desk.equity)
      expect(desk.payoff.daysLater).toBe(7)
      const margin = desk.lots.reduce((sum, lot) => sum + lot.margin, 0)
      expect(desk.total.margin).toBeCloseTo(margin, 9)
    },
  )

  it('says how far the share must go for a stop and a target today', () => {
    const run = runOf({ expression: 'long-option', premiumStop: 0.5, premiumTarget: 1 }, [orders[0]])
    const desk = deskOf(run, 41)
    const [lot] = desk.lots
    expect(lot.stop).toBeCloseTo(0.5 * lot.paid, 6)
    expect(lot.stopMove).toBeLessThan(0)
    expect(lot.targetMove).toBeGreaterThan(0)
    const below = desk.payoff.today[at(desk, Math.floor(100 * lot.stopMove) / 100)]
    const above = desk.payoff.today[at(desk, Math.ceil(100 * lot.stopMove) / 100)]
    // From the value to the stop, but for the spread, which is paid on the way out.
    const needed = lot.stop - lot.value
    expect(below).toBeLessThan(needed + 0.1 * lot.paid)
    expect(above).toBeGreaterThan(needed)
  })

  it('loses all of an option that expires worthless, and no more', () => {
    const desk = deskOf(runOf({ expression: 'long-option' }, orders), 45)
    expect(desk.payoff.last[at(desk, -0.3)]).toBeCloseTo(-desk.total.value, 4)
    expect(desk.lots.every(({ closesBy, closesOn }) => closesBy !== 'none' && closesOn > desk.day)).toBe(true)
  })

  it('shows strikes and contracts of the share as it is after a split', () => {
    const split = 45
    const factors = [closes[0].map((_, day) => (day < split ? 1 : 0.25)), closes[1].map(() => 1)]
    const run = runOf({ expression: 'long-option' }, [orders[0]], factors)
    const before = deskOf(run, split - 1).lots[0]
    const after = deskOf(run, split).lots[0]
    expect(after.contracts).toBeCloseTo(4 * before.contracts, 9)
    expect(after.legs[0].strike).toBeCloseTo(before.legs[0].strike / 4, 9)
    expect(after.paid).toBe(before.paid)
  })

  it('keeps what only the end of the data closes', () => {
    const desk = deskOf(runOf({ expression: 'long-option' }, [{ day: days - 4, symbol: 0 }]), null)
    expect(desk.lots).toHaveLength(1)
    expect(desk.day).toBe(desk.to)
    const shares = runOf({ expression: 'shares' }, orders)
    expect(optionsDesk(shares, null, 7)).toMatchObject({ ok: false, code: 'in-shares' })
  })
})
