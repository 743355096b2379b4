import type { CallList } from './calls.ts'
import type { Signals } from './system.ts'

/**
 * Joins the calls of several signals. Of one symbol and day the side with the strongest single conviction
 * decides, the selling side on a tie, and the other side is silent. Rows are ordered by day and, within a day,
 * by conviction from strong to weak, since orders of one day are served in the order given; equal ones stand
 * by symbol, then by signal.
 *
 * Its columns are used again by the next join; what is returned is a copy, cut to length. A join of the same
 * lists as before returns the same object, so that a sweep over the rules joins once.
 */
export class DecidedSignals {
  private day = new Int32Array(0)
  private symbol = new Int32Array(0)
  /** Negative where it sells. */
  private conviction = new Float64Array(0)
  private reason = new Int32Array(0)
  /** [symbols] the strongest call of the day, negative where it sells; 0 between days */
  private strongest = new Float64Array(0)
  /** The lists behind one another, so that the loops below read three columns and not three for each list. */
  private callDay = new Int32Array(0)
  private callSymbol = new Int32Array(0)
  private callConviction = new Float64Array(0)
  /** [lists] the next call to be read */
  private next = new Int32Array(0)
  /** [calls of a day] */
  private gathered = new Int32Array(0)
  private gatheredReason = new Int32Array(0)
  private latest: Join | null = null

  /**
   * @param lists of one signal each
   * @param reasons [lists] number of the signal
   * @param tradable [symbols] 1 where the calls of the symbol count
   */
  join(lists: CallList[], reasons: number[], tradable: Uint8Array, allowShort: boolean): Signals {
    const { latest } = this
    if (
      latest !== null &&
      latest.allowShort === allowShort &&
      isSame(latest.lists, lists) &&
      isSame(latest.tradable, tradable)
    ) {
      return latest.signals
    }
    this.begin(lists, tradable.length)
    const signals = this.signals(this.rows(lists, reasons, tradable), allowShort)
    this.latest = { lists, tradable: tradable.slice(), allowShort, signals }
    return signals
  }

  /** Fills the columns and returns the number of rows. One function, since what it reads is read for every call. */
  private rows(lists: CallList[], reasons: number[], tradable: Uint8Array): number {
    const { day, symbol, conviction, reason, strongest, next, gathered, gatheredReason } = this
    const { callDay, callSymbol, callConviction } = this
    let length = 0
    for (;;) {
      let today = noDay
      for (let k = 0; k < lists.length; k++) today = Math.min(today, callDay[next[k]])
      if (today === noDay) break

      let count = 0
      for (let k = 0; k < lists.length; k++) {
        let call = next[k]
        for (; callDay[call] === today; call++) {
          const of = callSymbol[call]
          if (tradable[of] === 0) continue
          const signed = callConviction[call]
          const size = Math.abs(signed)
          const before = Math.abs(strongest[of])
          if (size > before || (size === before && signed < 0)) strongest[of] = signed
          gathered[count] = call
          gatheredReason[count++] = reasons[k]
        }
        next[k] = call
      }

      const first = length
      for (let i = 0; i < count; i++) {
        const of = callSymbol[gathered[i]]
        const signed = callConviction[gathered[i]]
        if (signed > 0 !== strongest[of] > 0) continue
        const size = Math.abs(signed)
        let at = length++
        while (at > first) {
          const before = Math.abs(conviction[at - 1])
          if (before > size || (before === size && symbol[at - 1] <= of)) break
          symbol[at] = symbol[at - 1]
          conviction[at] = conviction[at - 1]
          reason[at] = reason[at - 1]
          at--
        }
        day[length - 1] = today
        symbol[at] = of
        conviction[at] = signed
        reason[at] = gatheredReason[i]
      }
      for (let i = 0; i < count; i++) strongest[callSymbol[gathered[i]]] = 0
    }
    return length
  }

  private begin(lists: CallList[], symbols: number): void {
    let calls = 0
    for (const { length } of lists) calls += length
    if (this.day.length < calls) this.makeRoom(2 * calls)
    if (this.strongest.length < symbols) this.strongest = new Float64Array(symbols)
    // A signal speaks once a day of a symbol.
    if (this.gathered.length < symbols * lists.length) {
      this.gathered = new Int32Array(symbols * lists.length)
      this.gatheredReason = new Int32Array(symbols * lists.length)
    }
    if (this.next.length !== lists.length) this.next = new Int32Array(lists.length)
    let at = 0
    for (let k = 0; k < lists.length; k++) {
      this.next[k] = at
      this.callDay.set(lists[k].day, at)
      this.callSymbol.set(lists[k].symbol, at)
      this.callConviction.set(lists[k].conviction, at)
      at += lists[k].length
      this.callDay[at++] = noDay
    }
  }

  private makeRoom(calls: number): void {
    this.day = new Int32Array(calls)
    this.symbol = new Int32Array(calls)
    this.conviction = new Float64Array(calls)
    this.reason = new Int32Array(calls)
    this.callDay = new Int32Array(calls + mostLists)
    this.callSymbol = new Int32Array(calls + mostLists)
    this.callConviction = new Float64Array(calls + mostLists)
  }

  private signals(length: number, allowShort: boolean): Signals {
    const direction = new Int8Array(length)
    const conviction = new Float64Array(length)
    // +1 and −1, or +1 and 0, from the sign: which it is can not be foreseen, and a branch would be slow.
    const middle = allowShort ? 0 : 0.5
    for (let i = 0; i < length; i++) {
      const signed = this.conviction[i]
      const size = Math.abs(signed)
      conviction[i] = size
      direction[i] = middle + (1 - middle) * (signed / size)
    }
    return {
      day: this.day.slice(0, length),
      symbol: this.symbol.slice(0, length),
      direction,
      conviction,
      horizon: new Int32Array(length),
      reason: this.reason.slice(0, length),
    }
  }
}

/** Later than every day; stands behind each list. */
const noDay = 0x7fffffff
const mostLists = 6

interface Join {
  lists: CallList[]
  tradable: Uint8Array
  allowShort: boolean
  signals: Signals
}

function isSame<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
