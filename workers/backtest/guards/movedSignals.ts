import type { Panel } from '../../quant/panel.ts'
import type { Signals } from '../../systems/system.ts'

/**
 * Rows of signals put on other days and symbols, in one buffer for all reruns. Stops and targets given as price
 * levels keep their distance in percent from the close of the day.
 */
export class MovedSignals {
  readonly signals: Signals
  private readonly days: number

  constructor(
    private readonly from: Signals,
    private readonly panel: Panel,
    rows: number,
  ) {
    this.days = panel.dates.length
    const optional = (column: Float64Array | undefined) =>
      column === undefined ? undefined : new Float64Array(rows)
    this.signals = {
      day: new Int32Array(rows),
      symbol: new Int32Array(rows),
      direction: new Int8Array(rows),
      conviction: new Float64Array(rows),
      horizon: new Int32Array(rows),
      stop: optional(from.stop),
      target: optional(from.target),
      stopFraction: optional(from.stopFraction),
      targetFraction: optional(from.targetFraction),
      size: optional(from.size),
      reason: from.reason === undefined ? undefined : new Int32Array(rows),
    }
  }

  /** Puts row `row` of the original at place `at`; places must be filled in the order of the days. */
  put(at: number, row: number, day: number, symbol: number, direction: number): void {
    const { from, signals: to } = this
    to.day[at] = day
    to.symbol[at] = symbol
    to.direction[at] = direction
    to.conviction[at] = from.conviction[row]
    to.horizon[at] = from.horizon[row]
    if (to.stopFraction !== undefined) to.stopFraction[at] = from.stopFraction![row]
    if (to.targetFraction !== undefined) to.targetFraction[at] = from.targetFraction![row]
    if (to.size !== undefined) to.size[at] = from.size![row]
    if (to.reason !== undefined) to.reason[at] = from.reason![row]
    const moved = day !== from.day[row] || symbol !== from.symbol[row]
    const scale = moved ? this.closeOn(symbol, day) / this.closeOn(from.symbol[row], from.day[row]) : 1
    if (to.stop !== undefined) to.stop[at] = from.stop![row] * scale
    if (to.target !== undefined) to.target[at] = from.target![row] * scale
  }

  /** The last close up to a day; NaN before the first. */
  private closeOn(symbol: number, day: number): number {
    const start = symbol * this.days
    for (let at = start + Math.min(day, this.days - 1); at >= start; at--) {
      if (this.panel.close[at] > 0) return this.panel.close[at]
    }
    return NaN
  }
}
