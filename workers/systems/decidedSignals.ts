import type { CallList } from './calls.ts'
import type { Signals } from './system.ts'

/** Later than every day; stands behind each list. */
const noDay = 0x7fffffff
/** A symbol and a signal are one number, symbol × 8 + signal, which also orders them. */
const signalBits = 3
const mostSignals = 1 << signalBits

/**
 * Joins the calls of several signals, at most eight. Of one symbol and day the side with the strongest single
 * conviction decides, the selling side on a tie, and the other side is silent. Rows are ordered by day and,
 * within a day, by conviction from strong to weak, since orders of one day are served in the order given; equal
 * ones stand by symbol, then by signal.
 *
 * Its columns are used again by the next join; what is returned is a copy, cut to length. A join of the same
 * lists as before returns the same object, so that a sweep over the rules joins once; nobody may change it.
 */
export class DecidedSignals {
  private day = new Int32Array(0)
  private source = new Int32Array(0)
  /** Negative where it sells. */
  private conviction = new Float64Array(0)
  /** The lists behind one another, so that the loops below read three columns and not three for each list. */
  private callDay = new Int32Array(0)
  private callSource = new Int32Array(0)
  private callConviction = new Float64Array(0)
  /** [lists] the next call to be read */
  private readonly next = new Int32Array(mostSignals)
  /** [symbols] the last day with a call, and the strongest call of that day */
  private spokenOn = new Int32Array(0)
  private strongest = new Float64Array(0)
  private latest: Join | null = null

  /**
   * @param lists of one signal each
   * @param reasons [lists] number of the signal, below 8
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
    this.begin(lists, reasons, tradable.length)
    const signals = this.signals(this.rows(lists.length, tradable), allowShort)
    this.latest = { lists, tradable: tradable.slice(), allowShort, signals }
    return signals
  }

  private begin(lists: CallList[], reasons: number[], symbols: number): void {
    let calls = 0
    for (const { length } of lists) calls += length + 1
    if (this.day.length < calls) this.makeRoom(2 * calls)
    if (this.spokenOn.length < symbols) {
      this.spokenOn = new Int32Array(symbols)
      this.strongest = new Float64Array(symbols)
    }
    this.spokenOn.fill(noDay)
    let at = 0
    for (let k = 0; k < lists.length; k++) {
      const { length, day, symbol, conviction } = lists[k]
      this.next[k] = at
      this.callDay.set(day, at)
      this.callConviction.set(conviction, at)
      for (let i = 0; i < length; i++) this.callSource[at + i] = (symbol[i] << signalBits) | reasons[k]
      at += length
      this.callDay[at++] = noDay
    }
  }

  private makeRoom(calls: number): void {
    this.day = new Int32Array(calls)
    this.source = new Int32Array(calls)
    this.conviction = new Float64Array(calls)
    this.callDay = new Int32Array(calls)
    this.callSource = new Int32Array(calls)
    this.callConviction = new Float64Array(calls)
  }

  /** Fills the columns and returns the number of rows. */
  private rows(lists: number, tradable: Uint8Array): number {
    const { next, callDay, callSource, callConviction, source, conviction, spokenOn, strongest } = this
    let length = 0
    for (;;) {
      let today = noDay
      for (let k = 0; k < lists; k++) if (callDay[next[k]] < today) today = callDay[next[k]]
      if (today === noDay) return length
      let end = length
      for (let k = 0; k < lists; k++) {
        let call = next[k]
        for (; callDay[call] === today; call++) {
          const symbol = callSource[call] >> signalBits
          if (tradable[symbol] === 0) continue
          const signed = callConviction[call]
          if (spokenOn[symbol] !== today) {
            spokenOn[symbol] = today
            strongest[symbol] = signed
          } else {
            const size = Math.abs(signed)
            const before = Math.abs(strongest[symbol])
            if (size > before || (size === before && signed < 0)) strongest[symbol] = signed
          }
          source[end] = callSource[call]
          conviction[end++] = signed
        }
        next[k] = call
      }
      length = this.settle(today, length, end)
    }
  }

  /** Leaves of the rows `first` … `end − 1` those of the deciding sides, in order, and returns where they end. */
  private settle(today: number, first: number, end: number): number {
    const { day, source, conviction, strongest } = this
    let length = first
    for (let i = first; i < end; i++) {
      const given = source[i]
      const signed = conviction[i]
      // One comparison, seldom true, in place of two that cannot be foreseen.
      if (signed * strongest[given >> signalBits] < 0) continue
      const size = Math.abs(signed)
      day[length] = today
      let at = length++
      while (at > first) {
        const before = Math.abs(conviction[at - 1])
        if (before > size || (before === size && source[at - 1] < given)) break
        source[at] = source[at - 1]
        conviction[at] = conviction[at - 1]
        at--
      }
      source[at] = given
      conviction[at] = signed
    }
    return length
  }

  private signals(length: number, allowShort: boolean): Signals {
    const result = roomFor(length)
    const { day, symbol, direction, conviction, reason } = result
    // +1 and −1, or +1 and 0, out of the sign: it cannot be foreseen, so a branch would be slow.
    const middle = allowShort ? 0 : 0.5
    for (let i = 0; i < length; i++) {
      const signed = this.conviction[i]
      const size = Math.abs(signed)
      conviction[i] = size
      direction[i] = middle + (1 - middle) * (signed / size)
      day[i] = this.day[i]
      symbol[i] = this.source[i] >> signalBits
      reason[i] = this.source[i] & (mostSignals - 1)
    }
    return result
  }
}

/** Six columns in one piece of memory: asking for six pieces takes longer than filling them. */
function roomFor(length: number) {
  const memory = new ArrayBuffer(25 * length)
  return {
    conviction: new Float64Array(memory, 0, length),
    day: new Int32Array(memory, 8 * length, length),
    symbol: new Int32Array(memory, 12 * length, length),
    horizon: new Int32Array(memory, 16 * length, length),
    reason: new Int32Array(memory, 20 * length, length),
    direction: new Int8Array(memory, 24 * length, length),
  }
}

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
