import { laneSum, madd, put, take } from './vector'

/** h = x + y, out = h · rstd, rstd = 1 / √(mean(h²) + ε), row by row: x, y, out [rows, width], rstd [rows]. */
export function addNorm(
  rows: i32,
  width: i32,
  epsilon: f32,
  x: usize,
  y: usize,
  out: usize,
  rstd: usize,
): void {
  for (let row = 0; row < rows; row++) {
    let squares = f32x4.splat(0)
    for (let i = 0; i < width; i += 4) {
      const h = f32x4.add(take(x + 4 * i, width - i), take(y + 4 * i, width - i))
      put(out + 4 * i, h, width - i)
      squares = madd(h, h, squares)
    }
    const scale: f32 = 1 / sqrt<f32>(laneSum(squares) / <f32>width + epsilon)
    store<f32>(rstd, scale)
    const scales = f32x4.splat(scale)
    for (let i = 0; i < width; i += 4)
      put(out + 4 * i, f32x4.mul(take(out + 4 * i, width - i), scales), width - i)
    x += 4 * width
    y += 4 * width
    out += 4 * width
    rstd += 4
  }
}

/** dh = rstd · (dy − out · mean(dy · out)), row by row: dy, out, dh [rows, width], rstd [rows]. */
export function addNormGrad(rows: i32, width: i32, dy: usize, out: usize, rstd: usize, dh: usize): void {
  for (let row = 0; row < rows; row++) {
    let products = f32x4.splat(0)
    for (let i = 0; i < width; i += 4)
      products = madd(take(dy + 4 * i, width - i), take(out + 4 * i, width - i), products)
    const mean = f32x4.splat(-laneSum(products) / <f32>width)
    const scale = v128.load_splat<f32>(rstd)
    for (let i = 0; i < width; i += 4) {
      const across = madd(take(out + 4 * i, width - i), mean, take(dy + 4 * i, width - i))
      put(dh + 4 * i, f32x4.mul(scale, across), width - i)
    }
    dy += 4 * width
    out += 4 * width
    dh += 4 * width
    rstd += 4
  }
}
