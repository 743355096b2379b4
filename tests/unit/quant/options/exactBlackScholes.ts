import type { Option } from '../../../../workers/quant/options.ts'

/*
 * Black, Scholes and Merton in whole numbers of 2^−192: some fifty decimals, from nothing but + − × ÷, so that it shares
 * neither formula nor rounding with what it judges.
 */

const BITS = 192n
const ONE = 1n << BITS

/** The double itself, without rounding; it must not need more than 192 binary places. */
function exactly(x: number): bigint {
  let scaled = x
  let shift = 0n
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    shift++
  }
  return (BigInt(scaled) << BITS) >> shift
}

/** The nearest double, or next to it. */
function toDouble(x: bigint): number {
  const size = x < 0n ? -x : x
  const spare = BigInt(Math.max(0, size.toString(2).length - 60))
  const value = Number(size >> spare) * 2 ** (Number(spare) - Number(BITS))
  return x < 0n ? -value : value
}

const times = (a: bigint, b: bigint) => (a * b) >> BITS
const over = (a: bigint, b: bigint) => (a << BITS) / b

function squareRoot(x: bigint): bigint {
  const wanted = x << BITS
  let root = exactly(Math.sqrt(toDouble(x)))
  for (let i = 0; i < 3; i++) root = (root + wanted / root) / 2n
  return root
}

const LN2 = (() => {
  // 2 artanh(1 ÷ 3)
  let sum = 0n
  for (let power = ONE / 3n, k = 1n; power > 0n; power /= 9n, k += 2n) sum += power / k
  return 2n * sum
})()

function exponential(x: bigint): bigint {
  const k = x / LN2
  // A series at a 256th of what is left, then squared eight times.
  const small = (x - k * LN2) >> 8n
  let sum = ONE
  for (let term = ONE, n = 1n; ; n++) {
    term = times(term, small) / n
    if (term === 0n || term === -1n) break
    sum += term
  }
  for (let i = 0; i < 8; i++) sum = times(sum, sum)
  return k >= 0n ? sum << k : sum >> -k
}

/** One step from the double, which triples its digits, and one more. */
function logarithm(x: bigint): bigint {
  let y = exactly(Math.log(toDouble(x)))
  for (let i = 0; i < 2; i++) {
    const power = exponential(y)
    y += 2n * over(x - power, x + power)
  }
  return y
}

const TWO_PI = (() => {
  // J. Machin (1706): π ÷ 4 = 4 arctan(1 ÷ 5) − arctan(1 ÷ 239)
  const arctan = (inverse: bigint) => {
    let sum = 0n
    for (let power = ONE / inverse, k = 1n; power !== 0n; power /= -inverse * inverse, k += 2n)
      sum += power / k
    return sum
  }
  return 8n * (4n * arctan(5n) - arctan(239n))
})()
const DENSITY_AT_0 = over(ONE, squareRoot(TWO_PI))

const density = (x: bigint) => times(DENSITY_AT_0, exponential(-times(x, x) / 2n))

/** ½ + φ(x) (x + x³ ÷ 3 + x⁵ ÷ 15 + …); beyond 13 the tail is below 10⁻³⁷. */
function distribution(x: bigint, atX: bigint): bigint {
  if (x > 13n * ONE) return ONE
  if (x < -13n * ONE) return 0n
  const square = times(x, x)
  let sum = 0n
  for (let term = x, k = 3n; term !== 0n && term !== -1n; k += 2n) {
    sum += term
    term = times(term, square) / k
  }
  return ONE / 2n + times(atX, sum)
}

/** Price and greeks of a European option, rounded once, at the end. */
export function exactBlackScholes(
  option: Option,
): Record<'price' | 'delta' | 'gamma' | 'vega' | 'theta' | 'rho', number> {
  const [spot, strike, years] = [exactly(option.spot), exactly(option.strike), exactly(option.years)]
  const [rate, dividendYield, vol] = [
    exactly(option.rate),
    exactly(option.dividendYield),
    exactly(option.vol),
  ]
  const sign = option.right === 'call' ? 1n : -1n
  const root = squareRoot(years)
  const deviation = times(vol, root)
  const drift = rate - dividendYield + times(vol, vol) / 2n
  const d1 = over(logarithm(over(spot, strike)) + times(drift, years), deviation)
  const d2 = d1 - deviation
  const spotNow = times(spot, exponential(-times(dividendYield, years)))
  const strikeNow = times(strike, exponential(-times(rate, years)))
  const atD1 = density(d1)
  const share = distribution(sign * d1, atD1)
  const exercised = distribution(sign * d2, density(d2))
  const ofSpot = times(spotNow, share)
  const ofStrike = times(strikeNow, exercised)
  const swing = times(spotNow, atD1)
  const exact = {
    price: sign * (ofSpot - ofStrike),
    delta: sign * over(ofSpot, spot),
    gamma: over(over(swing, times(spot, deviation)), spot),
    vega: times(swing, root),
    theta: sign * (times(dividendYield, ofSpot) - times(rate, ofStrike)) - over(times(swing, vol), 2n * root),
    rho: sign * times(years, ofStrike),
  }
  return {
    price: toDouble(exact.price),
    delta: toDouble(exact.delta),
    gamma: toDouble(exact.gamma),
    vega: toDouble(exact.vega),
    theta: toDouble(exact.theta),
    rho: toDouble(exact.rho),
  }
}
