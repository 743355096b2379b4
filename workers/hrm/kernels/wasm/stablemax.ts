import type { Kernel } from './kernel.ts'

/** logits [N, V], labels int32 [N] → [N]. */
export const stablemax: Kernel = (workspace, { logits, labels }) => {
  const [rows, classes] = logits.shape
  const out = workspace.output([rows])
  const tensors = [logits, labels, out].map((tensor) => workspace.address(tensor))
  workspace.functions.stablemax(rows, classes, ...tensors)
  return [out]
}

/** dy [N], logits [N, V], labels int32 [N] → [N, V]. */
export const stablemaxGrad: Kernel = (workspace, { dy, logits, labels }) => {
  const [rows, classes] = logits.shape
  const dLogits = workspace.output(logits.shape)
  const tensors = [dy, logits, labels, dLogits].map((tensor) => workspace.address(tensor))
  workspace.functions.stablemaxGrad(rows, classes, ...tensors)
  return [dLogits]
}
