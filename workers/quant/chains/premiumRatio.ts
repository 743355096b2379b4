import type { ChainSlice } from '../chainTables.ts'
import { exp, log } from '../elementary.ts'
import { americanValue } from '../options/american.ts'
import { europeanPrice, type Sign } from '../options/european.ts'
import { exercisePremium } from './earlyExercise.ts'
import type { ExpiryForward } from './forwards.ts'
import type { ChainPoints } from './readPoints.ts'
import type { SmilePoints } from './smilePoints.ts'

const NODES = 5
/** Of the strike: a tenth of a premium below this is nothing. */
const LEAST = 1e-5
const BOUNDS = { from: 0.5, to: 2 }

/** Ratios of the calls and puts of an expiry. */
export interface PremiumRatios {
  call: PremiumRatio
  put: PremiumRatio
}

/**
 * The exact premium of early exercise over that of the closed form, along the strikes of one right of an expiry: it
 * changes slowly, so a few strikes tell it for all.
 */
export class PremiumRatio {
  /** [nodes] */
  private readonly ratio = new Float64Array(NODES).fill(1)
  private readonly step: number

  /**
   * @param from lowest log-moneyness
   * @param to highest
   * @param volAt volatility at a log-moneyness
   */
  constructor(
    sign: Sign,
    { spot, forward, years, dividendYield }: ExpiryForward,
    rate: number,
    private readonly from: number,
    to: number,
    volAt: (x: number) => number,
  ) {
    this.step = Math.max(1e-9, (to - from) / (NODES - 1))
    // Puts are exercised for interest, calls for dividends: where neither is paid nothing is to be told.
    if (!((sign < 0 ? rate : dividendYield) > 0)) return
    for (let node = 0; node < NODES; node++) {
      const x = from + node * this.step
      const vol = volAt(x)
      if (!(vol > 0)) continue
      const strike = forward * exp(x)
      const european = europeanPrice(sign, spot, strike, years, rate, dividendYield, vol)
      const quick = exercisePremium(sign, spot, strike, years, rate, dividendYield, vol, european)
      if (!(quick > LEAST * strike)) continue
      const exact = americanValue(sign, spot, strike, years, rate, dividendYield, vol) - european
      this.ratio[node] = Math.min(BOUNDS.to, Math.max(BOUNDS.from, exact / quick))
    }
  }

  /** Ratio at a log-moneyness. */
  at(x: number): number {
    const place = Math.min(NODES - 1, Math.max(0, (x - this.from) / this.step))
    const below = Math.min(NODES - 2, Math.floor(place))
    const share = place - below
    return this.ratio[below] + share * (this.ratio[below + 1] - this.ratio[below])
  }
}

/** So many deviations about the forward; further in the money exercise is due at once, which the closed form knows. */
const REACH = 2.5

/** Ratios for the strikes of each expiry, at the volatilities of its quotes. */
export function premiumRatios(
  { rows }: ChainSlice,
  { points, forwards }: Pick<ChainPoints, 'points' | 'forwards'>,
  rate: number,
): PremiumRatios[] {
  return forwards.map((of, e) => {
    const volAt = (x: number) => between(points[e], x)
    const reach = REACH * volAt(0) * Math.sqrt(of.years)
    const from = Math.max(-reach, log(rows.strike[of.first] / of.forward))
    const to = Math.min(reach, log(rows.strike[of.last - 1] / of.forward))
    const ratioOf = (sign: Sign) => new PremiumRatio(sign, of, rate, from, to, volAt)
    return { call: ratioOf(1), put: ratioOf(-1) }
  })
}

/** Volatility between the two nearest points, in a straight line; flat outside, NaN without points. */
function between({ x, vol }: SmilePoints, at: number): number {
  const next = x.findIndex((value) => value >= at)
  if (next < 0) return vol.at(-1) ?? NaN
  if (next === 0) return vol[0]
  const share = (at - x[next - 1]) / (x[next] - x[next - 1])
  return vol[next - 1] + share * (vol[next] - vol[next - 1])
}
