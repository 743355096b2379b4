import type { TensorInfo } from '@tensorflow/tfjs'
import { rowsOf, runFlat, webGpuKernel } from './program.ts'

/** s(x) = x + 1 for x ≥ 0, 1/(1 − x) below; each branch is finite for every x. */
const stablemax = (classes: number) => /* wgsl */ `
const classes = ${classes};

fn s(x : f32) -> f32 {
  return max(x, 0.0) + 1.0 / (1.0 - min(x, 0.0));
}

fn slope(x : f32) -> f32 {
  let below = 1.0 / (1.0 - min(x, 0.0));
  return below * below;
}

fn sumOf(start : i32) -> f32 {
  var sum = 0.0;
  for (var i = 0; i < classes; i = i + 1) { sum = sum + s(logits[start + i]); }
  return sum;
}`

/** logits [N, V], labels int32 [N] → −log(s(x_label) / Σ s(x)) [N]; 0 where the label is no class. */
export const stablemaxLoss = webGpuKernel<{ logits: TensorInfo; labels: TensorInfo }>(
  (backend, { logits, labels }) => {
    const { rows, width } = rowsOf(logits)
    return runFlat(backend, {
      name: 'HrmStablemax',
      inputs: { logits, labels },
      outputShape: [rows],
      count: rows,
      code: /* wgsl */ `${stablemax(width)}

fn main(index : i32) {
  if (index >= uniforms.count) { return; }
  let label = labels[index];
  if (label < 0 || label >= classes) { result[index] = 0.0; return; }
  let start = index * classes;
  result[index] = log(sumOf(start)) - log(s(logits[start + label]));
}`,
    })
  },
)

/** dy [N], logits [N, V], labels int32 [N] → the gradient of the logits [N, V]. */
export const stablemaxLossGradient = webGpuKernel<{ dy: TensorInfo; logits: TensorInfo; labels: TensorInfo }>(
  (backend, { dy, logits, labels }) => {
    const { rows, width } = rowsOf(logits)
    return runFlat(backend, {
      name: 'HrmStablemaxGrad',
      inputs: { dy, logits, labels },
      outputShape: [rows, width],
      count: rows,
      code: /* wgsl */ `${stablemax(width)}

fn main(index : i32) {
  if (index >= uniforms.count) { return; }
  let label = labels[index];
  let start = index * classes;
  let counts = label >= 0 && label < classes;
  let perSum = select(0.0, dy[index] / sumOf(start), counts);
  for (var i = 0; i < classes; i = i + 1) {
    let x = logits[start + i];
    result[start + i] = slope(x) * (perSum - select(0.0, dy[index] / s(x), counts && i == label));
  }
}`,
    })
  },
)
