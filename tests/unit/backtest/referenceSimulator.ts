import type {
  Counters,
  ExitReason,
  Panel,
  RiskRules,
  Signals,
  Trade,
} from '../../../workers/backtest/simulate.ts'

/**
 * The rules of the simulation, written a second time: one function per sentence, plain objects, nothing
 * done once that can be done again. Slow, and meant to be read beside “Simulation rules” in the design.
 */
export interface ReferenceRun {
  trades: Trade[]
  equity: number[]
  cash: number[]
  /** `tooSmall`: below the minimum trade, or nothing left of it under the limits. */
  counters: Pick<Counters, 'notTrading' | 'ambiguous' | 'breaches' | 'delisted'> & { tooSmall: number }
}

interface Lot {
  symbol: number
  direction: 1 | -1
  shares: number
  signalDay: number
  entryDay: number
  entryPrice: number
  unit: number
  stop: number | null
  target: number | null
  trailingDistance: number | null
  bestClose: number
  barsHeld: number
  barsAllowed: number | null
  entryCommission: number
  borrow: number
  mark: number
}

interface Bar {
  open: number
  high: number
  low: number
  close: number
}

interface Decision {
  day: number
  symbol: number
  direction: number
  conviction: number
  horizon: number
  stop: number | null
  target: number | null
  stopFraction: number | null
  targetFraction: number | null
  size: number | null
}

const daysPerYear = 252
const pausedMornings = 21

/** Equal but for rounding. */
const same = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))
const atOrBelow = (a: number, b: number) => a < b || same(a, b)
const atOrAbove = (a: number, b: number) => a > b || same(a, b)
const given = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) || value <= 0 ? null : value
const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value

export function referenceSimulator(panel: Panel, signals: Signals, rules: RiskRules): ReferenceRun {
  const dayCount = panel.dates.length
  const slippage = rules.costs.slippageBps / 10_000
  const commission = rules.costs.commissionBps / 10_000
  const { limits } = rules

  const trades: Trade[] = []
  const equityOfDay: number[] = []
  const cashOfDay: number[] = []
  const counters = { notTrading: 0, tooSmall: 0, ambiguous: 0, breaches: 0, delisted: 0 }
  let lots: Lot[] = []
  let cash = rules.capital
  let previousEquity = rules.capital
  let peak = rules.capital
  /** The mornings up to this one see no entries, and close what is held. */
  let pausedUntil = -1
  let drawdownPauseEnds = -1
  let trimMorning = -1

  const decisions: Decision[] = Array.from(signals.day, (day, row) => ({
    day,
    symbol: signals.symbol[row],
    direction: signals.direction[row],
    conviction: signals.conviction[row],
    horizon: signals.horizon[row],
    stop: given(signals.stop?.[row]),
    target: given(signals.target?.[row]),
    stopFraction: orNull(signals.stopFraction?.[row]),
    targetFraction: orNull(signals.targetFraction?.[row]),
    size: orNull(signals.size?.[row]),
  }))

  function barOf(symbol: number, day: number): Bar | null {
    const at = symbol * dayCount + day
    const bar = { open: panel.open[at], high: panel.high[at], low: panel.low[at], close: panel.close[at] }
    return Number.isNaN(bar.open) || Number.isNaN(bar.close) ? null : bar
  }

  function lastTradedDay(symbol: number): number {
    for (let day = dayCount - 1; day >= 0; day--) if (barOf(symbol, day)) return day
    return -1
  }

  /** Slippage moves every fill against the trade. */
  const buyingPrice = (price: number) => price * (1 + slippage)
  const sellingPrice = (price: number) => price * (1 - slippage)

  /** Whole shares are whole raw shares at the entry. */
  function wholeShares(shares: number, unit: number): number {
    const raw = shares / unit
    return (same(Math.round(raw), raw) ? Math.round(raw) : Math.floor(raw)) * unit
  }

  function exit(
    lot: Lot,
    shares: number,
    price: number,
    day: number,
    exitReason: ExitReason,
    ambiguous = false,
  ) {
    const exitPrice = lot.direction > 0 ? sellingPrice(price) : buyingPrice(price)
    const exitCommission = exitPrice * shares * commission
    const part = shares / lot.shares
    const entryCommission = lot.entryCommission * part
    const borrow = lot.borrow * part
    const fees = entryCommission + exitCommission + borrow
    cash += lot.direction * exitPrice * shares - exitCommission
    trades.push({
      symbol: lot.symbol,
      direction: lot.direction,
      shares,
      signalDay: lot.signalDay,
      entryDay: lot.entryDay,
      entryPrice: lot.entryPrice,
      exitDay: day,
      exitPrice,
      exitReason,
      ambiguous,
      fees,
      profit: lot.direction * (exitPrice - lot.entryPrice) * shares - fees,
    })
    lot.shares -= shares
    lot.entryCommission -= entryCommission
    lot.borrow -= borrow
    if (ambiguous) counters.ambiguous++
    if (part === 1) lots = lots.filter((other) => other !== lot)
  }

  const markedAtClose = () => lots.reduce((sum, lot) => sum + lot.direction * lot.shares * lot.mark, 0)

  const openOrMark = (lot: Lot, day: number) =>
    lot.entryDay === day ? lot.entryPrice : (barOf(lot.symbol, day)?.open ?? lot.mark)

  // Open.

  /** Closing orders come first: direction 0, trims, breakers. */
  function closingOrders(day: number, orders: Decision[], sizingEquity: number) {
    for (const order of orders.filter(({ direction }) => direction === 0)) closeSymbol(order.symbol, day)
    if (rules.trim && trimMorning === day) for (const lot of [...lots]) trimLot(lot, day, sizingEquity)
    if (day <= pausedUntil) for (const lot of [...lots]) closeByBreaker(lot, day)
  }

  function closeSymbol(symbol: number, day: number) {
    const held = lots.filter((lot) => lot.symbol === symbol)
    const bar = barOf(symbol, day)
    if (held.length > 0 && !bar) counters.notTrading++
    if (bar) for (const lot of held) exit(lot, lot.shares, bar.open, day, 'signal')
  }

  function closeByBreaker(lot: Lot, day: number) {
    const bar = barOf(lot.symbol, day)
    if (bar) exit(lot, lot.shares, bar.open, day, 'breaker')
    else counters.notTrading++
  }

  const lotsToTrim = new Set<Lot>()

  function trimLot(lot: Lot, day: number, sizingEquity: number) {
    if (!lotsToTrim.has(lot)) return
    const bar = barOf(lot.symbol, day)
    if (!bar) {
      counters.notTrading++
      return
    }
    const most = Math.max(0, rules.trim!.to * sizingEquity) / bar.open
    const kept = rules.wholeShares ? wholeShares(most, lot.unit) : most
    if (kept < lot.shares && !same(kept, lot.shares)) exit(lot, lot.shares - kept, bar.open, day, 'trim')
  }

  function entry(order: Decision, day: number, sizingEquity: number) {
    const direction = order.direction as 1 | -1
    const bar = barOf(order.symbol, day)
    if (!bar) {
      counters.notTrading++
      return
    }
    if (!rules.overlap) {
      const held = lots.filter((lot) => lot.symbol === order.symbol)
      if (held.some((lot) => lot.direction === direction)) return
      for (const lot of held) exit(lot, lot.shares, bar.open, day, 'signal')
      if (held.length > 0 && rules.onOpposite !== 'reverse') return
    }
    if (direction < 0 && !rules.allowShort) return
    if (day <= pausedUntil) return
    if (limits.lots !== undefined && lots.length >= limits.lots) {
      counters.tooSmall++
      return
    }

    const fill = direction > 0 ? buyingPrice(bar.open) : sellingPrice(bar.open)
    const stop = levelOf(fill, -direction, order.stop, order.stopFraction, given(rules.stop))
    const target = levelOf(fill, direction, order.target, order.targetFraction, given(rules.target))
    const trailingDistance = given(rules.trailingStop) === null ? null : rules.trailingStop! * fill
    const firstStop = tighter(
      direction,
      stop,
      trailingDistance === null ? null : fill - direction * trailingDistance,
    )
    const unit = panel.rawFactor ? panel.rawFactor[order.symbol * dayCount + day] : 1

    const wanted = wantedMoney(order, fill, firstStop, sizingEquity)
    if (!(wanted > 0)) {
      counters.tooSmall++
      return
    }
    const left = room(order.symbol, direction, day, sizingEquity)
    const money = Math.min(wanted, left)
    const rounded = rules.wholeShares ? wholeShares(money / fill, unit) : money / fill
    if (!(rounded * fill > 1e-12 * sizingEquity)) {
      counters.tooSmall++
      return
    }
    if (
      limits.minimumTrade !== undefined &&
      rounded * fill < limits.minimumTrade &&
      !same(rounded * fill, limits.minimumTrade)
    ) {
      counters.tooSmall++
      return
    }
    const horizons = [order.horizon, rules.maxBars ?? 0].filter((bars) => bars > 0)
    const entryCommission = rounded * fill * commission
    cash -= direction * rounded * fill + entryCommission
    lots.push({
      symbol: order.symbol,
      direction,
      shares: rounded,
      signalDay: order.day,
      entryDay: day,
      entryPrice: fill,
      unit,
      stop: firstStop,
      target,
      trailingDistance,
      bestClose: fill,
      barsHeld: 0,
      barsAllowed: horizons.length > 0 ? Math.min(...horizons) : null,
      entryCommission,
      borrow: 0,
      mark: fill,
    })
  }

  function levelOf(
    fill: number,
    side: number,
    level: number | null,
    fraction: number | null,
    rule: number | null,
  ) {
    if (level !== null) return level
    const part = fraction ?? rule
    return part === null || part <= 0 ? null : fill * (1 + side * part)
  }

  function tighter(direction: number, a: number | null, b: number | null): number | null {
    if (a === null) return b
    if (b === null) return a
    return direction > 0 ? Math.max(a, b) : Math.min(a, b)
  }

  /** Sizing happens at the fill. */
  function wantedMoney(order: Decision, fill: number, stop: number | null, equity: number): number {
    if (order.size !== null) return order.size * equity
    const { sizing } = rules
    switch (sizing.kind) {
      case 'risk':
        if (stop !== null && same(fill, stop)) return NaN
        return ((sizing.budget * equity) / Math.abs(fill - (stop ?? 0))) * fill
      case 'conviction':
        return Math.min(sizing.max, sizing.scale * order.conviction) * equity
      case 'equal':
        return sizing.fraction * equity
      case 'volatility':
        return (sizing.target / yearlyVolatility(order.symbol, order.day, sizing.days)) * equity
    }
  }

  /** Sample deviation of the last simple returns × √252; NaN before there are enough. */
  function yearlyVolatility(symbol: number, day: number, count: number): number {
    const closes: number[] = []
    for (let t = 0; t <= day; t++) {
      const bar = barOf(symbol, t)
      if (bar) closes.push(bar.close)
    }
    const returns = closes
      .slice(1)
      .map((close, i) => close / closes[i] - 1)
      .slice(-count)
    if (returns.length < count) return NaN
    const mean = returns.reduce((sum, x) => sum + x, 0) / count
    const deviation = Math.sqrt(returns.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1))
    return deviation > 1e-12 ? deviation * Math.sqrt(daysPerYear) : NaN
  }

  /** Limits are fractions of the previous close's equity; every one cuts the order. */
  function room(symbol: number, direction: number, day: number, sizingEquity: number): number {
    const value = (lot: Lot) => lot.shares * openOrMark(lot, day)
    const sum = (some: Lot[], of: (lot: Lot) => number) => some.reduce((total, lot) => total + of(lot), 0)
    const sectorOf = (of: number) => panel.sector?.[of] ?? -1
    const rooms = [
      limits.gross === undefined
        ? sizingEquity - sum(lots, value)
        : limits.gross * previousEquity - sum(lots, value),
    ]
    if (limits.position !== undefined) rooms.push(limits.position * previousEquity)
    if (limits.net !== undefined)
      rooms.push(limits.net * previousEquity - direction * sum(lots, (lot) => lot.direction * value(lot)))
    if (limits.sector !== undefined && sectorOf(symbol) >= 0)
      rooms.push(
        limits.sector * previousEquity -
          sum(
            lots.filter((lot) => sectorOf(lot.symbol) === sectorOf(symbol)),
            value,
          ),
      )
    return Math.min(...rooms)
  }

  // During the bar.

  /** A lot held from before: at the open. A lot of this morning: at the open too if that has passed its level. */
  function exitAtOpen(lot: Lot, bar: Bar, day: number): boolean {
    const passed = lot.direction > 0 ? atOrBelow : atOrAbove
    const reached = lot.direction > 0 ? atOrAbove : atOrBelow
    if (lot.stop !== null && passed(bar.open, lot.stop)) {
      const worse = !same(bar.open, lot.stop)
      if (worse && lot.entryDay < day) counters.breaches++
      exit(lot, lot.shares, bar.open, day, 'stop-gap')
      return true
    }
    if (lot.target !== null && reached(bar.open, lot.target)) {
      exit(lot, lot.shares, bar.open, day, 'target-gap')
      return true
    }
    return false
  }

  function exitInBar(lot: Lot, bar: Bar, day: number): void {
    const long = lot.direction > 0
    const stopHit = lot.stop !== null && (long ? atOrBelow(bar.low, lot.stop) : atOrAbove(bar.high, lot.stop))
    const targetHit =
      lot.target !== null && (long ? atOrAbove(bar.high, lot.target) : atOrBelow(bar.low, lot.target))
    const both = stopHit && targetHit
    if (both ? stopFirst(lot, bar) : stopHit) exit(lot, lot.shares, lot.stop!, day, 'stop', both)
    else if (targetHit) exit(lot, lot.shares, lot.target!, day, 'target', both)
  }

  function stopFirst(lot: Lot, bar: Bar): boolean {
    if (rules.ambiguousBar === 'pessimistic') return true
    if (rules.ambiguousBar === 'optimistic') return false
    return atOrBelow(Math.abs(bar.open - lot.stop!), Math.abs(bar.open - lot.target!))
  }

  // Close.

  function exitAtClose(lot: Lot, bar: Bar, day: number): void {
    lot.barsHeld++
    lot.mark = bar.close
    if (lot.barsAllowed !== null && lot.barsHeld >= lot.barsAllowed)
      exit(lot, lot.shares, bar.close, day, 'time')
    else if (day === dayCount - 1) return
    else if (day === lastTradedDay(lot.symbol)) {
      counters.delisted++
      exit(lot, lot.shares, bar.close, day, 'delisted')
    }
  }

  function moveTrailingStop(lot: Lot, bar: Bar): void {
    if (lot.trailingDistance === null) return
    lot.bestClose =
      lot.direction > 0 ? Math.max(lot.bestClose, bar.close) : Math.min(lot.bestClose, bar.close)
    lot.stop = tighter(lot.direction, lot.stop, lot.bestClose - lot.direction * lot.trailingDistance)
  }

  function chargeBorrow(lot: Lot): void {
    if (lot.direction > 0) return
    const charge = (lot.shares * lot.mark * rules.costs.borrowRate) / daysPerYear
    lot.borrow += charge
    cash -= charge
  }

  /** On the equity that is in no position. */
  function payInterest(): void {
    const held = lots.reduce((sum, lot) => sum + lot.shares * lot.mark, 0)
    cash += (Math.max(0, cash + markedAtClose() - held) * (rules.cashRate ?? 0)) / daysPerYear
  }

  function breakers(day: number, equity: number): void {
    if (day === drawdownPauseEnds) peak = equity
    peak = Math.max(peak, equity)
    const { dailyLoss, drawdown } = rules.breakers ?? {}
    if (given(dailyLoss) !== null && atOrBelow(equity, previousEquity * (1 - dailyLoss!)))
      pausedUntil = Math.max(pausedUntil, day + 1)
    if (given(drawdown) !== null && day >= drawdownPauseEnds && atOrBelow(equity, peak * (1 - drawdown!))) {
      drawdownPauseEnds = day + pausedMornings
      pausedUntil = Math.max(pausedUntil, drawdownPauseEnds)
    }
  }

  function decideTrims(day: number, equity: number): void {
    lotsToTrim.clear()
    if (!rules.trim || (day + 1) % rules.trim.everyDays !== 0) return
    trimMorning = day + 1
    for (const lot of lots)
      if (
        lot.shares * lot.mark > rules.trim.above * equity &&
        !same(lot.shares * lot.mark, rules.trim.above * equity)
      )
        lotsToTrim.add(lot)
  }

  for (let day = 0; day < dayCount; day++) {
    const sizingEquity =
      rules.sizeOn === 'open'
        ? cash + lots.reduce((sum, lot) => sum + lot.direction * lot.shares * openOrMark(lot, day), 0)
        : previousEquity
    const orders = decisions.filter((decision) => decision.day === day - 1)
    closingOrders(day, orders, sizingEquity)
    for (const order of orders.filter(({ direction }) => direction !== 0)) entry(order, day, sizingEquity)

    for (const lot of [...lots]) {
      const bar = barOf(lot.symbol, day)
      if (bar && !exitAtOpen(lot, bar, day)) exitInBar(lot, bar, day)
    }

    for (const lot of [...lots]) {
      const bar = barOf(lot.symbol, day)
      if (bar) exitAtClose(lot, bar, day)
    }
    for (const lot of lots) {
      const bar = barOf(lot.symbol, day)
      if (bar) moveTrailingStop(lot, bar)
    }
    if (day === dayCount - 1) for (const lot of [...lots]) exit(lot, lot.shares, lot.mark, day, 'end')
    for (const lot of lots) chargeBorrow(lot)
    if (day < dayCount - 1) payInterest()

    const equity = cash + markedAtClose()
    equityOfDay.push(equity)
    cashOfDay.push(cash)
    breakers(day, equity)
    decideTrims(day, equity)
    previousEquity = equity
  }
  return { trades, equity: equityOfDay, cash: cashOfDay, counters }
}
