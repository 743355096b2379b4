import type { Leg } from '../../quant/structures.ts'
import { marginOf } from '../../quant/structures/margin.ts'
import type { Expression } from '../../systems/system.ts'
import type { Outcome } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import { failed } from '../outcome.ts'
import { marketOf, openStructures } from '../structures/openStructures.ts'
import type { DeskLot, OptionsDesk } from './contract.ts'
import { HeldStructure } from './heldStructure.ts'
import { legsTitle } from './legsTitle.ts'
import { lotsByDay } from './lotsByDay.ts'
import { sumGreeks } from './shownGreeks.ts'

const payoffMoves = Float64Array.from({ length: 61 }, (_, i) => (i - 30) / 100)
const shockMoves = Float64Array.of(-0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2)
const shockVols = Float64Array.of(0.2, 0.1, 0.05, 0, -0.05)

/**
 * What a run in options holds over the close of a day, and what it would gain from there.
 * @param asked epoch day; the last of the run up to it, the last of all for null
 * @param daysLater calendar days
 */
export function optionsDesk(run: FinishedRun, asked: number | null, daysLater: number): Outcome<OptionsDesk> {
  const market = marketOf(run)
  if (market === null)
    return failed('in-shares', 'This run trades shares: it holds no structures of options.')
  const { report, scope } = run
  const { dates } = report
  let k = dates.length - 1
  while (asked !== null && k > 0 && dates[k] > asked) k--
  const today = dates[k]
  const day = scope.range.first + k
  const held = openStructures(run, day).map((open) => new HeldStructure(open, market, day))
  const lots = held.map((structure) =>
    deskLot(structure, run, market.spotOf(structure.open.lot.symbol, day), day),
  )
  const last = Math.max(0, ...lots.map(({ daysToExpiry }) => daysToExpiry))
  const later = Math.min(last, Math.max(0, Math.round(daysLater)))
  const changes = (moves: Float64Array, days: number, shift: number) => {
    const sum = new Float64Array(moves.length)
    for (const structure of held) structure.addChanges(sum, moves, days / 365, shift)
    return sum
  }
  const total = (of: (lot: DeskLot) => number) => lots.reduce((sum, lot) => sum + of(lot), 0)
  const profit = new Float64Array(shockVols.length * shockMoves.length)
  shockVols.forEach((shift, row) => profit.set(changes(shockMoves, 0, shift), row * shockMoves.length))
  return {
    ok: true,
    value: {
      day: today,
      from: dates[0],
      to: dates[dates.length - 1],
      equity: report.equity[k],
      lots,
      history: { dates, lots: lotsByDay(report.trades, dates.length) },
      total: {
        ...sumGreeks(lots.map(({ greeks }) => greeks)),
        value: total(({ value }) => value),
        profit: total((lot) => lot.profit),
        margin: total(({ margin }) => margin),
        exposure: held.reduce((sum, structure) => sum + structure.exposure(), 0),
      },
      payoff: {
        move: payoffMoves,
        today: changes(payoffMoves, 0, 0),
        later: changes(payoffMoves, later, 0),
        daysLater: later,
        last: changes(payoffMoves, last, 0),
      },
      shocks: { move: shockMoves, vol: shockVols, profit },
    },
  }
}

function deskLot(structure: HeldStructure, run: FinishedRun, spot: number, day: number): DeskLot {
  const { panel, report, rules, scope } = run
  const { lot, trade, marks } = structure.open
  const { dates, symbols } = panel.panel
  const expression = rules.expression!
  const { units } = lot
  const { ratio, value } = structure
  const legs: Leg[] = lot.legs.map((leg) => ({ ...leg, strike: leg.strike / ratio }))
  const paid = units * lot.cost
  // What crossing the spread now costs, of which stops and targets are judged.
  const crossing = lot.legs.reduce(
    (sum, { right, quantity }, i) =>
      sum + Math.abs(quantity) * (right === 0 ? 1 : expression.spreadPaid) * marks[i].half,
    0,
  )
  const selling = value - (lot.kind === 'shares' ? 0 : units * crossing)
  const expiry = Math.min(...lot.legs.filter(({ right }) => right !== 0).map((leg) => leg.expiry))
  const level = (at: number) => ({
    value: units * at,
    move: Number.isNaN(at) ? NaN : structure.moveFor(units * at - selling),
  })
  const [stop, target] = [level(lot.stop), level(lot.target)]
  const prices = marks.map(({ price }) => price)
  return {
    symbol: symbols[lot.symbol],
    kind: lot.kind,
    title: legsTitle(symbols[lot.symbol], legs),
    legs,
    contracts: lot.contracts * ratio,
    entryDay: dates[lot.entryDay],
    reason: report.reasons[trade.reason] ?? '',
    spot,
    paid,
    value,
    profit: value - paid,
    markFrom: structure.from,
    greeks: structure.greeks(),
    margin: units * marginOf(lot.legs, prices, marks[0].spot).amount,
    daysToExpiry: expiry < Infinity ? expiry - dates[day] : 0,
    stop: stop.value,
    target: target.value,
    stopMove: stop.move,
    targetMove: target.move,
    ...closing(expression, expiry, dates, Math.min(day, scope.range.last), structure),
  }
}

/** When a structure is closed at the latest, and by which rule. */
function closing(
  { closeBefore, roll }: Expression,
  expiry: number,
  dates: Int32Array,
  day: number,
  { open: { lot, held } }: HeldStructure,
): Pick<DeskLot, 'closesOn' | 'closesBy'> {
  const horizon = lot.maxBars > 0 ? sessionsLater(dates, day, Math.max(1, lot.maxBars - held)) : Infinity
  const end = closeBefore > 0 ? expiry - closeBefore : expiry
  if (horizon === Infinity && end === Infinity) return { closesOn: 0, closesBy: 'none' }
  if (horizon <= end) return { closesOn: horizon, closesBy: 'horizon' }
  return { closesOn: end, closesBy: closeBefore > 0 && roll ? 'roll' : 'expiry' }
}

/** So many sessions on: by the panel, and by weekdays where it ends. */
function sessionsLater(dates: Int32Array, day: number, sessions: number): number {
  if (day + sessions < dates.length) return dates[day + sessions]
  let date = dates[dates.length - 1]
  for (let left = day + sessions - dates.length + 1; left > 0;) {
    date++
    // Epoch day 0 was a Thursday.
    const weekday = (date + 4) % 7
    if (weekday !== 0 && weekday !== 6) left--
  }
  return date
}
