import { exp } from '../../workers/quant/elementary.ts'
import type { Sign } from '../../workers/quant/options/european.ts'
import type { Random } from '../random.ts'
import type { MispricingWorld } from './chainWorld.ts'

/** A strike of an expiry that is quoted away from the surface. */
export interface Mispricing {
  /** Index of the quote day on which it appears. */
  week: number
  /** Away from the fair price of the contract it began with, as a fraction of that; both rights move by it. */
  size: number
  /** The right out of the money on that day. */
  right: Sign
  kind: 'reverting' | 'standing'
}

/** No strike is further from the surface than this fraction of its fair price. */
const MOST = 0.14

const LN2 = 0.6931471805599453

/** Fraction that is left of a reverting mispricing after some weeks. */
export function leftAfter(weeks: number, { lag, halfLife }: MispricingWorld): number {
  return weeks <= lag ? 1 : exp((-LN2 * (weeks - lag)) / halfLife)
}

/** Weeks after which a strike may be mispriced anew. */
export function weeksUntilGone({ lag, halfLife }: MispricingWorld): number {
  return lag + Math.ceil(3 * halfLife)
}

/**
 * Size of each mispricing in the weeks after it appeared. What strength takes away from its own answer comes
 * from that of another one of the same symbol: at strength 0 the same moves are all there, linked to nothing.
 * @param edge by week index, −1 … 1
 */
export function mispricingPaths(
  mispricings: readonly Mispricing[],
  weeks: number,
  edge: (week: number) => number,
  world: MispricingWorld,
  random: Random,
): Float64Array[] {
  const others = random.shuffle([...mispricings])
  return mispricings.map((own, i) => {
    const path = new Float64Array(Math.max(0, weeks - own.week))
    let size = own.size
    for (let k = 0; k < path.length; k++) {
      const w = edge(own.week + k)
      size += w * answer(own, k, world) + Math.sqrt(1 - w * w) * answer(others[i], k, world)
      size = Math.min(MOST, Math.max(-MOST, size))
      path[k] = size
    }
    return path
  })
}

/** By how much a mispricing changes in its k-th week. */
function answer({ kind, size }: Mispricing, k: number, world: MispricingWorld): number {
  if (kind === 'standing' || k === 0) return 0
  return size * (leftAfter(k, world) - leftAfter(k - 1, world))
}
