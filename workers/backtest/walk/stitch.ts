import type { Inputs, Params, Signals, System } from '../../systems/system.ts'
import { simulateColumns } from '../simulate.ts'
import type { Days } from './windows.ts'

export interface TradedFold {
  /** [days of the test window] in money, at the closes */
  equity: Float64Array
  trades: number
}

/**
 * Trades the days of a test window with the capital that the window before left. The last close before the window
 * is the first day of the simulation, so that what is decided there is carried out on the first morning of the
 * window; what is open at the last close is closed there, and the next window begins with nothing held.
 *
 * @param params null = nothing could be chosen: cash is held under the rules of `base`
 * @param days of the panel
 */
export function tradeFold(
  system: System<Params>,
  inputs: Inputs,
  params: Params | null,
  base: Params,
  days: Days,
  capital: number,
): TradedFold {
  // Who has lost everything has nothing left to trade with.
  if (!(capital > 0)) return { equity: new Float64Array(days.last - days.first + 1).fill(capital), trades: 0 }
  const signals = params === null ? noSignals : system.signals(inputs, params)
  const rules = { ...system.rules(params ?? base), capital }
  const { equity, ledger } = simulateColumns(inputs.panel, signals, rules, {
    first: days.first - 1,
    last: days.last,
  })
  return { equity: equity.slice(1), trades: ledger.length }
}

const noSignals: Signals = {
  day: new Int32Array(0),
  symbol: new Int32Array(0),
  direction: new Int8Array(0),
  conviction: new Float64Array(0),
  horizon: new Int32Array(0),
}
