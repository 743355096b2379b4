import type { TensorInfo } from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { nothing, rowsOf, run, webGpuKernel } from './program.ts'

/** One workgroup a row. */
const threads = 64

/** Σ over the invocations of a workgroup, by halves; ends with a barrier, so that it can be called again. */
const sumOverWorkgroup = /* wgsl */ `
var<workgroup> partial : array<f32, ${threads}>;

fn sumOverWorkgroup(lane : i32, value : f32) -> f32 {
  partial[lane] = value;
  workgroupBarrier();
  for (var half = ${threads / 2}; half > 0; half = half / 2) {
    if (lane < half) { partial[lane] = partial[lane] + partial[lane + half]; }
    workgroupBarrier();
  }
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}`

const forward = (width: number, epsilon: number) => /* wgsl */ `
const width = ${width};
${sumOverWorkgroup}

fn main(index : i32) {
  let row = index / ${threads};
  let lane = index % ${threads};
  let start = min(row, uniforms.rows - 1) * width;
  var squares = 0.0;
  for (var i = lane; i < width; i = i + ${threads}) {
    let h = x[start + i] + y[start + i];
    squares = squares + h * h;
  }
  let rstd = inverseSqrt(sumOverWorkgroup(lane, squares) / f32(width) + ${epsilon});
  if (row >= uniforms.rows) { return; }
  for (var i = lane; i < width; i = i + ${threads}) {
    result[start + i] = (x[start + i] + y[start + i]) * rstd;
  }
}`

// dh = rstd · (dy − out · mean(dy · out)), out = h · rstd, h = x + y.
const gradient = (width: number, epsilon: number) => /* wgsl */ `
const width = ${width};
${sumOverWorkgroup}

fn main(index : i32) {
  let row = index / ${threads};
  let lane = index % ${threads};
  let start = min(row, uniforms.rows - 1) * width;
  var squares = 0.0;
  var products = 0.0;
  for (var i = lane; i < width; i = i + ${threads}) {
    let h = x[start + i] + y[start + i];
    squares = squares + h * h;
    products = products + h * dy[start + i];
  }
  let rstd = inverseSqrt(sumOverWorkgroup(lane, squares) / f32(width) + ${epsilon});
  let mean = sumOverWorkgroup(lane, products) * rstd / f32(width);
  if (row >= uniforms.rows) { return; }
  for (var i = lane; i < width; i = i + ${threads}) {
    let out = (x[start + i] + y[start + i]) * rstd;
    result[start + i] = rstd * (dy[start + i] - out * mean);
  }
}`

/**
 * x, y [..., D] → RMS(x + y) [..., D]. The second output, one over the root mean square, stays empty: the
 * gradient finds it again from x and y, which costs less than the dispatch that would write it.
 */
export const addNorm = webGpuKernel<{ x: TensorInfo; y: TensorInfo }, { epsilon: number }>(
  (backend, inputs, { epsilon }) => [
    runRows(backend, 'HrmAddNorm', inputs, forward, epsilon),
    nothing(backend),
  ],
)

/** dy and the two summands of the forward pass [..., D] → the gradient of both [..., D]. */
export const addNormGradient = webGpuKernel<
  { dy: TensorInfo; first: TensorInfo; second: TensorInfo },
  { epsilon: number }
>((backend, { dy, first, second }, { epsilon }) =>
  runRows(backend, 'HrmAddNormGrad', { x: first, y: second, dy }, gradient, epsilon),
)

function runRows(
  backend: WebGPUBackend,
  name: string,
  inputs: Record<string, TensorInfo>,
  code: (width: number, epsilon: number) => string,
  epsilon: number,
): TensorInfo {
  const { rows, width } = rowsOf(inputs.x)
  return run(backend, {
    name,
    inputs,
    outputShape: inputs.x.shape,
    sizes: { rows },
    workgroups: rows,
    threads,
    code: code(width, epsilon),
  })
}
