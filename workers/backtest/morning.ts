import type { Panel } from '../quant/panel.ts'
import type { RiskRules, Signals } from '../systems/system.ts'
import type { Book } from './book.ts'
import { exitCode } from './ledger.ts'
import { barLimit, levelOf, positive } from './levels.ts'
import { sameWithin, wantedShares, wholeUnits } from './sizing.ts'

const { signal, trim, breaker } = exitCode

/** The open of a day: carries out what was decided before, under the limits. */
export class Morning {
  private readonly book: Book
  private readonly panel: Panel
  private readonly signals: Signals
  private readonly rules: RiskRules
  private nextRow = 0
  private openEquity = NaN
  /** Exposure of this morning, lots bought in it included; measured when the first entry needs it. */
  private exposureKnown = false
  private openGross = 0
  private openNet = 0

  /** Decisions made before the day `first` are left out. */
  constructor(book: Book, panel: Panel, signals: Signals, rules: RiskRules, first: number) {
    this.book = book
    this.panel = panel
    this.signals = signals
    this.rules = rules
    while (this.nextRow < signals.day.length && signals.day[this.nextRow] < first) this.nextRow++
  }

  /** Carries out what was decided at the previous close: closing orders first, then entries. */
  carryOut(day: number, trimDue: boolean, closedByBreaker: boolean): void {
    const { signals, book } = this
    const { lots } = book
    const from = this.nextRow
    let to = from
    while (to < signals.day.length && signals.day[to] < day) to++
    this.nextRow = to
    if (to === from && !trimDue && !closedByBreaker) return
    this.openEquity = NaN
    this.exposureKnown = false

    for (let row = from; row < to; row++) {
      if (signals.direction[row] === 0) this.closeSymbol(signals.symbol[row], day)
    }
    if (trimDue) this.trimLots(day)
    if (closedByBreaker) {
      for (let i = 0; i < lots.length; i++) this.closeAtOpen(i, day, lots.shares[i], breaker)
      lots.compact()
    }
    for (let row = from; row < to; row++) {
      if (signals.direction[row] !== 0) this.enter(row, day, closedByBreaker)
    }
  }

  private closeSymbol(symbol: number, day: number): void {
    if (this.book.held[symbol] === 0) return
    const { lots } = this.book
    let closed = false
    for (let i = 0; i < lots.length; i++) {
      if (lots.symbol[i] !== symbol) continue
      if (!this.closeAtOpen(i, day, lots.shares[i], signal)) return
      closed = true
    }
    if (closed) lots.compact()
  }

  private trimLots(day: number): void {
    const { above, to } = this.rules.trim!
    const { book, rules } = this
    const { lots } = book
    const sizingEquity = this.sizingEquity(day)
    for (let i = 0; i < lots.length; i++) {
      const most = above * this.book.previousEquity * (1 + sameWithin)
      if (!(lots.shares[i] * lots.mark[i] > most)) continue
      if (!this.book.trades(lots.symbol[i], day)) {
        this.book.counters.notTrading++
        continue
      }
      const price = this.panel.open[lots.symbol[i] * this.book.days + day]
      let kept = Math.max(0, to * sizingEquity) / price
      if (rules.wholeShares) kept = wholeUnits(kept, lots.unit[i])
      if (kept < lots.shares[i] * (1 - sameWithin)) this.closeAtOpen(i, day, lots.shares[i] - kept, trim)
    }
    lots.compact()
  }

  /** False, and counted, when the symbol does not trade. */
  private closeAtOpen(i: number, day: number, shares: number, reason: number): boolean {
    const symbol = this.book.lots.symbol[i]
    if (!this.book.trades(symbol, day)) {
      this.book.counters.notTrading++
      return false
    }
    this.measureOpen(day)
    this.exposureKnown = false
    this.book.close(i, day, this.panel.open[symbol * this.book.days + day], shares, reason, false, false)
    return true
  }

  /** Equity marked at today's opens, before any order of the morning. */
  private measureOpen(day: number): void {
    if (this.rules.sizeOn !== 'open' || this.openEquity === this.openEquity) return
    const { lots } = this.book
    let equity = this.book.money
    for (let i = 0; i < lots.length; i++) {
      equity += lots.direction[i] * lots.shares[i] * this.openOrMark(i, day)
    }
    this.openEquity = equity
  }

  private sizingEquity(day: number): number {
    if (this.rules.sizeOn !== 'open') return this.book.previousEquity
    this.measureOpen(day)
    return this.openEquity
  }

  /** Price at which a lot counts in the morning: today's open, its fill if it was bought today, else its mark. */
  private openOrMark(i: number, day: number): number {
    const symbol = this.book.lots.symbol[i]
    return this.book.lots.entryDay[i] < day && this.book.trades(symbol, day)
      ? this.panel.open[symbol * this.book.days + day]
      : this.book.lots.mark[i]
  }

  private enter(row: number, day: number, closedByBreaker: boolean): void {
    const { panel, signals, rules, book } = this
    const { lots, counters } = book
    const symbol = signals.symbol[row]
    const direction = signals.direction[row]
    if (!this.book.trades(symbol, day)) {
      counters.notTrading++
      return
    }
    if (closedByBreaker) {
      counters.breakerHeld++
      return
    }
    if (!rules.overlap) {
      const held = this.book.held[symbol] > 0 ? this.book.heldDirection[symbol] : 0
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

    const at = symbol * this.book.days + day
    const open = panel.open[at]
    const fill = open * (1 + direction * this.book.slip)
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
    // Two limits that are equal but for rounding leave no order.
    if (!(shares * fill > sameWithin * equity)) {
      if (room < wanted) counters.noRoom++
      else counters.belowMinimum++
      return
    }
    if (limits.minimumTrade !== undefined && shares * fill < limits.minimumTrade * (1 - sameWithin)) {
      counters.belowMinimum++
      return
    }

    this.book.money -= direction * shares * fill + this.book.commission * shares * fill
    const i = lots.append()
    this.openGross += shares * fill
    this.openNet += direction * shares * fill
    this.book.held[symbol]++
    this.book.heldDirection[symbol] = direction
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
    const { previousEquity } = this.book
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
    const { lots } = this.book
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
    const { lots } = this.book
    const sectors = this.panel.sector!
    let exposure = 0
    for (let i = 0; i < lots.length; i++) {
      if (sectors[lots.symbol[i]] === sector) exposure += lots.shares[i] * this.openOrMark(i, day)
    }
    return exposure
  }
}
