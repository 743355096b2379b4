import type { ParamValue, Params } from '../systems/system.ts'

/**
 * What makes a trial the same as another: system, parameters, data and range. 53 bits as a whole number, so that a
 * million of them fit into 8 MB; two of a million trials share a number with a probability of 6 × 10⁻⁵.
 */
export type TrialId = number

/** Two words that are joined by exclusive or, in whatever order the parameters come. */
export interface TrialKey {
  high: number
  low: number
}

/** The part of the key that the parameters do not change; days are epoch days, inclusive. */
export function runKey(system: string, contents: string, firstDay: number, lastDay: number): TrialKey {
  return hashed(`${system}\n${contents}\n${firstDay}\n${lastDay}`)
}

export function paramKey(name: string, value: ParamValue): TrialKey {
  return hashed(`${name}=${JSON.stringify(value)}`)
}

/** Adds a part to a key, or takes it out again. */
export function toggled(key: TrialKey, part: TrialKey): TrialKey {
  return { high: key.high ^ part.high, low: key.low ^ part.low }
}

export function withParams(key: TrialKey, params: Params): TrialKey {
  return Object.entries(params).reduce((sum, [name, value]) => toggled(sum, paramKey(name, value)), key)
}

/** 1 … 2⁵³ − 1 */
export function trialId({ high, low }: TrialKey): TrialId {
  return (high & 0x1fffff) * 4_294_967_296 + (low >>> 0) || 1
}

/** Two FNV-1a sums over the UTF-16 units with different multipliers, each bit spread by the finish of MurmurHash3. */
function hashed(text: string): TrialKey {
  let high = 0x811c9dc5
  let low = 0x3c6ef372
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x5bd1e995)
  }
  return { high: spread(high), low: spread(low) }
}

function spread(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
