/**
 * Turns the pairs (x[i], x[i + headSize / 2]) of each position by its angles (rotary positions, Su et al. 2021),
 * forwards or back (direction −1), and scales them; only scales them where cos is 0. cos, sin [length, headSize];
 * steps from one position to the next are in floats.
 */
export function turn(
  length: i32,
  headSize: i32,
  cos: usize,
  sin: usize,
  direction: f32,
  scale: f32,
  from: usize,
  fromStep: i32,
  to: usize,
  toStep: i32,
): void {
  const half = headSize >> 1
  for (let position = 0; position < length; position++) {
    if (cos == 0) {
      for (let i = 0; i < headSize; i++) store<f32>(to + 4 * i, scale * load<f32>(from + 4 * i))
    } else {
      turnPairs(half, cos, sin, direction, scale, from, to)
      cos += 4 * headSize
      sin += 4 * headSize
    }
    from += 4 * fromStep
    to += 4 * toStep
  }
}

/** Turns the pairs of one position: their first halves lie together, and then their second. */
function turnPairs(
  half: i32,
  cos: usize,
  sin: usize,
  direction: f32,
  scale: f32,
  from: usize,
  to: usize,
): void {
  const scales = f32x4.splat(scale)
  const signed = f32x4.splat(scale * direction)
  const second = 4 * half
  let i = 0
  for (; i + 4 <= half; i += 4) {
    const c = f32x4.mul(v128.load(cos), scales)
    const s = f32x4.mul(v128.load(sin), signed)
    const x = v128.load(from)
    const y = v128.load(from + second)
    v128.store(to, f32x4.sub(f32x4.mul(x, c), f32x4.mul(y, s)))
    v128.store(to + second, f32x4.add(f32x4.mul(y, c), f32x4.mul(x, s)))
    cos += 16
    sin += 16
    from += 16
    to += 16
  }
  for (; i < half; i++) {
    const c = load<f32>(cos) * scale
    const s = load<f32>(sin) * scale * direction
    const x = load<f32>(from)
    const y = load<f32>(from + second)
    store<f32>(to, x * c - y * s)
    store<f32>(to + second, y * c + x * s)
    cos += 4
    sin += 4
    from += 4
    to += 4
  }
}
