import { exp } from './exp'
import { put, take } from './vector'

/** out = silu(gate) · up: gateUp [rows, 2 · inner], gate first, out [rows, inner]. */
export function swiglu(rows: i32, inner: i32, gateUp: usize, out: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inner; i += 4) {
      const gate = take(gateUp + 4 * i, inner - i)
      const up = take(gateUp + 4 * (inner + i), inner - i)
      put(out + 4 * i, f32x4.mul(f32x4.mul(gate, sigmoid(gate)), up), inner - i)
    }
    gateUp += 8 * inner
    out += 4 * inner
  }
}

/** The gradient: dy [rows, inner], gateUp and dGateUp [rows, 2 · inner]. */
export function swigluGrad(rows: i32, inner: i32, dy: usize, gateUp: usize, dGateUp: usize): void {
  const one = f32x4.splat(1)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inner; i += 4) {
      const d = take(dy + 4 * i, inner - i)
      const gate = take(gateUp + 4 * i, inner - i)
      const up = take(gateUp + 4 * (inner + i), inner - i)
      const s = sigmoid(gate)
      // silu′(x) = σ(x) · (1 + x · (1 − σ(x)))
      const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(gate, f32x4.sub(one, s))))
      put(dGateUp + 4 * i, f32x4.mul(f32x4.mul(d, up), slope), inner - i)
      put(dGateUp + 4 * (inner + i), f32x4.mul(d, f32x4.mul(gate, s)), inner - i)
    }
    dy += 4 * inner
    gateUp += 8 * inner
    dGateUp += 8 * inner
  }
}

function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1)
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))))
}
