import type { Sized } from './recentlyUsed.ts'

/** Bars on which one signal speaks, ordered by day and, within a day, from strong to weak; equal ones by symbol. */
export interface CallList extends Sized {
  length: number
  /** [length] index into the dates of the panel */
  day: Int32Array
  /** [length] */
  symbol: Int32Array
  /** [length] in (0, 1]; negative where it sells */
  conviction: Float64Array
}

/** Calls as they are found, symbol by symbol and day by day, before they are put in order. Used again and again. */
export class Calls {
  private length = 0
  private day = new Int32Array(256)
  private symbol = new Int32Array(256)
  private conviction = new Float64Array(256)
  private next = new Int32Array(0)

  clear(): void {
    this.length = 0
  }

  add(day: number, symbol: number, conviction: number): void {
    if (this.length === this.day.length) this.grow()
    this.day[this.length] = day
    this.symbol[this.length] = symbol
    this.conviction[this.length++] = conviction
  }

  /**
   * @param days of the panel
   * @param overhead bytes that keeping the list takes beside its columns
   */
  inOrder(days: number, overhead: number): CallList {
    const { length } = this
    // One piece of memory: asking for three takes longer than filling them.
    const memory = new ArrayBuffer(16 * length)
    const list: CallList = {
      length,
      conviction: new Float64Array(memory, 0, length),
      day: new Int32Array(memory, 8 * length, length),
      symbol: new Int32Array(memory, 12 * length, length),
      bytes: overhead + 16 * length,
    }
    if (length === 0) return list
    // Calls of one symbol alone are in order as they come.
    if (this.symbol[0] === this.symbol[length - 1]) {
      for (let i = 0; i < length; i++) {
        list.day[i] = this.day[i]
        list.symbol[i] = this.symbol[i]
        list.conviction[i] = this.conviction[i]
      }
    } else {
      this.countDays(days)
      for (let i = 0; i < length; i++) this.insert(list, i)
    }
    return list
  }

  /** Fills `next` with the place at which the calls of each day begin. */
  private countDays(days: number): void {
    if (this.next.length <= days) this.next = new Int32Array(days + 1)
    const { next, day, length } = this
    next.fill(0)
    for (let i = 0; i < length; i++) next[day[i] + 1]++
    for (let d = 0; d < days; d++) next[d + 1] += next[d]
  }

  /** Behind the calls of its day that are as strong: a day has few. */
  private insert({ day, symbol, conviction }: CallList, call: number): void {
    const ofDay = this.day[call]
    const given = this.conviction[call]
    const strength = Math.abs(given)
    let at = this.next[ofDay]++
    day[at] = ofDay
    while (at > 0 && day[at - 1] === ofDay && Math.abs(conviction[at - 1]) < strength) {
      symbol[at] = symbol[at - 1]
      conviction[at] = conviction[at - 1]
      at--
    }
    symbol[at] = this.symbol[call]
    conviction[at] = given
  }

  private grow(): void {
    const size = this.day.length * 2
    this.day = enlarged(this.day, new Int32Array(size))
    this.symbol = enlarged(this.symbol, new Int32Array(size))
    this.conviction = enlarged(this.conviction, new Float64Array(size))
  }
}

function enlarged<T extends Int32Array | Float64Array>(old: T, bigger: T): T {
  bigger.set(old)
  return bigger
}
