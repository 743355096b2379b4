import type { Panel } from '../../quant/panel.ts'
import { structureKinds } from '../../quant/structures.ts'
import type { Leg } from '../../quant/structures.ts'
import type { Expression, RiskRules, Signals } from '../../systems/system.ts'
import type { Counters } from '../api.ts'
import type { Bars } from '../bars.ts'
import { exitCode, Ledger } from '../ledger.ts'
import { barLimit } from '../levels.ts'
import { drawdownPause, goesOn } from '../simulator.ts'
import { daysPerYear, sameWithin } from '../sizing.ts'
import { LegPricing } from './legPricing.ts'
import type { Lot, Priced } from './lot.ts'
import { optionMarketOf } from './optionMarket.ts'
import type { OptionMarket } from './optionMarket.ts'
import { multiplier, orderSize } from './orderSize.ts'
import { record } from './record.ts'
import { setLevels } from './structureLevels.ts'

/**
 * The simulation of signals that are traded as structures of options; the twin of `Simulator`, with the same results.
 * One pass over days; options are quoted at the close, so everything happens there:
 *
 * 1. Splits: strikes and contracts follow, values do not move. Every leg is marked at the middle of its quote, else by
 *    the smile of the newest chain (a contract that was quoted richer than the smile stays as much richer), else by
 *    the model; each mark is counted by where it is from.
 * 2. What leaves: at expiry by intrinsic value (`assignment` where an option sold ends in the money; its shares are
 *    delivered at the strike, which is the same money), then what was decided at the close before, breakers, stops and
 *    targets on what selling would bring now, time, nearness of expiry (closed, or rolled into a later one), the end
 *    of the symbol (intrinsic value, as in a takeover for cash) and of the run. All but expiry is sold at the bid and
 *    bought back at the ask, or the part of the spread that is paid.
 * 3. What enters: decided at the close before, filled at this close. Contracts by exposure (their delta × spot against
 *    the size a share position would have) or by premium; by premium also what has no direction. At least one contract
 *    where its largest loss stays within the size. Limits cut the order: exposure counts as delta × spot, and cash as
 *    money less margin (`marginOf`), of which nothing is borrowed.
 * 4. Equity = money + middle values.
 *
 * Shares alone keep their stops and targets within the bar, at its open or their level; beside options they are
 * watched at the close. Trailing stops, trims and the limit on sectors are rules for shares, and are left out here.
 * Early assignment is not simulated; days on which it could have happened are counted.
 */
export class StructureSimulator {
  equity = new Float64Array(0)
  cash = new Float64Array(0)
  gross = new Float64Array(0)
  net = new Float64Array(0)
  days = 0
  interest = 0
  readonly book: { ledger: Ledger; counters: Counters } = { ledger: new Ledger(256), counters: noCounts() }
  /** [trades] the lot behind each entry of the ledger */
  closed: Lot[] = []
  private panel!: Panel
  private market!: OptionMarket
  private pricing!: LegPricing
  private signals!: Signals
  private rules!: RiskRules
  private expression!: Expression
  private money = 0
  private lots: Lot[] = []
  private previousEquity = 0
  private last = 0
  private openEnd = false
  private lastDay = new Int32Array(0)
  private slip = 0
  private commission = 0

  /** @param keep daily marks of every lot, for attribution and greeks; a sweep reads the equity alone */
  constructor(private readonly keep = true) {}

  /** As `Simulator.run`; the rules must have an expression. */
  run(
    panel: Panel,
    _bars: Bars,
    signals: Signals,
    rules: RiskRules,
    first: number,
    last: number,
    open = false,
  ): void {
    this.openEnd = open
    this.begin(panel, signals, rules, first, last)
    const { breakers } = rules
    let next = 0
    while (next < signals.day.length && signals.day[next] < first) next++
    let peak = rules.capital
    let closedUntil = -1
    let drawdownUntil = -1
    for (let day = first; day <= last; day++) {
      for (const lot of this.lots) this.follow(lot, day)
      const from = next
      while (next < signals.day.length && signals.day[next] < day) next++
      this.leave(day, from, next, day <= closedUntil)
      if (day < last || open) for (let row = from; row < next; row++) this.order(row, day, day <= closedUntil)
      const k = day - first
      this.account(k)
      const equity = this.equity[k]
      if (breakers?.dailyLoss !== undefined && isDown(equity, this.previousEquity, breakers.dailyLoss)) {
        this.book.counters.breakersTripped++
        closedUntil = Math.max(closedUntil, day + 1)
      }
      if (day === drawdownUntil || equity > peak) peak = equity
      if (
        breakers?.drawdown !== undefined &&
        day >= drawdownUntil &&
        isDown(equity, peak, breakers.drawdown)
      ) {
        this.book.counters.breakersTripped++
        drawdownUntil = day + drawdownPause
        closedUntil = Math.max(closedUntil, drawdownUntil)
      }
      this.previousEquity = equity
    }
    // What is held goes into the ledger as if it were sold; equity and cash are those of holding it.
    if (open) for (const lot of this.lots) this.close(lot, last, exitCode.end)
  }

  private begin(panel: Panel, signals: Signals, rules: RiskRules, first: number, last: number): void {
    const days = Math.max(0, last - first + 1)
    if (this.equity.length < days) {
      this.equity = new Float64Array(days)
      this.cash = new Float64Array(days)
      this.gross = new Float64Array(days)
      this.net = new Float64Array(days)
    }
    this.days = days
    this.interest = 0
    this.panel = panel
    this.signals = signals
    this.rules = rules
    this.expression = rules.expression!
    this.market = optionMarketOf(panel, this.expression.model)
    this.money = rules.capital
    this.previousEquity = rules.capital
    this.lots = []
    this.closed = []
    this.book.ledger.length = 0
    Object.assign(this.book.counters, noCounts())
    this.last = last
    this.slip = rules.costs.slippageBps / 10_000
    this.commission = rules.costs.commissionBps / 10_000
    this.pricing = new LegPricing(this.market, this.expression, this.slip)
    this.lastDay = Int32Array.from(panel.symbols, (_, symbol) => {
      let day = last
      while (day >= first && !this.trades(symbol, day)) day--
      return this.openEnd && goesOn(day, last, panel.ended?.[symbol]) ? last + 1 : day
    })
  }

  private trades(symbol: number, day: number): boolean {
    const at = symbol * this.panel.dates.length + day
    return this.panel.close[at] > 0 && this.panel.open[at] > 0
  }

  // ── Marks ───────────────────────────────────────────────────────────────

  /** Takes a lot to the close of a day. */
  private follow(lot: Lot, day: number): void {
    if (!this.trades(lot.symbol, day)) return
    lot.ratio *= this.market.actions.splitOn(lot.symbol, day)
    lot.bars++
    lot.marks = lot.legs.map((leg, i) => this.pricing.mark(lot, leg, i, day))
    this.pricing.value(lot)
    lot.adverse = Math.min(lot.adverse, (lot.proceeds - lot.cost) / lot.atRisk)
    lot.favourable = Math.max(lot.favourable, (lot.proceeds - lot.cost) / lot.atRisk)
    if (this.keep) {
      lot.history.push(lot.marks)
      lot.days.push(day)
    }
  }

  // ── Leaving ─────────────────────────────────────────────────────────────

  private leave(day: number, from: number, to: number, closedByBreaker: boolean): void {
    const { lots, signals, rules } = this
    if (lots.length === 0) return
    const ordered = new Set<number>()
    for (let row = from; row < to; row++) {
      const symbol = signals.symbol[row]
      const against = (lot: Lot) => lot.symbol === symbol && lot.direction !== signals.direction[row]
      if (signals.direction[row] === 0 || (!rules.overlap && lots.some(against))) ordered.add(symbol)
    }
    const kept: Lot[] = []
    for (const lot of lots) {
      const traded = this.trades(lot.symbol, day)
      if (!traded && (day < this.last || this.openEnd)) {
        if (ordered.has(lot.symbol) || closedByBreaker) this.book.counters.notTrading++
        kept.push(lot)
        continue
      }
      const rolled = this.exit(lot, day, ordered.has(lot.symbol), closedByBreaker)
      if (rolled !== null) kept.push(rolled)
    }
    this.lots = kept
  }

  /** Closes a lot where something says so. @returns what is held afterwards; null = nothing */
  private exit(lot: Lot, day: number, ordered: boolean, closedByBreaker: boolean): Lot | null {
    const { dates } = this.panel
    // After the last day of the prices the next weekday is as good as known; what expires later is sold, or held.
    const next = day + 1 < dates.length ? dates[day + 1] : nextWeekday(dates[day])
    if (lot.expiry > 0 && lot.expiry < next) return this.expire(lot, day)
    if (lot.kind === 'shares' && this.exitInBar(lot, day)) return null
    if (ordered) return this.close(lot, day, exitCode.signal)
    if (closedByBreaker) return this.close(lot, day, exitCode.breaker)
    if (lot.kind !== 'shares') {
      const equal = sameWithin * lot.atRisk
      if (lot.proceeds <= lot.stop + equal) return this.close(lot, day, exitCode.stop)
      if (lot.proceeds >= lot.target - equal) return this.close(lot, day, exitCode.target)
    }
    if (lot.maxBars > 0 && lot.bars >= lot.maxBars) return this.close(lot, day, exitCode.time)
    if (this.lastDay[lot.symbol] === day && (day < this.last || this.openEnd)) {
      this.book.counters.delisted++
      return this.close(lot, day, exitCode.delisted, true)
    }
    if (day === this.last && !this.openEnd) return this.close(lot, day, exitCode.end)
    const { closeBefore, roll } = this.expression
    if (lot.expiry > 0 && closeBefore > 0 && lot.expiry - dates[day] <= closeBefore) {
      if (!roll) return this.close(lot, day, exitCode.time)
      return this.roll(lot, day)
    }
    return lot
  }

  /** Stops and targets of shares are reached within the bar, at the open or at their level, the stop first. */
  private exitInBar(lot: Lot, day: number): boolean {
    const { panel } = this
    const at = lot.symbol * panel.dates.length + day
    const scale = panel.rawFactor?.[lot.symbol * panel.dates.length + lot.entryDay] ?? 1
    const side = lot.direction
    const open = side * panel.open[at] * scale
    const worst = (side > 0 ? panel.low[at] : -panel.high[at]) * scale
    const best = (side > 0 ? panel.high[at] : -panel.low[at]) * scale
    const equal = sameWithin * Math.abs(lot.cost)
    const leaveAt = (value: number, reason: number): true => {
      lot.value = value
      lot.proceeds = value - this.slip * Math.abs(value)
      this.close(lot, day, reason)
      return true
    }
    if (open <= lot.stop + equal) return leaveAt(open, exitCode['stop-gap'])
    if (open >= lot.target - equal) return leaveAt(open, exitCode['target-gap'])
    if (worst <= lot.stop + equal) return leaveAt(lot.stop, exitCode.stop)
    if (best >= lot.target - equal) return leaveAt(lot.target, exitCode.target)
    return false
  }

  /** At expiry options are worth their intrinsic value; shares beside them are sold. */
  private expire(lot: Lot, day: number): null {
    const assigned = lot.legs.some(
      (leg, i) => leg.right !== 0 && leg.quantity < 0 && leg.right * (lot.marks[i].spot - leg.strike) > 0,
    )
    return this.close(lot, day, assigned ? exitCode.assignment : exitCode.expiry, true)
  }

  /** @param settled options leave at their intrinsic value, without a spread */
  private close(lot: Lot, day: number, reason: number, settled = false): null {
    if (settled) this.pricing.settle(lot)
    const { ledger, counters } = this.book
    const contracts = settled ? 0 : lot.contracts * optionLegs(lot.legs)
    let sold = 0
    let delivered = 0
    lot.legs.forEach((leg, i) => {
      const { price, spot } = lot.marks[i]
      if (leg.right === 0) sold += Math.abs(leg.quantity) * price
      else if (settled && leg.right * (spot - leg.strike) > 0)
        delivered += Math.abs(leg.quantity) * leg.strike
    })
    // Shares that are held go to whoever exercises: they change hands once.
    const shares = Math.max(sold, delivered)
    const fees = contracts * this.expression.contractFee + this.commission * shares * lot.units
    this.money += lot.units * lot.proceeds - fees
    lot.fees += fees + lot.borrow
    lot.exitSpread = lot.value - lot.proceeds
    lot.exitValue = lot.proceeds
    lot.exitDay = day
    lot.profit = lot.units * (lot.proceeds - lot.cost) - lot.fees
    const breach =
      reason === exitCode.stop && lot.kind !== 'shares' && lot.proceeds < lot.stop - sameWithin * lot.atRisk
    if (breach) counters.breaches++
    record(ledger, lot, reason, breach)
    this.closed.push(lot)
    return null
  }

  /** The same structure in a later expiry, as many contracts; where there is none the lot is closed. */
  private roll(lot: Lot, day: number): Lot | null {
    const opened = this.pricing.priced(lot.kind, lot.symbol, lot.direction, day)
    if (opened === null || this.pricing.tooWide(opened)) return this.close(lot, day, exitCode.time)
    this.close(lot, day, exitCode.roll)
    const next = this.open(opened, lot.contracts, lot.row, day)
    next.maxBars = lot.maxBars > 0 ? Math.max(1, lot.maxBars - lot.bars) : 0
    return next
  }

  // ── Entering ────────────────────────────────────────────────────────────

  private order(row: number, day: number, closedByBreaker: boolean): void {
    const { signals, rules, lots, book } = this
    const direction = signals.direction[row]
    if (direction === 0) return
    const symbol = signals.symbol[row]
    const side = direction > 0 ? 1 : -1
    if (!this.trades(symbol, day)) book.counters.notTrading++
    else if (closedByBreaker) book.counters.breakerHeld++
    else if (!rules.overlap && lots.some((lot) => lot.symbol === symbol)) book.counters.alreadyHeld++
    // What was held against it has left this very close.
    else if (!rules.overlap && rules.onOpposite !== 'reverse' && this.leftAgainst(symbol, side, day)) return
    else if (side < 0 && !rules.allowShort) book.counters.shortsRefused++
    else if (rules.limits.lots !== undefined && lots.length >= rules.limits.lots) book.counters.noRoom++
    else this.enter(row, symbol, side, day)
  }

  private leftAgainst(symbol: number, direction: 1 | -1, day: number): boolean {
    const { ledger } = this.book
    for (let i = ledger.length - 1; i >= 0 && ledger.exitDay[i] === day; i--) {
      const lot = this.closed[i]
      if (lot.symbol === symbol && lot.direction !== direction && ledger.exit[i] === exitCode.signal)
        return true
    }
    return false
  }

  private enter(row: number, symbol: number, direction: 1 | -1, day: number): void {
    const { signals, rules, expression, book } = this
    const own = signals.structure?.[row] ?? -1
    const kind = own >= 0 ? structureKinds[own] : expression.structure
    const opened = this.pricing.priced(kind, symbol, direction, day)
    if (opened === null) {
      book.counters.noContract = (book.counters.noContract ?? 0) + 1
      return
    }
    if (this.pricing.tooWide(opened)) {
      book.counters.tooWide = (book.counters.tooWide ?? 0) + 1
      return
    }
    const { panel, previousEquity: equity, money, lots } = this
    const contracts = orderSize(panel, signals, row, rules, opened, { equity, money, lots })
    if (typeof contracts === 'string') {
      book.counters[contracts]++
      return
    }
    const lot = this.open(opened, contracts, row, day)
    lot.maxBars = barLimit(signals.horizon[row], rules.maxBars)
    this.lots.push(lot)
  }

  private open(opened: Priced, contracts: number, row: number, day: number): Lot {
    const { legs, marks, cost, value, kind } = opened
    const units = contracts * (kind === 'shares' ? 1 : multiplier)
    const shares = legs.reduce(
      (sum, leg, i) => sum + (leg.right === 0 ? Math.abs(leg.quantity) * marks[i].price : 0),
      0,
    )
    const fees = contracts * optionLegs(legs) * this.expression.contractFee + this.commission * shares * units
    this.money -= units * cost + fees
    // Written out: a spread makes an object that is slow to read ever after.
    const lot: Lot = {
      symbol: opened.symbol,
      kind,
      direction: opened.direction,
      legs,
      units,
      contracts,
      row,
      entryDay: day,
      bars: 0,
      maxBars: 0,
      expiry: legs.reduce((latest, { expiry }) => Math.max(latest, expiry), 0),
      ratio: 1,
      cost,
      spread: cost - value,
      atRisk: cost > 0 ? cost : Math.max(opened.margin, Math.min(opened.mostLoss, 1e9)),
      mostLoss: opened.mostLoss,
      margin: opened.margin,
      stop: NaN,
      target: NaN,
      fees,
      borrow: 0,
      marks,
      rich: opened.rich,
      value,
      proceeds: 0,
      exposure: opened.exposure,
      adverse: 0,
      favourable: 0,
      quoted: 0,
      surface: 0,
      model: 0,
      assignable: 0,
      history: this.keep ? [marks] : [],
      days: this.keep ? [day] : [],
      exitDay: -1,
      exitValue: NaN,
      exitSpread: 0,
      profit: NaN,
    }
    this.pricing.value(lot)
    const delta = Math.abs(this.pricing.deltaOf(legs[0], marks[0]))
    setLevels(lot, this.panel, this.signals, row, this.rules, delta)
    return lot
  }

  // ── Account ─────────────────────────────────────────────────────────────

  private account(k: number): void {
    let value = 0
    let gross = 0
    let net = 0
    let tied = 0
    for (const lot of this.lots) {
      value += lot.units * lot.value
      gross += lot.units * Math.abs(lot.exposure)
      net += lot.units * lot.exposure
      tied += lot.units * lot.margin
      const [{ right, quantity }] = lot.legs
      if (right === 0 && quantity < 0) {
        const owed = (-quantity * lot.units * lot.marks[0].price * this.rules.costs.borrowRate) / daysPerYear
        lot.borrow += owed
        this.money -= owed
      }
    }
    const rate = (this.rules.cashRate ?? 0) / daysPerYear
    const idle = this.money + value - tied
    if (rate > 0 && idle > 0) {
      this.interest += idle * rate
      this.money += idle * rate
    }
    this.equity[k] = this.money + value
    this.cash[k] = this.money
    this.gross[k] = gross
    this.net[k] = net
  }
}

const optionLegs = (legs: readonly Leg[]) =>
  legs.reduce((sum, { right, quantity }) => sum + (right === 0 ? 0 : Math.abs(quantity)), 0)

/** 1970-01-01 was a Thursday. */
const nextWeekday = (day: number): number => day + ([1, 1, 1, 1, 3, 2, 1][(day + 3) % 7] ?? 1)

function isDown(equity: number, from: number, fraction: number): boolean {
  return equity - from * (1 - fraction) <= sameWithin * from
}

function noCounts(): Counters {
  return {
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
    noContract: 0,
    tooWide: 0,
  }
}
