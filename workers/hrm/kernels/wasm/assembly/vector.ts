/** a · b + c: in one rounding and one instruction where the engine has relaxed SIMD. */
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

/** The next four floats at an address, or as many as are left, then zeros. */
export function take(at: usize, left: i32): v128 {
  return left >= 4 ? v128.load(at) : takeFew(at, left)
}

/** Stores four floats, or as many as are left. */
export function put(at: usize, value: v128, left: i32): void {
  if (left >= 4) v128.store(at, value)
  else putFew(at, value, left)
}

function takeFew(at: usize, left: i32): v128 {
  let value = v128.load32_zero(at)
  if (left > 1) value = f32x4.replace_lane(value, 1, load<f32>(at, 4))
  if (left > 2) value = f32x4.replace_lane(value, 2, load<f32>(at, 8))
  return value
}

function putFew(at: usize, value: v128, left: i32): void {
  store<f32>(at, f32x4.extract_lane(value, 0))
  if (left > 1) store<f32>(at, f32x4.extract_lane(value, 1), 4)
  if (left > 2) store<f32>(at, f32x4.extract_lane(value, 2), 8)
}

/** The sum of the four lanes. */
export function laneSum(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f64>(x, x, 1, 0))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

/** The largest of the four lanes. */
export function laneMax(x: v128): f32 {
  const pairs = f32x4.max(x, v128.shuffle<f64>(x, x, 1, 0))
  return max<f32>(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1))
}
