import type { Panel } from '../../quant/panel.ts'
import type { Signals, SystemId } from '../../systems/system.ts'
import { firstAtOrAfter } from '../range.ts'
import type { Decision } from './contract.ts'

/**
 * The rows of signals that were decided on a day, by names instead of indices.
 *
 * @param day index into the panel
 */
export function decisionsOf(
  panel: Panel,
  signals: Signals,
  system: { id: SystemId; reasons: string[] },
  day: number,
): Decision[] {
  const decisions: Decision[] = []
  for (
    let row = firstAtOrAfter(signals.day, day);
    row < signals.day.length && signals.day[row] === day;
    row++
  ) {
    decisions.push({
      system: system.id,
      symbol: panel.symbols[signals.symbol[row]],
      day: panel.dates[day],
      direction: Math.sign(signals.direction[row]) as Decision['direction'],
      conviction: signals.conviction[row],
      confidence: signals.confidence?.[row] ?? 1,
      horizon: signals.horizon[row],
      stop: signals.stop?.[row] ?? NaN,
      target: signals.target?.[row] ?? NaN,
      stopFraction: signals.stopFraction?.[row] ?? NaN,
      targetFraction: signals.targetFraction?.[row] ?? NaN,
      size: signals.size?.[row] ?? NaN,
      structure: signals.structure?.[row] ?? -1,
      reason: system.reasons[signals.reason?.[row] ?? -1] ?? '',
    })
  }
  return decisions
}

/** The same decision: all that its trade depends on is equal. */
export function isSame(a: Decision, b: Decision): boolean {
  return (Object.keys(a) as (keyof Decision)[]).every((field) => Object.is(a[field], b[field]))
}

/** Names a decision; a system can decide on a symbol and direction for several reasons on one day. */
export const decisionKey = ({ system, symbol, day, direction, reason }: Decision): string =>
  `${system} ${symbol} ${day} ${direction} ${reason}`

/**
 * Decisions as signals of a panel, in the order given within a day. Those about symbols or days that the panel does
 * not have are left out.
 */
export function signalsOf(panel: Panel, reasons: readonly string[], decisions: readonly Decision[]): Signals {
  const dayOf = new Map(Array.from(panel.dates, (date, day) => [date, day]))
  const symbolOf = new Map(panel.symbols.map((symbol, at) => [symbol, at]))
  const rows = decisions
    .filter(({ day, symbol }) => dayOf.has(day) && symbolOf.has(symbol))
    .map((decision, place) => ({ decision, place, day: dayOf.get(decision.day)! }))
    .sort((a, b) => a.day - b.day || a.place - b.place)
  const numbers = (value: (decision: Decision) => number) =>
    Float64Array.from(rows, ({ decision }) => value(decision))
  return {
    day: Int32Array.from(rows, ({ day }) => day),
    symbol: Int32Array.from(rows, ({ decision }) => symbolOf.get(decision.symbol)!),
    direction: Int8Array.from(rows, ({ decision }) => decision.direction),
    conviction: numbers(({ conviction }) => conviction),
    horizon: Int32Array.from(rows, ({ decision }) => decision.horizon),
    stop: numbers(({ stop }) => stop),
    target: numbers(({ target }) => target),
    stopFraction: numbers(({ stopFraction }) => stopFraction),
    targetFraction: numbers(({ targetFraction }) => targetFraction),
    size: numbers(({ size }) => size),
    reason: Int32Array.from(rows, ({ decision }) => reasons.indexOf(decision.reason)),
    confidence: numbers(({ confidence }) => confidence),
    structure: Int8Array.from(rows, ({ decision }) => decision.structure),
  }
}
