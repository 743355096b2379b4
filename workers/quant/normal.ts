import { exp, log } from './elementary.ts'

/**
 * The standard normal distribution to double precision, the relative error of either tail included.
 *
 * Distribution: W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23
 * (1969), in the form of Algorithm 715. Quantile: M. J. Wichura, "Algorithm AS 241", Appl. Statist. 37
 * (1988), PPND16.
 */

const inverseSqrt2Pi = 0.3989422804014327
const sqrt32 = 5.656854249492381

/** Density at x. */
export function normalDensity(x: number): number {
  return Math.abs(x) === Infinity ? 0 : inverseSqrt2Pi * halfSquareExponential(x)
}

/** exp(−x² ÷ 2) without the rounding of x²: 1/16ths of x square exactly. */
function halfSquareExponential(x: number): number {
  const coarse = Math.trunc(x * 16) / 16
  return exp(-coarse * coarse * 0.5) * exp(-(x - coarse) * (x + coarse) * 0.5)
}

/** P(Z ≤ x). For the upper tail take normalCdf(−x), which keeps all digits where 1 − normalCdf(x) does not. */
export function normalCdf(x: number): number {
  const y = Math.abs(x)
  if (!(y <= 40)) return Number.isNaN(x) ? NaN : x > 0 ? 1 : 0
  if (y <= 0.67448975) return 0.5 + x * centralRatio(x * x)
  const tail = halfSquareExponential(y) * (y <= sqrt32 ? middleRatio(y) : farRatio(y))
  return x > 0 ? 1 - tail : tail
}

/** Φ(x) ÷ φ(x) (J. P. Mills, 1926); Infinity where the density is 0. */
export function millsRatio(x: number): number {
  if (x > -0.67448975) return normalCdf(x) / normalDensity(x)
  return (x >= -sqrt32 ? middleRatio(-x) : farRatio(-x)) / inverseSqrt2Pi
}

/** (Φ(x) − ½) ÷ x as a function of x², |x| ≤ 0.674 */
function centralRatio(square: number): number {
  const numerator =
    (((0.06568233791820745 * square + 2.2352520354606837) * square + 161.02823106855587) * square +
      1067.6894854603709) *
      square +
    18154.98125334356
  const denominator =
    (((square + 47.202581904688245) * square + 976.0985517377767) * square + 10260.932208618979) * square +
    45507.78933502673
  return numerator / denominator
}

/** Φ(−y) ÷ exp(−y² ÷ 2), 0.674 < y ≤ √32 */
function middleRatio(y: number): number {
  const numerator =
    (((((((1.0765576773720192e-8 * y + 0.39894151208813466) * y + 8.883149794388377) * y +
      93.50665613217785) *
      y +
      597.2702763948002) *
      y +
      2494.5375852903726) *
      y +
      6848.190450536283) *
      y +
      11602.65143764735) *
      y +
    9842.714838383978
  const denominator =
    (((((((y + 22.266688044328117) * y + 235.387901782625) * y + 1519.3775994075547) * y +
      6485.558298266761) *
      y +
      18615.571640885097) *
      y +
      34900.95272114598) *
      y +
      38912.00328609327) *
      y +
    19685.429676859992
  return numerator / denominator
}

/** Φ(−y) ÷ exp(−y² ÷ 2), y > √32 */
function farRatio(y: number): number {
  const inverse = 1 / (y * y)
  const numerator =
    ((((0.023073441764940174 * inverse + 0.215898534057957) * inverse + 0.12740116116024736) * inverse +
      0.022235277870649807) *
      inverse +
      0.0014216191932278934) *
      inverse +
    0.000029112874951168793
  const denominator =
    ((((inverse + 1.284260096144911) * inverse + 0.4682382124808651) * inverse + 0.06598813786892856) *
      inverse +
      0.0037823963320275824) *
      inverse +
    0.00007297515550839662
  return (inverseSqrt2Pi - (inverse * numerator) / denominator) / y
}

/** x with P(Z ≤ x) = p; ∓Infinity at 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * wichuraCentre(0.180625 - q * q)
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p))
  const size = r <= 5 ? wichuraMiddle(r - 1.6) : wichuraFar(r - 5)
  return q < 0 ? -size : size
}

function wichuraCentre(r: number): number {
  const numerator =
    ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
    3.3871328727963665
  const denominator =
    ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
    1
  return numerator / denominator
}

function wichuraMiddle(r: number): number {
  const numerator =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835
  const denominator =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1
  return numerator / denominator
}

function wichuraFar(r: number): number {
  const numerator =
    ((((((2.0103343992922881e-7 * r + 0.000027115555687434876) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
    6.657904643501103
  const denominator =
    ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 0.000018463183175100548) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
    1
  return numerator / denominator
}
