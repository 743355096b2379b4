import type { Kernel } from './kernel.ts'

/** gate|up [N, 2I] → silu(gate) · up [N, I]. */
export const swiglu: Kernel = (workspace, { gateUp }) => {
  const [rows, both] = gateUp.shape
  const out = workspace.output([rows, both / 2])
  workspace.functions.swiglu(rows, both / 2, workspace.address(gateUp), workspace.address(out))
  return [out]
}

/** dy [N, I], gate|up [N, 2I] → [N, 2I]. */
export const swigluGrad: Kernel = (workspace, { dy, gateUp }) => {
  const [rows, inner] = dy.shape
  const dGateUp = workspace.output(gateUp.shape)
  const tensors = [dy, gateUp, dGateUp].map((tensor) => workspace.address(tensor))
  workspace.functions.swigluGrad(rows, inner, ...tensors)
  return [dGateUp]
}
