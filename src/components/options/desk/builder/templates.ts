import type { Leg, Strikemap } from '../../../../../workers/backtest/api.ts'
import { contractsOf, nearestDelta, type ChainContract } from './chainContracts.ts'

export type TemplateId =
  | 'long-call'
  | 'long-put'
  | 'call-vertical'
  | 'put-vertical'
  | 'covered-call'
  | 'protective-put'
  | 'iron-condor'

export const templates: { id: TemplateId; label: string }[] = [
  { id: 'long-call', label: 'Long call' },
  { id: 'long-put', label: 'Long put' },
  { id: 'call-vertical', label: 'Call spread' },
  { id: 'put-vertical', label: 'Put spread' },
  { id: 'covered-call', label: 'Covered call' },
  { id: 'protective-put', label: 'Protective put' },
  { id: 'iron-condor', label: 'Iron condor' },
]

/** Deltas without sign: of the option that is bought, and of the one sold or bought against it. */
export interface Deltas {
  delta: number
  other: number
}

/** The wings of a condor have this share of the delta of what is sold, as in the simulation. */
const wingShare = 0.4

/** Legs of a template on one expiry of a chain, by delta; null where the chain has too few contracts for it. */
export function templateLegs(
  map: Strikemap,
  id: TemplateId,
  expiry: number,
  { delta, other }: Deltas,
): Leg[] | null {
  const sides = { '1': contractsOf(map, expiry, 1), '-1': contractsOf(map, expiry, -1) }
  const share: Leg = { right: 0, quantity: 1, strike: NaN, expiry: 0 }
  /** @param beyond a contract it must lie further out of the money than */
  const option = (right: 1 | -1, wanted: number, quantity: 1 | -1, beyond?: Leg | null): Leg | null => {
    const further = (one: ChainContract) => !beyond || right * (one.strike - beyond.strike) > 0
    const found = nearestDelta(sides[`${right}`].filter(further), wanted)
    return found ? { right, quantity, strike: found.strike, expiry } : null
  }
  const vertical = (right: 1 | -1): (Leg | null)[] => {
    const bought = option(right, delta, 1)
    return [bought, option(right, Math.min(other, delta), -1, bought)]
  }
  const condorSide = (right: 1 | -1): (Leg | null)[] => {
    const sold = option(right, other, -1)
    return [sold, option(right, wingShare * other, 1, sold)]
  }
  const legs: Record<TemplateId, () => (Leg | null)[]> = {
    'long-call': () => [option(1, delta, 1)],
    'long-put': () => [option(-1, delta, 1)],
    'call-vertical': () => vertical(1),
    'put-vertical': () => vertical(-1),
    'covered-call': () => [share, option(1, other, -1)],
    'protective-put': () => [share, option(-1, other, 1)],
    'iron-condor': () => [...condorSide(-1), ...condorSide(1)],
  }
  const found = legs[id]()
  return found.every((leg) => leg !== null) ? found : null
}
