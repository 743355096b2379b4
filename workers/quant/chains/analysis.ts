/** What is found out about one chain: forwards, implied volatilities, smiles, departures from them. */

/** How a chain is read. Fractions; rate a year, continuous. */
export interface StrikemapSettings {
  /**
   * `recommended`: z = residual ÷ √(half-spread² + cross-validated error of the fit²), in volatility, and a bound on
   * false discoveries. `original`: z = residual ÷ (1.4826 × MAD of the expiry), cheap below and dear above a level.
   */
  definition: 'recommended' | 'original'
  /** Fixed: a chain of American options does not tell rate and dividends apart. */
  rate: number
  /** False discoveries among the contracts called cheap or dear. */
  falseDiscovery: number
  /** Levels of z of the original definition: cheap below −cheapBelow, dear above dearAbove; both positive. */
  cheapBelow: number
  dearAbove: number
  /** Which contracts can be traded. */
  leastVolume: number
  leastOpenInterest: number
  /** Of the mid. */
  mostSpread: number
  /** Strike ÷ spot. */
  callFrom: number
  callTo: number
  putFrom: number
  putTo: number
}

export const recommendedStrikemap: StrikemapSettings = {
  definition: 'recommended',
  rate: 0.03,
  falseDiscovery: 0.1,
  cheapBelow: 1,
  dearAbove: 1.5,
  leastVolume: 50,
  leastOpenInterest: 100,
  mostSpread: 0.1,
  callFrom: 0.95,
  callTo: 1.15,
  putFrom: 0.85,
  putTo: 1.05,
}

/** Why a row is no part of a smile, by code; 0 = it is. */
export const rowStates = [
  'used',
  /** Neither a bid and an ask nor a last trade of the day. */
  'no quote',
  /** Nobody bids. */
  'zero bid',
  'no ask',
  'crossed',
  /** The mid lies outside the no-arbitrage bounds, or at intrinsic value. */
  'outside bounds',
  /** In the money: its twin out of the money says the same more exactly. It has a z all the same. */
  'in the money',
  'expired',
  /** So far from the forward that its price is little more than a tick: no smile is fitted there. */
  'far out',
] as const

/** A smile of one expiry; x = log(strike ÷ forward). */
export interface SmileFit {
  /**
   * `svi`: total variance w(x) = a + b(ρ(x − m) + √((x − m)² + σ²)), J. Gatheral (2004); held to the shape that the
   * whole chain has in common where the strikes of the expiry are few.
   * `quadratic`: volatility c0 + c1 y + c2 y², y = x ÷ √years, in a chain of few strikes. `none`: too few quotes.
   */
  kind: 'svi' | 'quadratic' | 'none'
  /** a, b, ρ, m, σ, or c0, c1, c2. */
  parameters: number[]
  /** Cross-validated error (root mean square, in volatility) as by leaving out strikes. */
  error: number
  /** Log-moneyness of the lowest and highest strike used: outside, the smile is a guess. */
  from: number
  to: number
}

export interface ExpiryAnalysis {
  expiry: number
  /** Calendar days ÷ 365. */
  years: number
  /** Rows of the slice, from and to (exclusive). */
  first: number
  last: number
  forward: number
  /** How it was found: near-the-money pairs made European, the prices in use, or another expiry. */
  forwardFrom: 'pairs' | 'spot' | 'neighbour'
  pairs: number
  /** Pairs whose quotes break the inequality of American put–call parity after the spread. */
  parityBreaks: number
  /** Continuous yield at which the forward grows: rate − ln(forward ÷ spot) ÷ years. */
  dividendYield: number
  atmVol: number
  fit: SmileFit
  /** Strikes used in the fit. */
  strikes: number
}

export interface ArbitrageFinding {
  kind: 'butterfly' | 'calendar'
  expiry: number
  /** Log-moneyness around which it is worst, and by how much (density below zero; total variance falling). */
  at: number
  amount: number
}

/** Columns have one value per row of the slice; NaN where it cannot be said. */
export interface ChainAnalysis {
  symbol: string
  day: number
  spot: number
  spotFrom: 'prices' | 'parity'
  /** Half of the rows' spreads are known. */
  quoted: boolean
  expiries: ExpiryAnalysis[]
  /** [rows] index into `expiries` */
  expiryOf: Int32Array
  /** [rows] code of `rowStates` */
  state: Uint8Array
  /** Middle of bid and ask; the last trade of the day where the file has no quotes. */
  mid: Float64Array
  /** American implied volatilities of mid, bid and ask. */
  vol: Float64Array
  volBid: Float64Array
  volAsk: Float64Array
  /** Of the smile, and the American price it gives. */
  fitVol: Float64Array
  fitPrice: Float64Array
  /** vol − fitVol */
  residual: Float64Array
  /** By the definition asked for, and by the other one. */
  z: Float64Array
  otherZ: Float64Array
  /** Two-sided, of the recommended z. */
  pValue: Float64Array
  /** −1 cheap, +1 dear, 0 neither; only where tradable. */
  call: Int8Array
  /** [rows] 1 where volume, open interest, spread and moneyness allow a trade */
  tradable: Uint8Array
  /** Money a share after the spread, if the price came back to the smile: fit − ask where below it, bid − fit where above. */
  edge: Float64Array
  delta: Float64Array
  gamma: Float64Array
  /** Per 1.0 and per year. */
  vega: Float64Array
  theta: Float64Array
  arbitrage: ArbitrageFinding[]
}

/** Volatility that the smile gives at log-moneyness x; NaN without a fit. */
export type SmileVol = (expiry: ExpiryAnalysis, x: number) => number
