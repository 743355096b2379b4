import { exp } from './exp'
import { put, take } from './vector'

// Whole vectors and the rest of a row are written apart: a branch at every load halves the speed.

/** out = silu(gate) · up: gateUp [rows, 2 · inner], gate first, out [rows, inner]. */
export function swiglu(rows: i32, inner: i32, gateUp: usize, out: usize): void {
  for (let row = 0; row < rows; row++) {
    const ups = gateUp + 4 * inner
    let i = 0
    for (; i + 4 <= inner; i += 4)
      v128.store(out + 4 * i, f32x4.mul(silu(v128.load(gateUp + 4 * i)), v128.load(ups + 4 * i)))
    const left = inner - i
    if (left > 0) put(out + 4 * i, f32x4.mul(silu(take(gateUp + 4 * i, left)), take(ups + 4 * i, left)), left)
    gateUp += 8 * inner
    out += 4 * inner
  }
}

/** The gradient: dy [rows, inner], gateUp and dGateUp [rows, 2 · inner]. */
export function swigluGrad(rows: i32, inner: i32, dy: usize, gateUp: usize, dGateUp: usize): void {
  for (let row = 0; row < rows; row++) {
    const ups = gateUp + 4 * inner
    const dUps = dGateUp + 4 * inner
    let i = 0
    for (; i + 4 <= inner; i += 4) {
      const d = v128.load(dy + 4 * i)
      const gate = v128.load(gateUp + 4 * i)
      const s = sigmoid(gate)
      v128.store(dGateUp + 4 * i, f32x4.mul(f32x4.mul(d, v128.load(ups + 4 * i)), slope(gate, s)))
      v128.store(dUps + 4 * i, f32x4.mul(d, f32x4.mul(gate, s)))
    }
    const left = inner - i
    if (left > 0) {
      const d = take(dy + 4 * i, left)
      const gate = take(gateUp + 4 * i, left)
      const s = sigmoid(gate)
      put(dGateUp + 4 * i, f32x4.mul(f32x4.mul(d, take(ups + 4 * i, left)), slope(gate, s)), left)
      put(dUps + 4 * i, f32x4.mul(d, f32x4.mul(gate, s)), left)
    }
    dy += 4 * inner
    gateUp += 8 * inner
    dGateUp += 8 * inner
  }
}

function silu(x: v128): v128 {
  return f32x4.div(x, f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))))
}

function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))))
}

/** silu′(x) = σ(x) · (1 + x · (1 − σ(x))), where s = σ(x). */
function slope(x: v128, s: v128): v128 {
  const one = f32x4.splat(1)
  return f32x4.mul(s, f32x4.add(one, f32x4.mul(x, f32x4.sub(one, s))))
}
