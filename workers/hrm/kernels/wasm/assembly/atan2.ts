import { madd } from './vector'

/**
 * The angle of (x, y) for x ≥ 0, four at a time, between −π/2 and π/2; 0 where both are 0. The polynomial is a
 * minimax fit of atan t on 0 … 1, to 2e-8 of its value.
 */
export function atan2(y: v128, x: v128): v128 {
  const height = f32x4.abs(y)
  const longer = f32x4.pmax(height, x)
  const shorter = f32x4.pmin(height, x)
  const t = v128.andnot(f32x4.div(shorter, longer), f32x4.eq(longer, f32x4.splat(0)))
  const z = f32x4.mul(t, t)
  let p = madd(f32x4.splat(2.920686043833631e-3), z, f32x4.splat(-1.6367905051088903e-2))
  p = madd(p, z, f32x4.splat(4.3211826516169116e-2))
  p = madd(p, z, f32x4.splat(-7.55221164668327e-2))
  p = madd(p, z, f32x4.splat(1.066600353219252e-1))
  p = madd(p, z, f32x4.splat(-1.4211055058637065e-1))
  p = madd(p, z, f32x4.splat(1.9993772808409718e-1))
  p = madd(p, z, f32x4.splat(-3.3333152735112626e-1))
  const low = madd(f32x4.mul(p, z), t, t)
  const high = f32x4.sub(f32x4.splat(1.57079632679), low)
  const angle = v128.bitselect(high, low, f32x4.gt(height, x))
  return v128.or(angle, v128.and(y, i32x4.splat(0x80000000)))
}
