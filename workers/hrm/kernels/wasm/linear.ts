import type { Kernel } from './kernel.ts'
import type { Workspace } from './workspace.ts'

/** x Wᵀ: x [N, in], w [out, in] → [N, out]. */
export const linear: Kernel = (workspace, { x, w }) => {
  const [rows, width] = x.shape
  const [outputs] = w.shape
  const out = workspace.output([rows, outputs])
  const [a, b] = [workspace.address(x), workspace.address(w)]
  product(workspace, [rows, outputs, width], [a, width, 1], [b, width, 1], workspace.address(out))
  return [out]
}

/** dY W: dy [N, out], w [out, in] → [N, in]. */
export const linearGradX: Kernel = (workspace, { dy, w }) => {
  const [rows, outputs] = dy.shape
  const [, width] = w.shape
  const out = workspace.output([rows, width])
  const [a, b] = [workspace.address(dy), workspace.address(w)]
  product(workspace, [rows, width, outputs], [a, outputs, 1], [b, 1, width], workspace.address(out))
  return [out]
}

/** dYᵀ X: dy [N, out], x [N, in] → [out, in]. */
export const linearGradW: Kernel = (workspace, { dy, x }) => {
  const [rows, outputs] = dy.shape
  const [, width] = x.shape
  const out = workspace.output([outputs, width])
  const [a, b] = [workspace.address(dy), workspace.address(x)]
  product(workspace, [outputs, width, rows], [a, 1, outputs], [b, 1, width], workspace.address(out))
  return [out]
}

/** An operand's address, and its steps in floats to the next row (of b: column), and along the sum. */
type Operand = [address: number, line: number, depth: number]

function product(
  workspace: Workspace,
  [m, n, k]: [m: number, n: number, k: number],
  a: Operand,
  b: Operand,
  c: number,
): void {
  const { functions } = workspace
  functions.product(m, n, k, ...a, ...b, c, n, workspace.scratch(functions.productScratch(n, k)))
}
