import { chainsUntil } from '../quant/chainTables.ts'
import type { Panel } from '../quant/panel.ts'
import type { Inputs, SignalRows } from '../systems/system.ts'
import { demandUntil } from '../systems/tickets/futures.ts'

/**
 * The same symbols, the market closed for good after the day.
 *
 * @param lastKnown epoch day up to which rows are known; what became known between the day and the next belongs to
 * the next, so a decision may be tried with it or without
 */
export function withoutFuture(
  inputs: Inputs,
  day: number,
  lastKnown = inputs.panel.dates[day + 1] - 1,
): Inputs {
  const { panel, signals, jet, demand } = inputs
  const cut = firstDays(panel, day + 1)
  const { chains } = panel
  if (chains) later(cut, 'chains', () => chainsUntil(chains, lastKnown))
  const known: Inputs = { ...inputs, panel: cut }
  if (signals) known.signals = rowsUntil(signals, lastKnown)
  const replay = jet?.replay
  if (replay) later(known, 'jet', () => ({ candidates: replay(lastKnown, 'none') }))
  if (demand) later(known, 'demand', () => demandUntil(demand, lastKnown))
  return known
}

/** Made when it is first read: replaying flights or cutting chains is dear, and few systems read them. */
export function later<T, K extends keyof T>(object: T, name: K, make: () => T[K]): void {
  let made: T[K] | undefined
  Object.defineProperty(object, name, { enumerable: true, get: () => (made ??= make()) })
}

/** A copy of the panel that ends after so many days. */
export function firstDays(panel: Panel, kept: number): Panel {
  const days = panel.dates.length
  const cut = (cells: Float64Array) => {
    const out = new Float64Array(panel.symbols.length * kept)
    for (let s = 0; s < panel.symbols.length; s++) {
      out.set(cells.subarray(s * days, s * days + kept), s * kept)
    }
    return out
  }
  return {
    ...panel,
    dates: panel.dates.slice(0, kept),
    open: cut(panel.open),
    high: cut(panel.high),
    low: cut(panel.low),
    close: cut(panel.close),
    volume: cut(panel.volume),
    ...(panel.rawFactor && { rawFactor: cut(panel.rawFactor) }),
  }
}

function rowsUntil(rows: SignalRows, epochDay: number): SignalRows {
  const kept = Array.from(rows.date.keys()).filter((row) => rows.date[row] <= epochDay)
  const at = <T>(column: ArrayLike<T>) => kept.map((row) => column[row])
  return {
    symbol: at(rows.symbol),
    date: Int32Array.from(at(rows.date)),
    direction: Int8Array.from(at(rows.direction)),
    conviction: Float64Array.from(at(rows.conviction)),
    horizon: Int32Array.from(at(rows.horizon)),
    size: Float64Array.from(at(rows.size)),
    stop: Float64Array.from(at(rows.stop)),
    target: Float64Array.from(at(rows.target)),
  }
}
