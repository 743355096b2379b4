import { atan2 } from './atan2'
import { put, take } from './vector'

/**
 * One step of Adam-atan2: p · keep − rate · atan2(m, √v · correction), after the moments have followed the gradient.
 * p, g, m, v and the results pNew, mNew, vNew are [count].
 *
 * @param scale the gradient is multiplied by it
 * @param follow1 1 − β1
 * @param follow2 1 − β2
 * @param keep 1 − lr · weight decay
 * @param rate lr / (1 − β1^step)
 * @param correction 1 / √(1 − β2^step)
 */
export function adamAtan2(
  count: i32,
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  pNew: usize,
  mNew: usize,
  vNew: usize,
  scale: f32,
  follow1: f32,
  follow2: f32,
  keep: f32,
  rate: f32,
  correction: f32,
): void {
  for (let left = count; left > 0; left -= 4) {
    const gradient = f32x4.mul(take(g, left), f32x4.splat(scale))
    const mean = towards(take(m, left), gradient, follow1)
    const square = towards(take(v, left), f32x4.mul(gradient, gradient), follow2)
    const root = f32x4.mul(f32x4.sqrt(square), f32x4.splat(correction))
    const kept = f32x4.mul(take(p, left), f32x4.splat(keep))
    put(pNew, f32x4.sub(kept, f32x4.mul(f32x4.splat(rate), atan2(mean, root))), left)
    put(mNew, mean, left)
    put(vNew, square, left)
    p += 16
    g += 16
    m += 16
    v += 16
    pNew += 16
    mNew += 16
    vNew += 16
  }
}

/** One step of AdamW: p · keep − rate · m / (√v · correction + ε), else as `adamAtan2`. */
export function adamW(
  count: i32,
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  pNew: usize,
  mNew: usize,
  vNew: usize,
  scale: f32,
  follow1: f32,
  follow2: f32,
  keep: f32,
  rate: f32,
  correction: f32,
  epsilon: f32,
): void {
  for (let left = count; left > 0; left -= 4) {
    const gradient = f32x4.mul(take(g, left), f32x4.splat(scale))
    const mean = towards(take(m, left), gradient, follow1)
    const square = towards(take(v, left), f32x4.mul(gradient, gradient), follow2)
    const root = f32x4.mul(f32x4.sqrt(square), f32x4.splat(correction))
    const kept = f32x4.mul(take(p, left), f32x4.splat(keep))
    const direction = f32x4.div(mean, f32x4.add(root, f32x4.splat(epsilon)))
    put(pNew, f32x4.sub(kept, f32x4.mul(f32x4.splat(rate), direction)), left)
    put(mNew, mean, left)
    put(vNew, square, left)
    p += 16
    g += 16
    m += 16
    v += 16
    pNew += 16
    mNew += 16
    vNew += 16
  }
}

/** A moment, moved by a share of the way to a new value. */
function towards(moment: v128, value: v128, share: f32): v128 {
  return f32x4.add(moment, f32x4.mul(f32x4.splat(share), f32x4.sub(value, moment)))
}
