import type { Signals } from './system.ts'

/** Signals as they are found, symbol by symbol, before they are put in the order of the days. */
export class FoundSignals {
  length = 0
  private day = new Int32Array(256)
  private symbol = new Int32Array(256)
  private direction = new Int8Array(256)
  private conviction = new Float64Array(256)
  private reason = new Int32Array(256)

  add(day: number, symbol: number, direction: number, conviction: number, reason: number): void {
    if (this.length === this.day.length) this.grow()
    const at = this.length++
    this.day[at] = day
    this.symbol[at] = symbol
    this.direction[at] = direction
    this.conviction[at] = conviction
    this.reason[at] = reason
  }

  /**
   * Ordered by day and, within a day, by conviction from strong to weak, since orders of one day are served
   * in the order given; what is equal stays in the order it was added in.
   *
   * @param days of the panel
   */
  inOrder(days: number): Signals {
    const order = this.byDay(days)
    this.strongestFirst(order)
    return {
      day: pick(this.day, order),
      symbol: pick(this.symbol, order),
      direction: pick(this.direction, order),
      conviction: pick(this.conviction, order),
      horizon: new Int32Array(order.length),
      reason: pick(this.reason, order),
    }
  }

  /** Counting sort, stable. */
  private byDay(days: number): Int32Array {
    const next = new Int32Array(days + 1)
    for (let i = 0; i < this.length; i++) next[this.day[i] + 1]++
    for (let d = 0; d < days; d++) next[d + 1] += next[d]
    const order = new Int32Array(this.length)
    for (let i = 0; i < this.length; i++) order[next[this.day[i]]++] = i
    return order
  }

  /** Insertion sort within each day, stable: a day has few signals. */
  private strongestFirst(order: Int32Array): void {
    const { day, conviction } = this
    for (let i = 1; i < order.length; i++) {
      const row = order[i]
      let at = i
      while (at > 0 && day[order[at - 1]] === day[row] && conviction[order[at - 1]] < conviction[row]) {
        order[at] = order[at - 1]
        at--
      }
      order[at] = row
    }
  }

  private grow(): void {
    const size = this.day.length * 2
    this.day = enlarged(this.day, new Int32Array(size))
    this.symbol = enlarged(this.symbol, new Int32Array(size))
    this.direction = enlarged(this.direction, new Int8Array(size))
    this.conviction = enlarged(this.conviction, new Float64Array(size))
    this.reason = enlarged(this.reason, new Int32Array(size))
  }
}

type Column = Int32Array | Int8Array | Float64Array

function enlarged<T extends Column>(old: T, bigger: T): T {
  bigger.set(old)
  return bigger
}

function pick<T extends Column>(values: T, order: Int32Array): T {
  const out = values.slice(0, order.length) as T
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]]
  return out
}
