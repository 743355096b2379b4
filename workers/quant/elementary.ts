/*
 * The logarithm and the exponential where bits must be equal on every machine. The language leaves Math.log and Math.exp
 * approximate, so engines differ in the last bit; these use only + − × ÷ on doubles, which every engine
 * rounds alike. Both follow fdlibm (Sun Microsystems, 1993), error below one unit in the last place.
 */

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const INVERSE_LN2 = 1.442695040888963387

const bits = new DataView(new ArrayBuffer(8))

/** Exact powers of two, 2^−1022 … 2^1023, at index exponent + 1022. */
const powersOfTwo = new Float64Array(2046)
powersOfTwo[1022] = 1
for (let i = 1023; i < 2046; i++) powersOfTwo[i] = powersOfTwo[i - 1] * 2
for (let i = 1021; i >= 0; i--) powersOfTwo[i] = powersOfTwo[i + 1] / 2

/** Natural logarithm of a normal positive double; −Infinity for 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  bits.setFloat64(0, x)
  let high = bits.getInt32(0)
  let exponent = (high >> 20) - 1023
  high &= 0xfffff
  // Mantissas above √2 are halved, so that f stays within −0.29 … 0.41.
  const carry = (high + 0x95f64) & 0x100000
  bits.setInt32(0, high | (carry ^ 0x3ff00000))
  exponent += carry >> 20
  const f = bits.getFloat64(0) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const even =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const half = 0.5 * f * f
  return exponent * LN2_HIGH - (half - (s * (half + odd + even) + exponent * LN2_LOW) - f)
}

/** e to the power x; 0 below −708 and Infinity above 709. */
export function exp(x: number): number {
  if (x > 709) return Infinity
  if (x < -708) return 0
  const k = Math.floor(x * INVERSE_LN2 + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))))
  return (1 - (low - (r * c) / (2 - c) - high)) * powersOfTwo[k + 1022]
}
