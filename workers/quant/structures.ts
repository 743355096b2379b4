/** What options are put together to. */
export const structureKinds = [
  'shares',
  'long-option',
  'vertical',
  'covered-call',
  'protective-put',
  'iron-condor',
  /** A long option beside shares. */
  'option-and-shares',
] as const
export type StructureKind = (typeof structureKinds)[number]

/** One leg of a structure, as it is written for one share of the structure. */
export interface Leg {
  /** 0 = the share itself, +1 call, −1 put. */
  right: 0 | 1 | -1
  /** Shares or options held for one of the structure: +1 long, −1 short. */
  quantity: number
  /** Raw, as listed; NaN for shares. */
  strike: number
  /** Epoch day; 0 for shares. */
  expiry: number
}
