import { Problem } from '../problem.ts'
import { FileKeep } from './fileKeep.ts'
import type { Keep } from './keep.ts'

/** Where nothing outlives the visit, `message` saying why. */
export function noKeep(message: string): Keep {
  return new FileKeep(() => Promise.reject(new Problem('no-storage', message)))
}
