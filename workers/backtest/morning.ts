import type { Panel } from '../quant/panel.ts'
import type { RiskRules, Signals } from '../systems/system.ts'
import { barClose, barOpen } from './bars.ts'
import type { Bars } from './bars.ts'
import type { Book } from './book.ts'
import { exitCode } from './ledger.ts'
import { barLimit, levelOf, positive } from './levels.ts'
import { sameWithin, wantedShares, wholeUnits } from './sizing.ts'

const { signal, trim, breaker } = exitCode

/** The open of a day: carries out what was decided before, under the limits. */
export class Morning {
  private panel!: Panel
  private bars!: Bars
  private signals!: Signals
  private rules!: RiskRules
  private days = 0
  private nextRow = 0
  private rows = 0
  /** Signals bring levels or fractions of their own; else those of the rules, NaN where there is none. */
  private ownLevels = false
  private stop = NaN
  private target = NaN
  private trailing = NaN
  /** The first `closes` and `entries` values are rows of this morning. */
  private closing = new Int32Array(64)
  private entering = new Int32Array(64)
  private closes = 0
  private entries = 0
  private openEquity = NaN
  /** Exposure of this morning, lots bought in it included; measured when the first entry needs it. */
  private exposureKnown = false
  private openGross = 0
  private openNet = 0

  constructor(private readonly book: Book) {}

  /** Decisions made before the day `first` are left out. */
  begin(panel: Panel, bars: Bars, signals: Signals, rules: RiskRules, first: number): void {
    this.panel = panel
    this.signals = signals
    this.rules = rules
    this.bars = bars
    this.days = panel.dates.length
    this.rows = signals.day.length
    const { stop: stops, target: targets, stopFraction, targetFraction } = signals
    this.ownLevels = (stops ?? targets ?? stopFraction ?? targetFraction) !== undefined
    this.stop = positive(rules.stop)
    this.target = positive(rules.target)
    this.trailing = positive(rules.trailingStop)
    this.nextRow = 0
    while (this.nextRow < this.rows && signals.day[this.nextRow] < first) this.nextRow++
  }

  /** Day of the next decision that has not been carried out, or `otherwise` after the last. */
  nextDecision(otherwise: number): number {
    return this.nextRow < this.rows ? this.signals.day[this.nextRow] : otherwise
  }

  /** Carries out what was decided at the previous close: closing orders first, then entries. */
  carryOut(day: number, trimDue: boolean, closedByBreaker: boolean): void {
    const from = this.nextRow
    const decided = this.signals.day
    let to = from
    while (to < this.rows && decided[to] < day) to++
    if (to === from && !trimDue && !closedByBreaker) return
    this.nextRow = to
    this.openEquity = NaN
    this.exposureKnown = false
    this.sortOrders(from, to)
    const { closing, entering, closes, entries } = this
    if (closes > 0) {
      for (let k = 0; k < closes; k++) this.closeSymbol(this.signals.symbol[closing[k]], day)
      this.book.lots.compact()
    }
    if (trimDue) this.trimLots(day)
    if (closedByBreaker) this.closeAll(day)
    const { symbol, direction } = this.signals
    const { held, heldDirection } = this.book
    const single = !this.rules.overlap && !closedByBreaker
    for (let k = 0; k < entries; k++) {
      const row = entering[k]
      const s = symbol[row]
      // Most entries repeat what is held: they are dropped here, without the way through all the rules.
      if (single && held[s] > 0 && heldDirection[s] === direction[row]) {
        if (this.book.trades(s, day)) this.book.counters.alreadyHeld++
        else this.book.counters.notTrading++
      } else {
        this.enter(row, day, closedByBreaker)
      }
    }
  }

  /**
   * Rows of the morning that close something held, and rows that enter. Without branches: which is which
   * cannot be predicted, and a wrong guess of the processor costs more than the rest of the loop.
   */
  private sortOrders(from: number, to: number): void {
    if (this.closing.length < to - from) {
      this.closing = new Int32Array(2 * (to - from))
      this.entering = new Int32Array(2 * (to - from))
    }
    const { closing, entering } = this
    const { symbol, direction } = this.signals
    const { held } = this.book
    let closes = 0
    let entries = 0
    for (let row = from; row < to; row++) {
      const enters = direction[row] & 1
      closing[closes] = row
      closes += (1 - enters) & (-held[symbol[row]] >>> 31)
      entering[entries] = row
      entries += enters
    }
    this.closes = closes
    this.entries = entries
  }

  private closeAll(day: number): void {
    const { lots } = this.book
    for (let k = 0; k < lots.length; k++) {
      const i = lots.order[k]
      this.closeAtOpen(i, day, lots.shares[i], breaker)
    }
    lots.compact()
  }

  /** Closes what is held of a symbol; the lots stay in their places until `compact`. */
  private closeSymbol(symbol: number, day: number): void {
    const { book } = this
    const { lots } = book
    let left = book.held[symbol]
    if (left === 0) return
    const newest = book.newest[symbol]
    if (left === 1 && lots.symbol[newest] === symbol && lots.shares[newest] !== 0) {
      this.closeAtOpen(newest, day, lots.shares[newest], signal)
      return
    }
    for (let k = 0; left > 0; k++) {
      const i = lots.order[k]
      if (lots.symbol[i] !== symbol || lots.shares[i] === 0) continue
      if (!this.closeAtOpen(i, day, lots.shares[i], signal)) return
      left--
    }
  }

  private trimLots(day: number): void {
    const { above, to } = this.rules.trim!
    const { book, rules } = this
    const { lots } = book
    const sizingEquity = this.sizingEquity(day)
    for (let k = 0; k < lots.length; k++) {
      const i = lots.order[k]
      const most = above * this.book.previousEquity * (1 + sameWithin)
      if (!(lots.shares[i] * lots.mark[i] > most)) continue
      if (!this.book.trades(lots.symbol[i], day)) {
        this.book.counters.notTrading++
        continue
      }
      const price = this.book.openOf(lots.symbol[i], day)
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
    this.book.close(i, day, this.book.openOf(symbol, day), shares, reason, false, false)
    return true
  }

  /** Equity marked at today's opens, before any order of the morning. */
  private measureOpen(day: number): void {
    if (this.rules.sizeOn !== 'open' || this.openEquity === this.openEquity) return
    const { lots } = this.book
    let equity = this.book.money
    for (let k = 0; k < lots.length; k++) {
      const i = lots.order[k]
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
      ? this.book.openOf(symbol, day)
      : this.book.lots.mark[i]
  }

  private enter(row: number, day: number, closedByBreaker: boolean): void {
    const { panel, signals, rules, book } = this
    const { lots, counters } = book
    const symbol = signals.symbol[row]
    const direction = signals.direction[row]
    const { prices, symbols } = this.bars
    const at = (day * symbols + symbol) * 4
    const open = prices[at + barOpen]
    const close = prices[at + barClose]
    if (open !== open || close !== close) {
      counters.notTrading++
      return
    }
    if (closedByBreaker) {
      counters.breakerHeld++
      return
    }
    if (!rules.overlap) {
      // What is held in the same direction has been dropped before.
      if (this.book.held[symbol] > 0) {
        this.closeSymbol(symbol, day)
        lots.compact()
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

    const fill = open * (1 + direction * this.book.slip)
    let stopLevel = this.ownLevels
      ? levelOf(row, signals.stop, signals.stopFraction, rules.stop, fill, -direction)
      : fill - direction * (fill * this.stop)
    const trailLevel = fill - direction * this.trailing * fill
    if (trailLevel === trailLevel && !(direction * stopLevel > direction * trailLevel)) stopLevel = trailLevel
    const targetLevel = this.ownLevels
      ? levelOf(row, signals.target, signals.targetFraction, rules.target, fill, direction)
      : fill + direction * (fill * this.target)

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
    const factor = panel.rawFactor === undefined ? 1 : panel.rawFactor[symbol * this.days + day]
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
    book.held[symbol]++
    book.heldDirection[symbol] = direction
    book.newest[symbol] = i
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
    const { order, symbol, direction, shares, mark, entryDay, length } = lots
    const { prices, symbols } = this.bars
    const first = day * symbols
    let gross = 0
    let net = 0
    for (let k = 0; k < length; k++) {
      const i = order[k]
      const at = (first + symbol[i]) * 4
      const today = prices[at + barOpen]
      const close = prices[at + barClose]
      const counts = entryDay[i] < day && today === today && close === close
      const value = shares[i] * (counts ? today : mark[i])
      gross += value
      net += direction[i] * value
    }
    this.openGross = gross
    this.openNet = net
    this.exposureKnown = true
  }

  private sectorExposure(sector: number, day: number): number {
    const { lots } = this.book
    const sectors = this.panel.sector!
    let exposure = 0
    for (let k = 0; k < lots.length; k++) {
      const i = lots.order[k]
      if (sectors[lots.symbol[i]] === sector) exposure += lots.shares[i] * this.openOrMark(i, day)
    }
    return exposure
  }
}
