import { sizeOf, type Kernel } from './kernel.ts'

/** x, y [..., D] → RMS(x + y) [..., D] and one over the root mean square [..., 1]. */
export const addNorm: Kernel = (workspace, { x, y }, { epsilon }) => {
  const width = x.shape[x.shape.length - 1]
  const out = workspace.output(x.shape)
  const rstd = workspace.output([...x.shape.slice(0, -1), 1])
  const tensors = [x, y, out, rstd].map((tensor) => workspace.address(tensor))
  workspace.functions.addNorm(sizeOf(rstd), width, epsilon as number, ...tensors)
  return [out, rstd]
}

/** dy, y [..., D], rstd [..., 1], results of `addNorm` → the gradient of either summand [..., D]. */
export const addNormGrad: Kernel = (workspace, { dy, y, rstd }) => {
  const width = y.shape[y.shape.length - 1]
  const dh = workspace.output(y.shape)
  const tensors = [dy, y, rstd, dh].map((tensor) => workspace.address(tensor))
  workspace.functions.addNormGrad(sizeOf(rstd), width, ...tensors)
  return [dh]
}
