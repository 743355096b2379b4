import * as v from 'valibot'
import type { OwnerDecision } from '../api.ts'

const epochDay = v.nullable(v.pipe(v.number(), v.integer()))
const decision = v.object({
  owner: v.pipe(v.string(), v.minLength(1)),
  symbol: v.nullable(v.pipe(v.string(), v.minLength(1))),
  validFrom: epochDay,
  validTo: epochDay,
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
})
const document = v.object({ decisions: v.array(v.unknown()) })

export type Decisions = Map<string, OwnerDecision>

/** Decisions by owner, from what was kept; what does not read as one is left out. */
export function readDecisions(kept: unknown): Decisions {
  const decisions: Decisions = new Map()
  const read = v.safeParse(document, kept)
  if (!read.success) return decisions
  for (const entry of read.output.decisions) {
    const one = v.safeParse(decision, entry)
    if (one.success) decisions.set(one.output.owner, one.output)
  }
  return decisions
}

export function writeDecisions(decisions: Decisions): { decisions: OwnerDecision[] } {
  return { decisions: [...decisions.values()].sort((a, b) => (a.owner < b.owner ? -1 : 1)) }
}
