import type { LiveStore } from './keep/liveStore.ts'

/** What the collection needs of the world, so that it also runs in Node under a simulated clock. */
export interface Platform {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back once after that many milliseconds; the result calls it off. */
  after: (milliseconds: number, callback: () => void) => () => void
  /** Between 0 and 1. */
  random: () => number
  fetch(url: string, init: RequestInit): Promise<Response>
  online(): boolean
  /** Rejects where nothing can be kept. */
  openStore(): Promise<LiveStore>
  /** Bytes; NaN where they are not told. */
  space(): Promise<{ used: number; quota: number }>
}
