import { util } from '@tensorflow/tfjs'
import type { TensorInfo } from '@tensorflow/tfjs'
import type { UpdateAttributes } from '../../optimisers/optimiser.ts'
import { runFlat, webGpuKernel } from './program.ts'

/** The moments of all parameters as they are packed: [2P], every m, then every v. */
interface Packed {
  moments: TensorInfo
}

/** moments [2P], gradients [P] → moments [2P] after a step: m + (1 − β₁)(g − m), v + (1 − β₂)(g² − v). */
export const moments = webGpuKernel<Packed & { gradients: TensorInfo }, UpdateAttributes>(
  (backend, inputs, { gradientScale, beta1, beta2 }) =>
    runFlat(backend, {
      name: 'HrmMoments',
      inputs: { moments: inputs.moments, gradients: inputs.gradients },
      outputShape: inputs.moments.shape,
      count: inputs.gradients.shape[0],
      factors: { gradientScale, towardsMean: 1 - beta1, towardsSquare: 1 - beta2 },
      code: /* wgsl */ `
fn main(index : i32) {
  if (index >= uniforms.count) { return; }
  let g = gradients[index] * uniforms.gradientScale;
  let m = moments[index];
  let v = moments[uniforms.count + index];
  result[index] = m + (g - m) * uniforms.towardsMean;
  result[uniforms.count + index] = v + (g * g - v) * uniforms.towardsSquare;
}`,
    }),
)

// No driver is asked for the angle of (0, 0); no root of a float32 is as small as 1e-30 but 0.
export const adamAtan2Step = step('HrmAdamAtan2Step', 'select(atan2(m, max(root, 1e-30)), 0.0, m == 0.0)')

export const adamWStep = step('HrmAdamWStep', 'm / (root + uniforms.epsilon)')

/**
 * p of any shape, whose moments begin at `offset` of the packed ones → p after a step:
 * p(1 − lr·wd) − lr/(1 − β₁ᵗ) · direction(m, √(v/(1 − β₂ᵗ))).
 */
function step(name: string, direction: string) {
  return webGpuKernel<Packed & { p: TensorInfo }, UpdateAttributes & { offset: number }>(
    (backend, inputs, attributes) => {
      const { learningRate, weightDecay, beta1, beta2, epsilon, offset } = attributes
      return runFlat(backend, {
        name,
        inputs: { p: inputs.p, moments: inputs.moments },
        outputShape: inputs.p.shape,
        count: util.sizeFromShape(inputs.p.shape),
        sizes: { offset, total: inputs.moments.shape[0] / 2 },
        factors: {
          keep: 1 - learningRate * weightDecay,
          stride: learningRate / (1 - beta1 ** attributes.step),
          perRoot: 1 / Math.sqrt(1 - beta2 ** attributes.step),
          epsilon,
        },
        code: /* wgsl */ `
fn main(index : i32) {
  if (index >= uniforms.count) { return; }
  let m = moments[uniforms.offset + index];
  let root = sqrt(moments[uniforms.total + uniforms.offset + index]) * uniforms.perRoot;
  result[index] = p[index] * uniforms.keep - uniforms.stride * ${direction};
}`,
      })
    },
  )
}
