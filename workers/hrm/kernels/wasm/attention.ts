import type { TensorInfo } from '@tensorflow/tfjs'
import type { Kernel } from './kernel.ts'
import type { Workspace } from './workspace.ts'

/**
 * qkv [B, S, 3D], cos and sin [S, headSize] or neither → [B, S, D]; and nothing for the gradient, which finds the
 * weights again.
 */
export const attention: Kernel = (workspace, { qkv, cos, sin }, attributes) => {
  const { sizes, scratch } = layout(workspace, qkv, attributes)
  const [rows, length, width] = qkv.shape
  const out = workspace.output([rows, length, width / 3])
  const tensors = [qkv, out].map((tensor) => workspace.address(tensor))
  workspace.functions.attention(...sizes, ...addresses(workspace, cos, sin), ...tensors, scratch)
  return [out, workspace.output([0])]
}

/** dy [B, S, D], and what `attention` was given → dQkv [B, S, 3D]. */
export const attentionGrad: Kernel = (workspace, { dy, qkv, cos, sin }, attributes) => {
  const { sizes, scratch } = layout(workspace, qkv, attributes)
  const dQkv = workspace.output(qkv.shape)
  const tensors = [dy, qkv, dQkv].map((tensor) => workspace.address(tensor))
  workspace.functions.attentionGrad(...sizes, ...addresses(workspace, cos, sin), ...tensors, scratch)
  return [dQkv]
}

function layout(workspace: Workspace, qkv: TensorInfo, attributes: Record<string, unknown>) {
  const heads = attributes.heads as number
  const [rows, length, width] = qkv.shape
  const headSize = width / 3 / heads
  const bytes = workspace.functions.attentionScratch(length, headSize)
  return { sizes: [rows, length, heads, headSize], scratch: workspace.scratch(bytes) }
}

/** Of cos and sin; 0 and 0 where positions are not turned. */
function addresses(workspace: Workspace, cos?: TensorInfo, sin?: TensorInfo): number[] {
  return cos && sin ? [workspace.address(cos), workspace.address(sin)] : [0, 0]
}
