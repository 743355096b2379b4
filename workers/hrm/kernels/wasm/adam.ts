import type { TensorInfo } from '@tensorflow/tfjs'
import type { UpdateAttributes } from '../../optimisers/optimiser.ts'
import { sizeOf, type Kernel } from './kernel.ts'
import type { Workspace } from './workspace.ts'

/** p, g, m, v of one shape → p, m, v after a step. */
export const adamAtan2: Kernel = (workspace, inputs, attributes) => {
  const { results, addresses } = tensorsOf(workspace, inputs)
  workspace.functions.adamAtan2(...addresses, ...factorsOf(attributes as UpdateAttributes))
  return results
}

/** p, g, m, v of one shape → p, m, v after a step. */
export const adamW: Kernel = (workspace, inputs, attributes) => {
  const { results, addresses } = tensorsOf(workspace, inputs)
  const settings = attributes as UpdateAttributes
  workspace.functions.adamW(...addresses, ...factorsOf(settings), settings.epsilon)
  return results
}

/** The number of parameters, and the addresses of p, g, m, v and the three results. */
function tensorsOf(workspace: Workspace, { p, g, m, v }: Record<string, TensorInfo>) {
  const results = [p, m, v].map(({ shape }) => workspace.output(shape))
  const tensors = [p, g, m, v, ...results].map((tensor) => workspace.address(tensor))
  return { results, addresses: [sizeOf(p), ...tensors] }
}

/** What a step multiplies by, computed once in double precision, in the order of `assembly/adam.ts`. */
function factorsOf(attributes: UpdateAttributes): number[] {
  const { learningRate, gradientScale, step, beta1, beta2, weightDecay } = attributes
  return [
    gradientScale,
    1 - beta1,
    1 - beta2,
    1 - learningRate * weightDecay,
    learningRate / (1 - beta1 ** step),
    1 / Math.sqrt(1 - beta2 ** step),
  ]
}
