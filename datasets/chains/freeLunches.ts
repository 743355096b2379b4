import type { Sign } from '../../workers/quant/options/european.ts'

/** A strike of an expiry as it is about to be quoted: the prices of both rights are off by `gap`. */
export interface GappedStrike {
  expiry: number
  strike: number
  gap: number
  contracts: { right: Sign; price: number; half: number }[]
}

/** One right of it. */
interface Leg {
  of: GappedStrike
  price: number
  half: number
}

/** What is left of the gaps of strikes that make a free lunch together, again and again until it is gone. */
const SHRINK = 0.8
const MOST_ROUNDS = 60
/** Bids and asks are yet to be rounded to cents. */
const CENT = 0.01

/**
 * Shrinks the gaps of the strikes of one symbol and day until no spread of two strikes, no butterfly of three
 * and no calendar spread pays for nothing at bid and ask: somebody would have taken it.
 * @param strikes by expiry, then strike
 */
export function shrinkFreeLunches(strikes: readonly GappedStrike[]): void {
  // A leg that is bid above what another, or a mix of two others, asks for the same or more.
  const dominated: { leg: Leg; by: [leg: Leg, share: number][] }[] = []
  for (const right of [1, -1] as const) {
    for (const legs of grouped(strikes, right, ({ expiry }) => expiry)) {
      for (let i = 1; i < legs.length; i++) {
        const [cheaper, dearer] = right > 0 ? [legs[i], legs[i - 1]] : [legs[i - 1], legs[i]]
        dominated.push({ leg: cheaper, by: [[dearer, 1]] })
        if (i + 1 === legs.length) continue
        const [low, middle, high] = [legs[i - 1], legs[i], legs[i + 1]]
        const share = (high.of.strike - middle.of.strike) / (high.of.strike - low.of.strike)
        const wings: [Leg, number][] = [
          [low, share],
          [high, 1 - share],
        ]
        dominated.push({ leg: middle, by: wings })
      }
    }
    for (const legs of grouped(strikes, right, ({ strike }) => strike)) {
      for (let i = 1; i < legs.length; i++) dominated.push({ leg: legs[i - 1], by: [[legs[i], 1]] })
    }
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let free = false
    for (const { leg, by } of dominated) {
      const bid = leg.price + leg.of.gap - leg.half
      let ask = 0
      for (const [other, share] of by) ask += share * (other.price + other.of.gap + other.half)
      if (bid + CENT <= ask) continue
      free = true
      leg.of.gap *= SHRINK
      for (const [other] of by) other.of.gap *= SHRINK
    }
    if (!free) return
  }
}

/** The legs of one right that share something, in the order given. */
function grouped(
  strikes: readonly GappedStrike[],
  right: Sign,
  key: (strike: GappedStrike) => number,
): Iterable<Leg[]> {
  const groups = new Map<number, Leg[]>()
  for (const of of strikes) {
    const contract = of.contracts.find((candidate) => candidate.right === right)
    if (contract === undefined) continue
    const group = groups.get(key(of))
    const leg = { of, price: contract.price, half: contract.half }
    if (group) group.push(leg)
    else groups.set(key(of), [leg])
  }
  return groups.values()
}
