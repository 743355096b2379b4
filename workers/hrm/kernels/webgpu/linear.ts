import { getKernel } from '@tensorflow/tfjs'
import type { TensorInfo } from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { webGpuKernel } from './program.ts'

/** x [N, in], w [out, in] → x wᵀ [N, out]. */
export const linear = webGpuKernel<{ x: TensorInfo; w: TensorInfo }>((backend, { x, w }) =>
  product(backend, x, w, { transposeA: false, transposeB: true }),
)

/** dy [N, out], x [N, in] → dyᵀ x [out, in]. */
export const linearGradientOfWeight = webGpuKernel<{ dy: TensorInfo; x: TensorInfo }>((backend, { dy, x }) =>
  product(backend, dy, x, { transposeA: true, transposeB: false }),
)

/** tfjs's own product, which on this backend reads either operand transposed as fast as not: one dispatch. */
function product(
  backend: WebGPUBackend,
  a: TensorInfo,
  b: TensorInfo,
  attrs: { transposeA: boolean; transposeB: boolean },
): TensorInfo {
  return getKernel('BatchMatMul', 'webgpu').kernelFunc({ inputs: { a, b }, backend, attrs }) as TensorInfo
}
