import type { Panel } from '../quant/panel.ts'
import type { RiskRules, Signals } from '../systems/system.ts'
import type { Counters, ExitReason, Trade } from './api.ts'
import { checkSignals } from './checkSignals.ts'
import { exitReasons, Ledger, tradesOf } from './ledger.ts'
import { barLimit, levelOf, positive } from './levels.ts'
import { Lots } from './lots.ts'
import { daysPerYear, sameWithin, wantedShares, wholeUnits } from './sizing.ts'

export type { Panel } from '../quant/panel.ts'
export type { RiskRules, Signals } from '../systems/system.ts'
export type { Counters, ExitReason, Trade } from './api.ts'

/** Mornings without entries after a drawdown breaker; at the close of the last one the peak starts anew. */
export const drawdownPause = 21

/** First and last panel day of the run, inclusive. Decisions made before the first day are not carried out. */
export interface DayRange {
  first: number
  last: number
}

/**
 * Daily arrays have one value per day of the run, at the close.
 *
 * `cash` is the money account: capital − what was paid for longs + what shorts were sold for − fees. So
 * the proceeds of a short are in it, and what is owed is in its mark: at every close equity = cash +
 * Σ direction × shares × last close over the lots held. On the last day everything is closed, and
 * equity = cash.
 */
export interface Simulation {
  equity: Float64Array
  cash: Float64Array
  /** Σ |marked lots| and Σ signed marked lots in money, on the last day before everything is closed. */
  gross: Float64Array
  net: Float64Array
  counters: Counters
  /** The closed trades as columns, in the order in which they were closed. */
  ledger: Ledger
  /** In money. Commission and borrow are the fees of the trades; slippage is inside their prices. */
  costs: { commission: number; slippage: number; borrow: number }
}

/** A simulation with its trades as objects, in the order of the ledger. */
export interface SimulationWithTrades extends Simulation {
  trades: Trade[]
}

const code = Object.fromEntries(exitReasons.map((reason, i) => [reason, i])) as Record<ExitReason, number>
const { stop, target, time, signal, trim, breaker, delisted, end } = code
const [stopGap, targetGap] = [code['stop-gap'], code['target-gap']]

/**
 * Runs signals through the market under risk rules, one pass over the days; the order of events in a
 * day, fills and limits are those of “Simulation rules” in the design. What they leave open is decided
 * thus:
 *
 * - A symbol trades on a day with both an open and a close. Days without are no bars: they do not count
 *   for time exits, and the lot keeps its last mark.
 * - Levels of a signal go before its fractions, those before the rules; levels and fractions that are
 *   not positive count as absent. A trailing stop starts at its distance from the fill, keeps that
 *   distance behind the best close, and the tighter of it and the stop holds.
 * - A level that the entry's own open has already passed (a long filled below its stop) closes the lot
 *   at that same open, as a gap. It costs the slippage and the fees, and is no breach.
 * - Without a stop, `risk` sizing puts the whole fill at risk.
 * - Exposure at the open is measured at today's opens (last mark where the symbol does not trade), new
 *   lots at their fill. Limits are fractions of the previous close's equity; only the gross limit of 1
 *   that holds where none is set is a fraction of the equity that the order is sized on, because it
 *   stands for “no borrowed money”. Unknown sectors (−1) are not limited.
 * - The equity of the open is taken once a morning, before any order.
 * - Trims look at closes number everyDays, 2 × everyDays, … of the run, and sell each lot above the
 *   limit down to `to` of the sizing equity at the next open, if it is still above that then.
 * - A daily-loss breaker keeps the next morning free of entries. A drawdown breaker (from the highest
 *   close since the start or its last reset) does so for `drawdownPause` mornings, then the peak starts
 *   anew. What could not be closed while one is on is tried again every morning.
 * - Borrow is charged on the marked value of shorts held over a close, borrowRate ÷ 252 each.
 *
 * @throws RangeError naming the row when signals are not ordered by day or point outside the panel.
 */
export function simulate(
  panel: Panel,
  signals: Signals,
  rules: RiskRules,
  range?: DayRange,
): SimulationWithTrades {
  const simulation = simulateColumns(panel, signals, rules, range)
  return { ...simulation, trades: tradesOf(simulation.ledger, signals) }
}

/** `simulate` without the trades as objects, for whoever reads the ledger or only the equity. */
export function simulateColumns(
  panel: Panel,
  signals: Signals,
  rules: RiskRules,
  range?: DayRange,
): Simulation {
  const days = panel.dates.length
  const { first, last } = range ?? { first: 0, last: days - 1 }
  checkSignals(panel, signals)
  const run = new Run(panel, signals, rules, first, last)
  for (let day = first; day <= last; day++) {
    run.openOf(day)
    run.barOf(day)
  }
  const { equity, cash, gross, net, counters } = run
  const ledger = run.ledger.snapshot()
  let commission = 0
  let slippage = 0
  let borrow = 0
  for (let i = 0; i < ledger.length; i++) {
    commission += ledger.fees[i] - ledger.borrow[i]
    slippage += ledger.slippage[i]
    borrow += ledger.borrow[i]
  }
  return { equity, cash, gross, net, counters, ledger, costs: { commission, slippage, borrow } }
}

/** Used again by every run: a thousand a second would otherwise keep the garbage collector busy. */
const scratchLedger = new Ledger(1024)
const scratchLots = new Lots()

class Run {
  readonly equity: Float64Array
  readonly cash: Float64Array
  readonly gross: Float64Array
  readonly net: Float64Array
  readonly ledger = scratchLedger
  readonly counters: Counters = {
    notTrading: 0,
    belowMinimum: 0,
    noRoom: 0,
    alreadyHeld: 0,
    shortsRefused: 0,
    breakerHeld: 0,
    breakersTripped: 0,
    ambiguous: 0,
    breaches: 0,
    delisted: 0,
  }
  private readonly lots = scratchLots
  private readonly days: number
  /** [symbols] last day of the run on which the symbol trades; −1 if never. */
  private readonly lastDay: Int32Array
  /** [symbols] lots held, and the direction of the last one opened: without overlap, of all of them. */
  private readonly held: Int32Array
  private readonly heldDirection: Int8Array
  private readonly slip: number
  private readonly commission: number
  private readonly dailyBorrow: number
  private money: number
  private previousEquity: number
  private openEquity = NaN
  /** Exposure of this morning, lots bought in it included; measured when the first entry needs it. */
  private exposureKnown = false
  private openGross = 0
  private openNet = 0
  private peak: number
  private nextRow: number
  private trimDue = false
  /** Last morning on which a breaker keeps the book empty. */
  private closedUntil = -1
  private drawdownUntil = -1

  constructor(
    private readonly panel: Panel,
    private readonly signals: Signals,
    private readonly rules: RiskRules,
    private readonly first: number,
    private readonly last: number,
  ) {
    const length = Math.max(0, last - first + 1)
    this.equity = new Float64Array(length)
    this.cash = new Float64Array(length)
    this.gross = new Float64Array(length)
    this.net = new Float64Array(length)
    this.ledger.length = 0
    this.lots.length = 0
    this.days = panel.dates.length
    this.slip = rules.costs.slippageBps / 10_000
    this.commission = rules.costs.commissionBps / 10_000
    this.dailyBorrow = rules.costs.borrowRate / daysPerYear
    this.money = rules.capital
    this.previousEquity = rules.capital
    this.peak = rules.capital
    this.held = new Int32Array(panel.symbols.length)
    this.heldDirection = new Int8Array(panel.symbols.length)
    this.lastDay = new Int32Array(panel.symbols.length)
    for (let symbol = 0; symbol < this.lastDay.length; symbol++) {
      let day = last
      while (day >= first && !this.trades(symbol, day)) day--
      this.lastDay[symbol] = day >= first ? day : -1
    }
    this.nextRow = 0
    while (this.nextRow < signals.day.length && signals.day[this.nextRow] < first) this.nextRow++
  }

  /** Carries out what was decided at the previous close: closing orders first, then entries. */
  openOf(day: number): void {
    const { signals, lots } = this
    const from = this.nextRow
    let to = from
    while (to < signals.day.length && signals.day[to] < day) to++
    this.nextRow = to
    const closedByBreaker = day <= this.closedUntil
    if (to === from && !this.trimDue && !closedByBreaker) return
    this.openEquity = NaN
    this.exposureKnown = false

    for (let row = from; row < to; row++) {
      if (signals.direction[row] === 0) this.closeSymbol(signals.symbol[row], day)
    }
    if (this.trimDue) this.trimLots(day)
    if (closedByBreaker) {
      for (let i = 0; i < lots.length; i++) this.closeAtOpen(i, day, lots.shares[i], breaker)
      lots.compact()
    }
    for (let row = from; row < to; row++) {
      if (signals.direction[row] !== 0) this.enter(row, day, closedByBreaker)
    }
  }

  private trades(symbol: number, day: number): boolean {
    const at = symbol * this.days + day
    const open = this.panel.open[at]
    const close = this.panel.close[at]
    return open === open && close === close
  }

  private closeSymbol(symbol: number, day: number): void {
    if (this.held[symbol] === 0) return
    const { lots } = this
    let closed = false
    for (let i = 0; i < lots.length; i++) {
      if (lots.symbol[i] !== symbol) continue
      if (!this.closeAtOpen(i, day, lots.shares[i], signal)) return
      closed = true
    }
    if (closed) lots.compact()
  }

  private trimLots(day: number): void {
    this.trimDue = false
    const { above, to } = this.rules.trim!
    const { lots, rules } = this
    const sizingEquity = this.sizingEquity(day)
    for (let i = 0; i < lots.length; i++) {
      if (!(lots.shares[i] * lots.mark[i] > above * this.previousEquity)) continue
      if (!this.trades(lots.symbol[i], day)) {
        this.counters.notTrading++
        continue
      }
      const price = this.panel.open[lots.symbol[i] * this.days + day]
      let kept = Math.max(0, to * sizingEquity) / price
      if (rules.wholeShares) kept = wholeUnits(kept, lots.unit[i])
      if (kept < lots.shares[i]) this.closeAtOpen(i, day, lots.shares[i] - kept, trim)
    }
    lots.compact()
  }

  /** False, and counted, when the symbol does not trade. */
  private closeAtOpen(i: number, day: number, shares: number, reason: number): boolean {
    const symbol = this.lots.symbol[i]
    if (!this.trades(symbol, day)) {
      this.counters.notTrading++
      return false
    }
    this.measureOpen(day)
    this.exposureKnown = false
    this.close(i, day, this.panel.open[symbol * this.days + day], shares, reason, false, false)
    return true
  }

  /** Books the exit of `shares` of a lot at a price before slippage. */
  private close(
    i: number,
    day: number,
    price: number,
    shares: number,
    reason: number,
    ambiguous: boolean,
    breach: boolean,
  ): void {
    const { lots, ledger } = this
    const direction = lots.direction[i]
    const fill = price * (1 - direction * this.slip)
    const entry = lots.entryPrice[i]
    const part = shares === lots.shares[i] ? 1 : shares / lots.shares[i]
    const borrow = lots.borrow[i] * part
    const exitCommission = this.commission * shares * fill
    const fees = this.commission * shares * entry + exitCommission + borrow
    this.money += direction * shares * fill - exitCommission

    const k = ledger.append()
    ledger.symbol[k] = lots.symbol[i]
    ledger.direction[k] = direction
    ledger.shares[k] = shares
    ledger.entryDay[k] = lots.entryDay[i]
    ledger.entryPrice[k] = entry
    ledger.exitDay[k] = day
    ledger.exitPrice[k] = fill
    ledger.exit[k] = reason
    ledger.ambiguous[k] = ambiguous ? 1 : 0
    ledger.breach[k] = breach ? 1 : 0
    ledger.row[k] = lots.row[i]
    ledger.bars[k] = lots.bars[i]
    ledger.stop[k] = lots.firstStop[i]
    ledger.target[k] = lots.firstTarget[i]
    ledger.fees[k] = fees
    ledger.borrow[k] = borrow
    ledger.slippage[k] = shares * (lots.slippage[i] + Math.abs(fill - price))
    ledger.profit[k] = direction * shares * (fill - entry) - fees

    lots.borrow[i] -= borrow
    if (part === 1) this.held[lots.symbol[i]]--
    lots.shares[i] = part === 1 ? 0 : lots.shares[i] - shares
  }

  /** Equity marked at today's opens, before any order of the morning. */
  private measureOpen(day: number): void {
    if (this.rules.sizeOn !== 'open' || this.openEquity === this.openEquity) return
    const { lots } = this
    let equity = this.money
    for (let i = 0; i < lots.length; i++) {
      equity += lots.direction[i] * lots.shares[i] * this.openOrMark(i, day)
    }
    this.openEquity = equity
  }

  private sizingEquity(day: number): number {
    if (this.rules.sizeOn !== 'open') return this.previousEquity
    this.measureOpen(day)
    return this.openEquity
  }

  /** Price at which a lot counts in the morning: today's open, its fill if it was bought today, else its mark. */
  private openOrMark(i: number, day: number): number {
    const symbol = this.lots.symbol[i]
    return this.lots.entryDay[i] < day && this.trades(symbol, day)
      ? this.panel.open[symbol * this.days + day]
      : this.lots.mark[i]
  }

  private enter(row: number, day: number, closedByBreaker: boolean): void {
    const { panel, signals, rules, lots, counters } = this
    const symbol = signals.symbol[row]
    const direction = signals.direction[row]
    if (!this.trades(symbol, day)) {
      counters.notTrading++
      return
    }
    if (closedByBreaker) {
      counters.breakerHeld++
      return
    }
    if (!rules.overlap) {
      const held = this.held[symbol] > 0 ? this.heldDirection[symbol] : 0
      if (held === direction) {
        counters.alreadyHeld++
        return
      }
      if (held !== 0) {
        this.closeSymbol(symbol, day)
        if (rules.onOpposite !== 'reverse') return
      }
    }
    if (direction < 0 && !rules.allowShort) {
      counters.shortsRefused++
      return
    }
    const { limits } = rules
    if (limits.lots !== undefined && lots.length >= limits.lots) {
      counters.noRoom++
      return
    }

    const at = symbol * this.days + day
    const open = panel.open[at]
    const fill = open * (1 + direction * this.slip)
    const trail = positive(rules.trailingStop) * fill
    let stopLevel = levelOf(row, signals.stop, signals.stopFraction, rules.stop, fill, -direction)
    const trailLevel = fill - direction * trail
    if (trailLevel === trailLevel && !(direction * stopLevel > direction * trailLevel)) stopLevel = trailLevel
    const targetLevel = levelOf(row, signals.target, signals.targetFraction, rules.target, fill, direction)

    const equity = this.sizingEquity(day)
    const size = signals.size === undefined ? NaN : signals.size[row]
    const wanted = wantedShares(
      panel,
      rules.sizing,
      symbol,
      signals.day[row],
      equity,
      fill,
      stopLevel,
      signals.conviction[row],
      size,
    )
    if (!(wanted > 0)) {
      counters.belowMinimum++
      return
    }
    const room = this.room(symbol, direction, day, equity) / fill
    let shares = room < wanted ? room : wanted
    const factor = panel.rawFactor === undefined ? 1 : panel.rawFactor[at]
    const unit = factor > 0 ? factor : 1
    if (rules.wholeShares) shares = wholeUnits(shares, unit)
    if (!(shares > 0)) {
      if (room < wanted) counters.noRoom++
      else counters.belowMinimum++
      return
    }
    if (limits.minimumTrade !== undefined && shares * fill < limits.minimumTrade * (1 - sameWithin)) {
      counters.belowMinimum++
      return
    }

    this.money -= direction * shares * fill + this.commission * shares * fill
    const i = lots.append()
    this.openGross += shares * fill
    this.openNet += direction * shares * fill
    this.held[symbol]++
    this.heldDirection[symbol] = direction
    lots.symbol[i] = symbol
    lots.direction[i] = direction
    lots.shares[i] = shares
    lots.entryDay[i] = day
    lots.entryPrice[i] = fill
    lots.row[i] = row
    lots.bars[i] = 0
    lots.maxBars[i] = barLimit(signals.horizon[row], rules.maxBars)
    lots.stop[i] = stopLevel === stopLevel ? direction * stopLevel : -Infinity
    lots.target[i] = targetLevel === targetLevel ? direction * targetLevel : Infinity
    lots.firstStop[i] = stopLevel
    lots.firstTarget[i] = targetLevel
    lots.mark[i] = fill
    lots.unit[i] = unit
    lots.borrow[i] = 0
    lots.slippage[i] = Math.abs(fill - open)
  }

  /** Money that the limits on exposure leave for an order; ∞ when none binds. */
  private room(symbol: number, direction: number, day: number, equity: number): number {
    const { limits } = this.rules
    const { previousEquity } = this
    if (!this.exposureKnown) this.measureExposure(day)
    let room = (limits.gross === undefined ? equity : limits.gross * previousEquity) - this.openGross
    if (limits.position !== undefined) room = Math.min(room, limits.position * previousEquity)
    if (limits.net !== undefined) {
      room = Math.min(room, limits.net * previousEquity - direction * this.openNet)
    }
    if (limits.sector !== undefined) {
      const sector = this.panel.sector === undefined ? -1 : this.panel.sector[symbol]
      if (sector >= 0)
        room = Math.min(room, limits.sector * previousEquity - this.sectorExposure(sector, day))
    }
    return room
  }

  private measureExposure(day: number): void {
    const { lots } = this
    this.openGross = 0
    this.openNet = 0
    for (let i = 0; i < lots.length; i++) {
      const value = lots.shares[i] * this.openOrMark(i, day)
      this.openGross += value
      this.openNet += lots.direction[i] * value
    }
    this.exposureKnown = true
  }

  private sectorExposure(sector: number, day: number): number {
    const { lots } = this
    const sectors = this.panel.sector!
    let exposure = 0
    for (let i = 0; i < lots.length; i++) {
      if (sectors[lots.symbol[i]] === sector) exposure += lots.shares[i] * this.openOrMark(i, day)
    }
    return exposure
  }

  /** Exits during the bar and at its close, then marks, trailing stops, breakers. */
  barOf(day: number): void {
    const { panel, lots, rules, days, lastDay } = this
    const { open, high, low, close } = panel
    // No lot is added during a bar, so the columns stay where they are.
    const { symbol, direction, shares, mark, bars, maxBars, stop: stops, target: targets, entryPrice } = lots
    const trailing = positive(rules.trailingStop)
    const isLast = day === this.last
    const count = lots.length
    let exits = 0
    let gross = 0
    let net = 0
    for (let i = 0; i < count; i++) {
      const at = symbol[i] * days + day
      const side = direction[i]
      const o = side * open[at]
      const c = close[at]
      if (o === o && c === c) {
        bars[i]++
        const worst = side > 0 ? low[at] : -high[at]
        const best = side > 0 ? high[at] : -low[at]
        const equal = sameWithin * entryPrice[i]
        const stopAt = stops[i] + equal
        const targetAt = targets[i] - equal
        if (worst <= stopAt || o <= stopAt || best >= targetAt || o >= targetAt) {
          exits++
          this.exitInBar(i, day, o, worst, best, equal)
          continue
        }
        if (bars[i] === maxBars[i]) {
          this.close(i, day, c, shares[i], time, false, false)
          exits++
          continue
        }
        if (lastDay[symbol[i]] === day && !isLast) {
          this.counters.delisted++
          this.close(i, day, c, shares[i], delisted, false, false)
          exits++
          continue
        }
        mark[i] = c
        if (trailing === trailing) {
          const level = side * c - trailing * entryPrice[i]
          if (level > stops[i]) stops[i] = level
        }
      }
      const value = shares[i] * mark[i]
      gross += value
      net += side * value
      if (isLast) {
        this.close(i, day, mark[i], shares[i], end, false, false)
        exits++
      } else if (side < 0 && this.dailyBorrow !== 0) {
        const owed = value * this.dailyBorrow
        lots.borrow[i] += owed
        this.money -= owed
      }
    }
    if (exits > 0) lots.compact()
    const equity = this.money + (isLast ? 0 : net)
    const k = day - this.first
    this.gross[k] = gross
    this.net[k] = net
    this.cash[k] = this.money
    this.equity[k] = equity
    this.endOfDay(day, k, equity)
  }

  /**
   * Closes a lot that reached a level. Prices are times the direction of the lot: `worst` is the low of a long, minus the high of a short.
   * Closer than `equal` counts as reached.
   */
  private exitInBar(i: number, day: number, open: number, worst: number, best: number, equal: number): void {
    const { lots, counters } = this
    const side = lots.direction[i]
    const stopAt = lots.stop[i]
    const targetAt = lots.target[i]
    if (open <= stopAt + equal) {
      const breach = open < stopAt - equal && lots.entryDay[i] < day
      if (breach) counters.breaches++
      this.close(i, day, side * open, lots.shares[i], stopGap, false, breach)
      return
    }
    if (open >= targetAt - equal) {
      this.close(i, day, side * open, lots.shares[i], targetGap, false, false)
      return
    }
    const stopped = worst <= stopAt + equal
    const reached = best >= targetAt - equal
    const ambiguous = stopped && reached
    if (ambiguous) counters.ambiguous++
    const stopFirst = ambiguous ? this.stopComesFirst(open - stopAt, targetAt - open) : stopped
    if (stopFirst) this.close(i, day, side * stopAt, lots.shares[i], stop, ambiguous, false)
    else this.close(i, day, side * targetAt, lots.shares[i], target, ambiguous, false)
  }

  private stopComesFirst(toStop: number, toTarget: number): boolean {
    switch (this.rules.ambiguousBar) {
      case 'pessimistic':
        return true
      case 'optimistic':
        return false
      case 'nearest-open':
        return toStop <= toTarget
    }
  }

  private endOfDay(day: number, k: number, equity: number): void {
    const { breakers, trim: trimming } = this.rules
    if (trimming !== undefined && trimming.everyDays > 0 && (k + 1) % trimming.everyDays === 0) {
      this.trimDue = true
    }
    if (breakers !== undefined) {
      const { dailyLoss, drawdown } = breakers
      if (dailyLoss !== undefined && isDown(equity, this.previousEquity, dailyLoss)) {
        this.counters.breakersTripped++
        this.closedUntil = Math.max(this.closedUntil, day + 1)
      }
      if (day === this.drawdownUntil || equity > this.peak) this.peak = equity
      if (drawdown !== undefined && day >= this.drawdownUntil && isDown(equity, this.peak, drawdown)) {
        this.counters.breakersTripped++
        this.drawdownUntil = day + drawdownPause
        this.closedUntil = Math.max(this.closedUntil, this.drawdownUntil)
      }
    }
    this.previousEquity = equity
  }
}

function isDown(equity: number, from: number, fraction: number): boolean {
  return equity - from * (1 - fraction) <= sameWithin * from
}
