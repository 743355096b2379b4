/** Which days of which symbols are taken by a trade. */
export class Taken {
  /** [symbols × days] number of the rerun that took it last; −1 = taken in all of them */
  private readonly by: Int32Array
  private rerun = 0

  constructor(
    symbols: number,
    private readonly days: number,
  ) {
    this.by = new Int32Array(symbols * days)
  }

  /** Takes days in every rerun to come. */
  keep(symbol: number, firstDay: number, lastDay: number): void {
    const start = symbol * this.days
    this.by.fill(-1, start + firstDay, start + lastDay + 1)
  }

  /** Begins a rerun: only what is kept is taken. */
  next(): void {
    this.rerun++
  }

  /** True where none of so many days from this one is taken; days after the last are free. */
  isFree(symbol: number, firstDay: number, count: number): boolean {
    const start = symbol * this.days
    const end = start + Math.min(this.days, firstDay + count)
    for (let at = start + firstDay; at < end; at++) {
      if (this.by[at] === this.rerun || this.by[at] === -1) return false
    }
    return true
  }

  take(symbol: number, firstDay: number, count: number): void {
    const start = symbol * this.days
    const end = start + Math.min(this.days, firstDay + count)
    for (let at = start + firstDay; at < end; at++) if (this.by[at] !== -1) this.by[at] = this.rerun
  }
}
