import { marginOf } from '../../quant/structures/margin.ts'
import { mostLoss } from '../../quant/structures/payoff.ts'
import type { Leg, StructureKind } from '../../quant/structures.ts'
import type { Expression } from '../../systems/system.ts'
import { sameWithin } from '../sizing.ts'
import { chooseLegs } from './choose.ts'
import type { LegMark, Lot, Priced } from './lot.ts'
import type { OptionMarket } from './optionMarket.ts'

/** A short option with less time value than this share of its price could be assigned early. */
const noTimeValue = 0.002

/** What the legs of structures are worth at the close of a day, and what selling or opening them takes. */
export class LegPricing {
  /** @param slip of shares, fraction of their price */
  constructor(
    private readonly market: OptionMarket,
    private readonly expression: Expression,
    private readonly slip: number,
  ) {}

  /** The quote of the day where there is one, else the smile of the newest chain, else the model. */
  mark(lot: Pick<Lot, 'symbol' | 'entryDay' | 'ratio' | 'rich'>, leg: Leg, i: number, day: number): LegMark {
    const { market } = this
    const { panel } = market
    const { symbol, ratio } = lot
    if (leg.right === 0) {
      const start = symbol * panel.dates.length
      const price = panel.close[start + day] * (panel.rawFactor?.[start + lot.entryDay] ?? 1)
      return {
        price,
        spot: price,
        years: 0,
        dividendYield: 0,
        vol: NaN,
        from: 'quoted',
        half: this.slip * price,
      }
    }
    const strike = leg.strike / ratio
    const state = market.stateOf(symbol, day, strike, leg.expiry)
    const quote = market.quoteOf(symbol, day, leg.right, strike, leg.expiry)
    const { spot, years, dividendYield } = state
    const mark = (price: number, vol: number, from: LegMark['from'], half: number): LegMark => ({
      price: ratio * price,
      spot: ratio * spot,
      years,
      dividendYield,
      vol,
      from,
      half: ratio * half,
    })
    if (quote !== null) {
      const vol = market.volOf(leg.right, strike, quote.mid, state)
      lot.rich[i] = vol > 0 && state.fromChain ? vol - state.vol : 0
      return mark(quote.mid, vol, 'quoted', (quote.ask - quote.bid) / 2)
    }
    if (!state.fromChain) lot.rich[i] = 0
    const vol = Math.max(0.01, state.vol + lot.rich[i])
    const priced = { ...state, vol }
    const price = market.valueOf(leg.right, strike, priced)
    const half = market.halfSpreadOf(price, market.greeksOf(leg.right, strike, priced).delta)
    return mark(price, vol, state.fromChain ? 'surface' : 'model', half)
  }

  /** Values, exposure and margin of a lot by its marks. */
  value(lot: Lot): void {
    lot.value = 0
    lot.proceeds = 0
    lot.exposure = 0
    let assignable = false
    lot.legs.forEach((leg, i) => {
      const mark = lot.marks[i]
      lot.value += leg.quantity * mark.price
      lot.proceeds += leg.quantity * mark.price - Math.abs(leg.quantity) * this.paid(leg, mark)
      lot.exposure += leg.quantity * this.deltaOf(leg, mark) * mark.spot
      if (leg.right === 0) return
      lot[mark.from]++
      const intrinsic = leg.right * (mark.spot - leg.strike)
      if (leg.quantity < 0 && intrinsic > 0 && mark.price - intrinsic < noTimeValue * mark.price)
        assignable = true
    })
    if (assignable) lot.assignable++
  }

  deltaOf(leg: Leg, { spot, years, dividendYield, vol }: LegMark): number {
    if (leg.right === 0) return 1
    if (!(vol > 0)) return leg.right * (spot - leg.strike) > 0 ? leg.right : 0
    return this.market.greeksOf(leg.right, leg.strike, { spot, years, dividendYield, vol, fromChain: true })
      .delta
  }

  /** What crossing the spread costs a share; nobody pays more to sell than there is to be had. */
  paid(leg: Leg, { price, half }: LegMark): number {
    if (leg.right === 0) return half
    const cost = this.expression.spreadPaid * half
    return leg.quantity > 0 ? Math.min(price, cost) : cost
  }

  /** Leaves a lot at the intrinsic values of its options; shares keep their price. */
  settle(lot: Lot): void {
    lot.marks = lot.marks.map((mark, i) => {
      const leg = lot.legs[i]
      if (leg.right === 0) return mark
      return { ...mark, price: Math.max(0, leg.right * (mark.spot - leg.strike)), half: 0, years: 0 }
    })
    if (lot.history.length > 0) lot.history[lot.history.length - 1] = lot.marks
    lot.value = 0
    lot.proceeds = 0
    lot.legs.forEach((leg, i) => {
      lot.value += leg.quantity * lot.marks[i].price
      lot.proceeds +=
        leg.quantity * lot.marks[i].price - Math.abs(leg.quantity) * this.paid(leg, lot.marks[i])
    })
  }

  /** A structure as it could be opened at the close of a day. */
  priced(kind: StructureKind, symbol: number, direction: 1 | -1, day: number): Priced | null {
    const legs = chooseLegs(this.market, kind, symbol, day, direction, this.expression)
    if (legs === null) return null
    const rich = new Float64Array(legs.length)
    const marks = legs.map((leg, i) => this.mark({ symbol, entryDay: day, ratio: 1, rich }, leg, i, day))
    if (!marks.every(({ price }) => price > 0)) return null
    let value = 0
    let cost = 0
    let exposure = 0
    legs.forEach((leg, i) => {
      value += leg.quantity * marks[i].price
      cost += leg.quantity * marks[i].price
      // To open, an option sold is sold at its bid, and one bought is bought at its ask.
      const spread = leg.right === 0 ? marks[i].half : this.expression.spreadPaid * marks[i].half
      cost += Math.abs(leg.quantity) * (leg.quantity < 0 ? Math.min(marks[i].price, spread) : spread)
      exposure += leg.quantity * this.deltaOf(leg, marks[i]) * marks[i].spot
    })
    const spot = marks[0].spot
    const prices = marks.map(({ price }) => price)
    const loss = mostLoss(legs, cost)
    const margin = Math.max(0, marginOf(legs, prices, spot).amount)
    return { kind, symbol, direction, legs, marks, rich, value, cost, exposure, mostLoss: loss, margin }
  }

  /** Whether the spreads of the options together are more than the share of their prices that is allowed. */
  tooWide({ legs, marks }: Priced): boolean {
    const { mostSpread } = this.expression
    if (mostSpread === undefined) return false
    let spread = 0
    let value = 0
    legs.forEach(({ right, quantity }, i) => {
      if (right === 0) return
      spread += Math.abs(quantity) * 2 * marks[i].half
      value += Math.abs(quantity) * marks[i].price
    })
    return spread > mostSpread * value * (1 + sameWithin)
  }
}
