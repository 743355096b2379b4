import type { ChainSlice } from '../chainTables.ts'
import { rowStates } from './analysis.ts'

export const stateCode = Object.fromEntries(rowStates.map((name, code) => [name, code])) as Record<
  (typeof rowStates)[number],
  number
>

/** What the rows of a slice say before anything is computed; [rows] each. */
export interface Quotes {
  /** Whether at least half of the rows have a bid and an ask: else the last trade stands for the middle. */
  quoted: boolean
  /** Code of `rowStates`. */
  state: Uint8Array
  mid: Float64Array
  /** Half of the spread; NaN where it is not known. */
  half: Float64Array
}

export function readQuotes({ rows, day }: ChainSlice): Quotes {
  const { bid, ask, last, expiry } = rows
  const count = expiry.length
  let both = 0
  for (let i = 0; i < count; i++) if (bid[i] >= 0 && ask[i] >= 0) both++
  const quoted = 2 * both >= count && count > 0
  const state = new Uint8Array(count)
  const mid = new Float64Array(count).fill(NaN)
  const half = new Float64Array(count).fill(NaN)
  for (let i = 0; i < count; i++) {
    if (!quoted) {
      if (last[i] > 0) mid[i] = last[i]
      else state[i] = stateCode['no quote']
    } else if (!(bid[i] > 0) && !(ask[i] > 0)) state[i] = stateCode['no quote']
    else if (!(ask[i] > 0)) state[i] = stateCode['no ask']
    else {
      if (!(bid[i] > 0)) state[i] = stateCode['zero bid']
      else if (bid[i] > ask[i]) state[i] = stateCode.crossed
      mid[i] = (Math.max(0, bid[i]) + ask[i]) / 2
      half[i] = (ask[i] - Math.max(0, bid[i])) / 2
    }
    if (expiry[i] <= day) state[i] = stateCode.expired
  }
  return { quoted, state, mid, half }
}
