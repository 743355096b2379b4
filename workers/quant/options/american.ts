import { exp, log } from '../elementary.ts'
import { tabulatedCdf } from './tabulatedCdf.ts'
import { binomialPut } from './binomial.ts'
import {
  BOUNDARY_POINTS,
  NODE_ROOT,
  NODES,
  PRICE_POINTS,
  timeQuadrature,
  writeInterpolation,
} from './collocation.ts'
import { criticalLog } from './criticalPrice.ts'
import { europeanPrice, isOption, type Sign } from './european.ts'

/*
 * American options by spectral collocation of the exercise boundary: L. Andersen, M. Lake and D. Offengenden,
 * "High-performance American option pricing", J. Comp. Finance 20 (2016), the fixed point "B" of its
 * section 4. A call is the put with spot and strike, and rate and yield, exchanged (McDonald and Schroder,
 * 1998).
 */

/**
 * Fixed-point sweeps. Over three years at a rate of twelve times the variance, the slowest case tried, each
 * leaves two thirds of the error, and 1.4e-4 of the price in the end; elsewhere a few millionths are left.
 */
const SWEEPS = 6

const along = timeQuadrature(BOUNDARY_POINTS)
const toExpiry = timeQuadrature(PRICE_POINTS)
/** [nodes × points × nodes] values of the polynomial at the points of each node's integral. */
const alongValues = new Float64Array(NODES * BOUNDARY_POINTS * NODES)
/** [points × nodes] and at the points of the integral that gives the price. */
const toExpiryValues = new Float64Array(PRICE_POINTS * NODES)
for (let i = 0; i < NODES; i++) {
  for (let j = 0; j < BOUNDARY_POINTS; j++) {
    writeInterpolation(NODE_ROOT[i] * along.left[j], alongValues, (i * BOUNDARY_POINTS + j) * NODES)
  }
}
for (let j = 0; j < PRICE_POINTS; j++) writeInterpolation(toExpiry.left[j], toExpiryValues, j * NODES)

/** Working space, as prices are asked for one after the other. */
const boundary = new Float64Array(NODES)
const squares = new Float64Array(NODES)
/** [nodes × points] deviation from a node to a point of its integral, its inverse, and the drift over it. */
const parts = new Float64Array(NODES * BOUNDARY_POINTS)
const inverses = new Float64Array(NODES * BOUNDARY_POINTS)
const drifts = new Float64Array(NODES * BOUNDARY_POINTS)
/** [nodes × points] what strike and share earn, with the weight of the point. */
const strikeGrowth = new Float64Array(NODES * BOUNDARY_POINTS)
const spotGrowth = new Float64Array(NODES * BOUNDARY_POINTS)

/**
 * Value of an American option: never below its intrinsic value nor below the European one. Negative rates
 * and yields are allowed; where both are negative such that there are two boundaries, a binomial tree takes
 * over.
 */
export function americanValue(
  sign: Sign,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): number {
  if (!isOption(spot, strike, years, rate, dividendYield) || !(vol >= 0)) return NaN
  const european = europeanPrice(sign, spot, strike, years, rate, dividendYield, vol)
  return sign < 0
    ? putValue(spot, strike, years, rate, dividendYield, vol, european)
    : putValue(strike, spot, years, dividendYield, rate, vol, european)
}

function putValue(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  european: number,
): number {
  const intrinsic = Math.max(0, strike - spot)
  if (years === 0 || strike === 0 || spot === 0) {
    // A put on nothing is exercised now, or at expiry where the strike grows in value.
    return spot === 0 ? strike * Math.max(1, exp(-rate * years)) : intrinsic
  }
  if (vol === 0) return certainPut(spot, strike, years, rate, dividendYield)
  if (vol === Infinity) return Math.max(intrinsic, european, strike)
  // Exercise earns interest on the strike and costs the dividends of the share: never both against it.
  if (rate <= 0 && rate <= dividendYield) return Math.max(intrinsic, european)
  if (rate < 0)
    return Math.max(intrinsic, european, binomialPut(spot, strike, years, rate, dividendYield, vol))

  const top = dividendYield > rate ? log(rate / dividendYield) : 0
  solveBoundary(years, rate, dividendYield, vol, top)
  const moneyness = log(spot / strike)
  const last = boundary[NODES - 1]
  if (!(last > -Infinity)) {
    return Math.max(intrinsic, european, binomialPut(spot, strike, years, rate, dividendYield, vol))
  }
  if (moneyness <= top + last) return Math.max(intrinsic, european)
  const premium = exercisePremium(moneyness - top, spot / strike, years, rate, dividendYield, vol)
  return Math.max(intrinsic, european + strike * Math.max(0, premium))
}

/** Without volatility the best moment to exercise is known: now, at expiry, or where the gain peaks. */
function certainPut(
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
): number {
  const gain = (at: number) => strike * exp(-rate * at) - spot * exp(-dividendYield * at)
  let best = Math.max(0, strike - spot, gain(years))
  const ratio = (rate * strike) / (dividendYield * spot)
  if (ratio > 0 && rate !== dividendYield) {
    const peak = log(ratio) / (rate - dividendYield)
    if (peak > 0 && peak < years) best = Math.max(best, gain(peak))
  }
  return best
}

/**
 * Fills `boundary` with the log distance of the boundary below its limit at expiry, strike 1, at the times
 * of the nodes, and `squares` with its squares, which a polynomial in the root of time fits well.
 * @param top log of that limit
 */
function solveBoundary(years: number, rate: number, dividendYield: number, vol: number, top: number): void {
  const drift = rate - dividendYield
  for (let i = 0; i < NODES; i++) {
    const time = years * NODE_ROOT[i] * NODE_ROOT[i]
    const guess = i === 0 ? NaN : (boundary[i - 1] * NODE_ROOT[i]) / NODE_ROOT[i - 1]
    boundary[i] = criticalLog(time, rate, dividendYield, vol, top, guess)
    squares[i] = boundary[i] * boundary[i]
    for (let j = 0; j < BOUNDARY_POINTS; j++) {
      const at = i * BOUNDARY_POINTS + j
      const left = time * along.left[j] * along.left[j]
      const part = vol * Math.sqrt(time) * along.elapsed[j]
      parts[at] = part
      inverses[at] = 1 / part
      drifts[at] = (drift / vol) * (part / vol) + part / 2
      strikeGrowth[at] = rate * exp(rate * left) * along.weights[j] * time
      if (dividendYield !== 0) {
        spotGrowth[at] = dividendYield * exp(dividendYield * left) * along.weights[j] * time
      }
    }
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let i = 0; i < NODES; i++) {
      const time = years * NODE_ROOT[i] * NODE_ROOT[i]
      const deviation = vol * Math.sqrt(time)
      const here = boundary[i]
      const d1 = (top + here + drift * time) / deviation + deviation / 2
      let ofStrike = tabulatedCdf(d1 - deviation)
      let ofSpot = tabulatedCdf(d1)
      for (let j = 0; j < BOUNDARY_POINTS; j++) {
        const at = i * BOUNDARY_POINTS + j
        const d = (here + depth(alongValues, at * NODES)) * inverses[at] + drifts[at]
        ofStrike += strikeGrowth[at] * tabulatedCdf(d - parts[at])
        if (dividendYield !== 0) ofSpot += spotGrowth[at] * tabulatedCdf(d)
      }
      boundary[i] = Math.min(0, log(ofStrike / ofSpot) - drift * time - top)
    }
    for (let i = 0; i < NODES; i++) squares[i] = boundary[i] * boundary[i]
  }
}

/** How far below its limit the boundary lies, as a positive log. */
function depth(values: Float64Array, offset: number): number {
  let square = 0
  for (let k = 0; k < NODES; k++) square += values[offset + k] * squares[k]
  return square > 0 ? Math.sqrt(square) : 0
}

/** What the right to exercise early adds, strike 1: interest on the strike less dividends, while below. */
function exercisePremium(
  aboveTop: number,
  spot: number,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): number {
  const drift = rate - dividendYield
  const deviation = vol * Math.sqrt(years)
  let premium = 0
  for (let j = 0; j < PRICE_POINTS; j++) {
    const elapsed = toExpiry.elapsed[j]
    const part = deviation * elapsed
    const time = years * elapsed * elapsed
    const d1 = (aboveTop + depth(toExpiryValues, j * NODES)) / part + (drift / vol) * (part / vol) + part / 2
    let earned = rate * exp(-rate * time) * tabulatedCdf(part - d1)
    if (dividendYield !== 0) earned -= dividendYield * spot * exp(-dividendYield * time) * tabulatedCdf(-d1)
    premium += toExpiry.weights[j] * years * earned
  }
  return premium
}
