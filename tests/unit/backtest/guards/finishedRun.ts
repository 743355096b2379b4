import type { RunRequest } from '../../../../workers/backtest/api.ts'
import type { FinishedRun } from '../../../../workers/backtest/engine.ts'
import type { Guard, GuardId } from '../../../../workers/backtest/guards/contract.ts'
import type { FamilyView } from '../../../../workers/backtest/guards/familyView.ts'
import { guardOf } from '../../../../workers/backtest/guards/guardOf.ts'
import { scopeOf } from '../../../../workers/backtest/range.ts'
import { buildReport } from '../../../../workers/backtest/report.ts'
import { simulateColumns } from '../../../../workers/backtest/simulate.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { systemOf } from '../../../../workers/systems/registry.ts'
import type { Params, RiskRules, Signals, SystemId } from '../../../../workers/systems/system.ts'
import { rules as plainRules } from '../tinyMarket.ts'

interface Changes {
  system?: SystemId
  params?: Params
  /** In place of what the system decides. */
  signals?: Signals
  rules?: RiskRules
  /** Day of the panel on which the out-of-sample part begins. */
  split?: number
  benchmark?: string | null
  seed?: number
}

/** A run as the engine finishes it, of these prices. */
export function finishedRun(panel: Panel, changes: Changes = {}): FinishedRun {
  const { system: id = 'options', split, benchmark = null, seed = 7 } = changes
  const info = systemInfos.find((one) => one.id === id)!
  const request: RunRequest = {
    system: id,
    params: { ...defaultParams(info, 'recommended'), ...changes.params },
    from: null,
    to: null,
    outOfSampleFrom: split === undefined ? null : panel.dates[split],
    benchmark,
    seed,
  }
  const scope = scopeOf(panel, request)
  if (typeof scope === 'string') throw new Error(scope)
  const system = systemOf(id)
  const inputs = { panel, tradable: scope.tradable }
  const signals = changes.signals ?? system.signals(inputs, request.params)
  const rules = changes.rules ?? (changes.signals ? plainRules() : system.rules(request.params))
  const simulation = simulateColumns(panel, signals, rules, scope.range)
  const about = { request, panel, simulated: true, leftOut: '', scope, system, signals, rules, simulation }
  const message = { panelId: 'p', contents: 'c', panel, simulated: true, signals: null }
  const { structures } = simulation
  return { ...buildReport(about), key: '', panel: message, inputs, scope, system, signals, rules, structures }
}

/** One trial, which chance beats one time in four. */
export const onlyTrial: FamilyView = {
  trials: 1,
  sharpeVariance: 0,
  realityCheck: 0.25,
  pValue: 0.25,
  series: { count: 1, days: 0, overfitting: () => Promise.resolve(NaN) },
}

export async function guard(run: FinishedRun, id: GuardId, family: Partial<FamilyView> = {}): Promise<Guard> {
  const found = await guardOf(run, id, { ...onlyTrial, ...family }, () => Promise.resolve(true))
  return found!
}

/**
 * Prices of so many symbols that move at random, each by itself, with no drift; `push` adds to the return from the
 * open to the close of a day. A day in the market is an open at the last close.
 */
export function wandering(
  symbols: number,
  days: number,
  seed: number,
  push: (symbol: number, day: number) => number = () => 0,
): Panel {
  const random = new Random(seed)
  const panel: Panel = {
    dates: Int32Array.from({ length: days }, (_, day) => 18_262 + Math.floor(day / 5) * 7 + (day % 5)),
    symbols: Array.from({ length: symbols }, (_, i) => `S${i}`),
    open: new Float64Array(symbols * days),
    high: new Float64Array(symbols * days),
    low: new Float64Array(symbols * days),
    close: new Float64Array(symbols * days),
    volume: new Float64Array(symbols * days).fill(1e6),
  }
  for (let symbol = 0; symbol < symbols; symbol++) {
    let price = 100
    for (let day = 0; day < days; day++) {
      const at = symbol * days + day
      panel.open[at] = price
      price *= 1 + 0.02 * (random.uniform() - 0.5) + push(symbol, day)
      panel.close[at] = price
      panel.high[at] = Math.max(panel.open[at], price)
      panel.low[at] = Math.min(panel.open[at], price)
    }
  }
  return panel
}
