import { exp, log } from '../elementary.ts'
import { collocation, type Collocation } from './collocation.ts'
import { criticalLog } from './criticalPrice.ts'
import { tabulatedCdf } from './tabulatedCdf.ts'

/*
 * The price at which an American put of strike 1 is exercised, by time to expiry: the fixed point “B” of section 4
 * of L. Andersen, M. Lake and D. Offengenden, "High-performance American option pricing", J. Comp. Finance 20 (2016).
 */

/** Sweeps: at a rate of twelve times the variance, the slowest case tried, each leaves two thirds of the error. */
const finest = collocation(8, 12, 24, 10)
export const fine = collocation(8, 8, 16, 6)
const coarse = collocation(6, 6, 12, 5)
const coarsest = collocation(5, 5, 10, 4)
const MOST_NODES = finest.nodes

/**
 * The least work that keeps the price to a few millionths of the strike: what early exercise is worth is about what
 * strike or share earn until expiry, and only so much of it can be wrong.
 */
export function collocationFor(years: number, rate: number, dividendYield: number): Collocation {
  const earned = Math.max(Math.abs(rate), Math.abs(dividendYield)) * years
  return earned <= 0.003 ? coarsest : earned <= 0.03 ? coarse : earned <= 0.1 ? fine : finest
}

/** Working space, as boundaries are asked for one after the other. */
const most = finest.nodes * finest.along.points
/** [nodes × points] deviation from a node to a point of its integral, its inverse, and the drift over it. */
const parts = new Float64Array(most)
const inverses = new Float64Array(most)
const drifts = new Float64Array(most)
/** [nodes × points] what strike and share earn, with the weight of the point. */
const strikeGrowth = new Float64Array(most)
const spotGrowth = new Float64Array(most)
const boundary = new Float64Array(MOST_NODES)

/** The boundary of an option, as a function of the time to expiry. */
export interface Boundary {
  plan: Collocation
  /** Log of its limit at expiry, strike 1. */
  top: number
  /** Log distance below the limit at the whole time, ≤ 0; NaN or −Infinity where there is no such boundary. */
  last: number
  /** [nodes] squared log distances at the times of the nodes, which a polynomial in the root of time fits well. */
  squares: Float64Array
}

const newest: Boundary = { plan: fine, top: NaN, last: NaN, squares: new Float64Array(MOST_NODES) }
const newestTerms = { years: NaN, rate: NaN, dividendYield: NaN, vol: NaN }

/**
 * Boundary of a put of strike 1 and a positive rate; it does not depend on the share, and so is kept for the next call.
 * @returns working space that the next call writes to
 */
export function exerciseBoundary(
  plan: Collocation,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
): Boundary {
  const known =
    newest.plan === plan &&
    newestTerms.years === years &&
    newestTerms.rate === rate &&
    newestTerms.dividendYield === dividendYield &&
    newestTerms.vol === vol
  if (known) return newest
  newest.plan = plan
  newestTerms.years = years
  newestTerms.rate = rate
  newestTerms.dividendYield = dividendYield
  newestTerms.vol = vol
  newest.top = dividendYield > rate ? log(rate / dividendYield) : 0
  newest.last = solve(plan, years, rate, dividendYield, vol, newest.top, newest.squares)
  return newest
}

function solve(
  plan: Collocation,
  years: number,
  rate: number,
  dividendYield: number,
  vol: number,
  top: number,
  squares: Float64Array,
): number {
  const { nodes, nodeRoot, along, alongValues, sweeps } = plan
  const { points } = along
  const drift = rate - dividendYield
  for (let i = 0; i < nodes; i++) {
    const time = years * nodeRoot[i] * nodeRoot[i]
    const guess = i === 0 ? NaN : (boundary[i - 1] * nodeRoot[i]) / nodeRoot[i - 1]
    boundary[i] = criticalLog(time, rate, dividendYield, vol, top, guess)
    squares[i] = boundary[i] * boundary[i]
    for (let j = 0; j < points; j++) {
      const at = i * points + j
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
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let i = 0; i < nodes; i++) {
      const time = years * nodeRoot[i] * nodeRoot[i]
      const deviation = vol * Math.sqrt(time)
      const here = boundary[i]
      const d1 = (top + here + drift * time) / deviation + deviation / 2
      let ofStrike = tabulatedCdf(d1 - deviation)
      let ofSpot = tabulatedCdf(d1)
      for (let j = 0; j < points; j++) {
        const at = i * points + j
        const d = (here + depthAt(alongValues, at * nodes, squares, nodes)) * inverses[at] + drifts[at]
        ofStrike += strikeGrowth[at] * tabulatedCdf(d - parts[at])
        if (dividendYield !== 0) ofSpot += spotGrowth[at] * tabulatedCdf(d)
      }
      boundary[i] = Math.min(0, log(ofStrike / ofSpot) - drift * time - top)
    }
    for (let i = 0; i < nodes; i++) squares[i] = boundary[i] * boundary[i]
  }
  return boundary[nodes - 1]
}

/** How far below its limit the boundary lies at a point of a quadrature, as a positive log. */
export function depthAt(values: Float64Array, offset: number, squares: Float64Array, nodes: number): number {
  let square = 0
  for (let k = 0; k < nodes; k++) square += values[offset + k] * squares[k]
  return square > 0 ? Math.sqrt(square) : 0
}
