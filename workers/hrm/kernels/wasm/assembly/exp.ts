import { madd } from './vector'

/**
 * e^x of four floats, to 2 units in the last place: 2^n · e^r, with the polynomial of Cephes for |r| ≤ ½ ln 2.
 * Beyond ±64 as at these, which no sum with 1 can tell, and no product makes denormal, which would be slow. NaN stays
 * NaN.
 */
export function exp(x: v128): v128 {
  // pmin and pmax hand on a NaN in their first operand's place, in one instruction where min and max take six.
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-64)), f32x4.splat(64))
  // Adding 1.5 · 2^23 rounds to a whole number, and leaves it in the lowest bits.
  const shift = f32x4.splat(12582912)
  const shifted = madd(bounded, f32x4.splat(1.44269504), shift)
  const n = f32x4.sub(shifted, shift)
  // ln 2 in two parts, the first of few bits, so that n · 0.693359375 is exact.
  const r = madd(n, f32x4.splat(2.1219444e-4), madd(n, f32x4.splat(-0.693359375), bounded))
  let p = madd(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3))
  p = madd(p, r, f32x4.splat(8.3334519073e-3))
  p = madd(p, r, f32x4.splat(4.1665795894e-2))
  p = madd(p, r, f32x4.splat(1.6666665459e-1))
  p = madd(p, r, f32x4.splat(5.0000001201e-1))
  const power = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1))
  return i32x4.add(power, i32x4.shl(shifted, 23))
}
