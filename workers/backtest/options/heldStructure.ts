import { legGreeks, legValue, type PricedLeg } from '../../quant/structures/value.ts'
import type { OpenStructure } from '../structures/openStructures.ts'
import type { OptionMarket } from '../structures/optionMarket.ts'
import type { Greeks, MarkFrom } from './contract.ts'
import { shownGreeks, sumGreeks } from './shownGreeks.ts'

/** Worst last: what a structure is as good as. */
const sources: readonly MarkFrom[] = ['quoted', 'surface', 'model']

/** A leg as it is held: priced in units of the day it was opened, at its own price of the share. */
interface HeldLeg extends PricedLeg {
  /** Of the share with its dividends for shares, of the share alone for options. */
  spot: number
  units: number
}

/** A structure at the close of a day, to be valued where the share and its volatility go. Money of the position. */
export class HeldStructure {
  readonly value: number
  readonly from: MarkFrom
  /** Shares that one of the day it was opened has become. */
  readonly ratio: number
  private readonly legs: HeldLeg[]

  /** @param day of the panel */
  constructor(
    readonly open: OpenStructure,
    market: OptionMarket,
    day: number,
  ) {
    const { lot, marks } = open
    this.legs = lot.legs.map((leg, i) => {
      const { years, dividendYield, vol } = marks[i]
      const spot = leg.right === 0 ? marks[i].price : marks[i].spot
      return { ...leg, years, dividendYield, vol, rate: market.model.rate, spot, units: lot.units }
    })
    this.value = lot.units * lot.legs.reduce((sum, { quantity }, i) => sum + quantity * marks[i].price, 0)
    this.from = sources[Math.max(...marks.map(({ from }) => sources.indexOf(from)))]
    this.ratio = 1
    for (let at = lot.entryDay + 1; at <= day; at++) this.ratio *= market.actions.splitOn(lot.symbol, at)
  }

  /** By the share as it is today. */
  greeks(): Greeks {
    const { ratio } = this
    return sumGreeks(
      this.legs.map((leg) => {
        const slopes = legGreeks(leg, leg.spot)
        const scaled = { ...slopes, delta: ratio * slopes.delta, gamma: ratio * ratio * slopes.gamma }
        return shownGreeks(scaled, leg.units * leg.quantity)
      }),
    )
  }

  /** Delta × price of the share. */
  exposure(): number {
    return this.legs.reduce(
      (sum, leg) => sum + leg.units * leg.quantity * legGreeks(leg, leg.spot).delta * leg.spot,
      0,
    )
  }

  /**
   * Adds to `into` what the position gains from now if the share moves.
   * @param moves fractions
   * @param later years from now
   * @param shift of all volatilities
   */
  addChanges(into: Float64Array, moves: Float64Array, later: number, shift: number): void {
    for (const leg of this.legs) {
      const now = legValue(leg, leg.spot)
      const held = leg.units * leg.quantity
      // One leg after the other: its exercise boundary is the same wherever the share goes.
      moves.forEach((move, i) => {
        into[i] += held * (legValue(leg, leg.spot * (1 + move), later, shift) - now)
      })
    }
  }

  /** The smallest move of the share, up or down, at which the position has gained so much today; NaN where none does. */
  moveFor(gain: number): number {
    const changes = new Float64Array(wayOut.length)
    this.addChanges(changes, wayOut, 0, 0)
    let nearest = NaN
    for (let i = 1; i < wayOut.length; i++) {
      const above = changes[i] >= gain
      if (changes[i - 1] >= gain === above) continue
      const found = this.crossing(gain, wayOut[i - 1], wayOut[i], above)
      if (!(Math.abs(found) >= Math.abs(nearest))) nearest = found
    }
    return nearest
  }

  private crossing(gain: number, low: number, high: number, rising: boolean): number {
    const at = new Float64Array(1)
    const change = new Float64Array(1)
    for (let step = 0; step < 20; step++) {
      at[0] = (low + high) / 2
      change[0] = 0
      this.addChanges(change, at, 0, 0)
      if (change[0] >= gain === rising) high = at[0]
      else low = at[0]
    }
    return (low + high) / 2
  }
}

/** Moves among which a level is looked for. */
const wayOut = Float64Array.from({ length: 91 }, (_, i) => (i - 45) / 50)
