import { leftOutSignals } from '../systems/custom.ts'
import { technologyOf } from '../systems/options/technology.ts'
import { systemOf } from '../systems/registry.ts'
import type { Inputs, Signals } from '../systems/system.ts'
import type { RunRequest } from './api.ts'
import type { FinishedRun, LoadedPanel } from './engine.ts'
import { leftOutInWords } from './leftOut.ts'
import { scopeOf } from './range.ts'
import type { RunScope } from './range.ts'
import { buildReport } from './report.ts'
import { simulateColumns } from './simulate.ts'

/** Tells runs of one visit apart. */
export function runKeyOf({ panelId }: LoadedPanel, request: RunRequest): string {
  return JSON.stringify([panelId, request])
}

/** What was asked for and is not there, in words. */
function leftOutOf({ system, params }: RunRequest, inputs: Inputs): string {
  if (system === 'custom') return leftOutInWords(leftOutSignals(inputs))
  const lacking =
    system === 'options' && params.universe === 'technology' && !technologyOf(inputs.panel).includes(1)
  return lacking
    ? 'No company is known to be in technology: load a file of companies with their sectors.'
    : ''
}

/** What a system is given of a panel. */
export function inputsOf(panel: LoadedPanel, { tradable }: Pick<RunScope, 'tradable'>): Inputs {
  return {
    panel: panel.panel,
    tradable,
    signals: panel.signals ?? undefined,
    jet: panel.jet ?? undefined,
    demand: panel.demand ?? undefined,
  }
}

/** Decides, simulates and reports a run; or the sentence that says why it cannot be run. */
export function finishRun(panel: LoadedPanel, request: RunRequest): FinishedRun | string {
  const scope = scopeOf(panel.panel, request)
  if (typeof scope === 'string') return scope
  const inputs = inputsOf(panel, scope)
  const started = performance.now()
  const signals = systemOf(request.system).signals(inputs, request.params)
  return runOf(panel, request, scope, inputs, signals, performance.now() - started)
}

/**
 * Simulates and reports decisions, wherever they come from.
 *
 * @param deciding milliseconds that deciding took
 */
export function runOf(
  panel: LoadedPanel,
  request: RunRequest,
  scope: RunScope,
  inputs: Inputs,
  signals: Signals,
  deciding: number,
): FinishedRun {
  const system = systemOf(request.system)
  const rules = system.rules(request.params)
  const started = performance.now()
  const simulation = simulateColumns(panel.panel, signals, rules, scope.range)
  const simulated = performance.now()
  const built = buildReport({
    request,
    panel: panel.panel,
    simulated: panel.simulated,
    leftOut: leftOutOf(request, inputs),
    scope,
    system,
    signals,
    rules,
    simulation,
  })
  built.report.elapsed = {
    signals: deciding,
    simulate: simulated - started,
    report: performance.now() - simulated,
  }
  const { structures } = simulation
  return { ...built, key: runKeyOf(panel, request), panel, inputs, scope, system, signals, rules, structures }
}
