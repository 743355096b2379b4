import type { Panel } from '../../quant/panel.ts'

/**
 * Abnormal return of a share from the open of a session to the close of the last of `horizon` sessions: its simple
 * return less that of the benchmark over the same prices, or less the mean of all shares without one. NaN where
 * the panel ends before, or a price is missing. No beta: what a share of twice the market's swing earns in a
 * rising market counts as abnormal.
 */
export class AbnormalReturns {
  private readonly market = new Map<number, Float64Array>()
  private readonly shares = new Map<string, number>()

  /** @param benchmark symbol; null = the mean of all shares */
  constructor(
    private readonly panel: Panel,
    private readonly benchmark: string | null,
  ) {}

  /** @param entry session of the panel whose open is paid */
  of(symbol: number, entry: number, horizon: number): number {
    return this.simple(symbol, entry, horizon) - this.marketOf(horizon)[entry]
  }

  /**
   * Share of the entries from session `from` to `to` after which the share's abnormal return went that way: what to
   * expect of a day chosen blindly.
   */
  shareOf(symbol: number, horizon: number, direction: 1 | -1, from: number, to: number): number {
    const key = [symbol, horizon, direction, from, to].join()
    let share = this.shares.get(key)
    if (share === undefined) {
      let known = 0
      let right = 0
      for (let entry = from; entry <= to; entry++) {
        const abnormal = this.of(symbol, entry, horizon)
        if (Number.isNaN(abnormal)) continue
        known++
        if (direction * abnormal > 0) right++
      }
      share = right / known
      this.shares.set(key, share)
    }
    return share
  }

  private simple(symbol: number, entry: number, horizon: number): number {
    const { dates, open, close } = this.panel
    const exit = entry + horizon - 1
    if (entry < 0 || exit >= dates.length) return NaN
    const start = symbol * dates.length
    return close[start + exit] / open[start + entry] - 1
  }

  /** [sessions] */
  private marketOf(horizon: number): Float64Array {
    let found = this.market.get(horizon)
    if (!found) {
      const { dates, symbols } = this.panel
      const at = this.benchmark === null ? -1 : symbols.indexOf(this.benchmark)
      found = new Float64Array(dates.length).map((_, entry) =>
        at >= 0 ? this.simple(at, entry, horizon) : this.meanOf(entry, horizon),
      )
      this.market.set(horizon, found)
    }
    return found
  }

  private meanOf(entry: number, horizon: number): number {
    let sum = 0
    let known = 0
    for (let symbol = 0; symbol < this.panel.symbols.length; symbol++) {
      const simple = this.simple(symbol, entry, horizon)
      if (!Number.isFinite(simple)) continue
      sum += simple
      known++
    }
    return sum / known
  }
}
