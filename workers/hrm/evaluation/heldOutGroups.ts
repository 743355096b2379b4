import { Random } from '../../quant/random.ts'

/**
 * Groups to hold out, drawn without regard to anything but the seed: companies a model must do without, to
 * tell what it learnt of the world from what it learnt by heart. Among n groups round(share · n).
 */
export function heldOutGroups(groups: ArrayLike<number>, share: number, seed: number): Set<number> {
  const distinct = Int32Array.from(new Set(Array.from(groups))).sort()
  new Random(seed).shuffle(distinct)
  return new Set(distinct.subarray(0, Math.round(share * distinct.length)))
}
