import type { TensorInfo } from '@tensorflow/tfjs'
import type { Workspace } from './workspace.ts'

/** A kernel of ours; the operation in `ops/` that calls it says which inputs and attributes it gets. */
export type Kernel = (
  workspace: Workspace,
  inputs: Record<string, TensorInfo>,
  attributes: Record<string, unknown>,
) => TensorInfo | TensorInfo[]

/** How many values a tensor has. */
export function sizeOf({ shape }: TensorInfo): number {
  return shape.reduce((size, length) => size * length, 1)
}
