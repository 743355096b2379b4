import type { TensorInfo } from '@tensorflow/tfjs'
import { rowsOf, runFlat, webGpuKernel } from './program.ts'

/** Where gate and up of output `index` stand in the row of both. */
const places = (inner: number) => /* wgsl */ `
  if (index >= uniforms.count) { return; }
  let gateAt = index / ${inner} * ${2 * inner} + index % ${inner};
  let upAt = gateAt + ${inner};
  let gate = gateUp[gateAt];
  let small = exp(-abs(gate));
  let sigmoid = select(small, 1.0, gate >= 0.0) / (1.0 + small);`

/** gate|up [N, 2I] → silu(gate) · up [N, I]. */
export const swiglu = webGpuKernel<{ gateUp: TensorInfo }>((backend, { gateUp }) => {
  const { rows, width } = rowsOf(gateUp)
  const inner = width / 2
  return runFlat(backend, {
    name: 'HrmSwiGlu',
    inputs: { gateUp },
    outputShape: [rows, inner],
    count: rows * inner,
    code: /* wgsl */ `
fn main(index : i32) {${places(inner)}
  result[index] = gate * sigmoid * gateUp[upAt];
}`,
  })
})

/** dy [N, I] and gate|up [N, 2I] → the gradient of gate|up [N, 2I]. */
export const swigluGradient = webGpuKernel<{ dy: TensorInfo; gateUp: TensorInfo }>(
  (backend, { dy, gateUp }) => {
    const { rows, width } = rowsOf(gateUp)
    const inner = width / 2
    return runFlat(backend, {
      name: 'HrmSwiGluGrad',
      inputs: { dy, gateUp },
      outputShape: [rows, width],
      count: rows * inner,
      code: /* wgsl */ `
fn main(index : i32) {${places(inner)}
  let silu = gate * sigmoid;
  result[gateAt] = dy[index] * gateUp[upAt] * (sigmoid + silu * (1.0 - sigmoid));
  result[upAt] = dy[index] * silu;
}`,
    })
  },
)
