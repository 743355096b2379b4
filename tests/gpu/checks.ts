import type { Check } from './check.ts'
import { kernelChecks } from './kernels.ts'
import { modelParity } from './modelParity.ts'
import { operationParity } from './operationParity.ts'
import { optimiserParity } from './optimiserParity.ts'
import type { ReadReference } from './reference.ts'

/** Checks that need no file. */
export const ownChecks = { kernels: kernelChecks }

/** Checks against the files of `../shared/parity/hrm`. */
export const referenceChecks = {
  operations: operationParity,
  optimisers: optimiserParity,
  model: modelParity,
} satisfies Record<string, (read: ReadReference) => Check[]>
