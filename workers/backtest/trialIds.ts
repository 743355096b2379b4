import type { TrialId } from './trialKey.ts'

/** A set of trial numbers: open addressing in one typed array, because a sweep adds a million. */
export class TrialIds {
  size = 0
  private table = new Float64Array(1024)

  /** False where it was there already. */
  add(id: TrialId): boolean {
    if (2 * this.size >= this.table.length) this.grow()
    const at = this.placeOf(id)
    if (this.table[at] === id) return false
    this.table[at] = id
    this.size++
    return true
  }

  has(id: TrialId): boolean {
    return this.table[this.placeOf(id)] === id
  }

  clear(): void {
    this.size = 0
    this.table = new Float64Array(1024)
  }

  private placeOf(id: TrialId): number {
    const { table } = this
    const mask = table.length - 1
    let at = (id % 4_294_967_296) & mask
    while (table[at] !== 0 && table[at] !== id) at = (at + 1) & mask
    return at
  }

  private grow(): void {
    const old = this.table
    this.table = new Float64Array(2 * old.length)
    for (const id of old) if (id !== 0) this.table[this.placeOf(id)] = id
  }
}
