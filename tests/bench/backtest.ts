import type { RunRequest } from '../../workers/backtest/api.ts'
import { createEngine } from '../../workers/backtest/engine.ts'
import { simulate } from '../../workers/backtest/simulate.ts'
import { systemOf } from '../../workers/systems/registry.ts'
import type { Params } from '../../workers/systems/system.ts'
import { benchPanel } from './backtestPanel.ts'
import { distinct, recommended } from './params.ts'
import { median, print } from './figures.ts'

function request(symbols: string[], params: Params): RunRequest {
  return {
    system: 'options',
    params,
    from: null,
    to: null,
    outOfSampleFrom: null,
    benchmark: symbols.includes('QQQ') ? 'QQQ' : null,
    seed: 1,
  }
}

/** The whole request as the page makes it, signals from scratch each time; the first runs warm the engine up. */
async function reportMilliseconds(warm: boolean): Promise<number> {
  const panel = benchPanel(37, 1260, 1)
  const engine = createEngine()
  engine.load({ panelId: 'bench', panel, simulated: true, signals: null })
  const times: number[] = []
  for (let i = 0; i < 25; i++) {
    const params = warm ? { ...recommended, stop: 0.05 + 0.001 * i } : distinct(i)
    const started = performance.now()
    const outcome = await engine.run({ ...request(panel.symbols, params), outOfSampleFrom: panel.dates[756] })
    times.push(performance.now() - started)
    if (!outcome.ok) throw new Error(outcome.message)
  }
  return median(times.slice(5))
}

/** Signals, simulation and equity of one symbol over five years: what one cell of a sweep costs. */
function singleSymbolMilliseconds(): number {
  const panel = benchPanel(1, 1260, 2)
  const system = systemOf('options')
  const times: number[] = []
  for (let i = 0; i < 400; i++) {
    const params = distinct(i)
    const inputs = { panel: { ...panel }, tradable: Uint8Array.of(1) }
    const started = performance.now()
    simulate(panel, system.signals(inputs, params), system.rules(params))
    times.push(performance.now() - started)
  }
  return median(times.slice(100))
}

/** Speed of signals, simulation and report; one JSON line per figure. Without resampling. */
export async function benchBacktest(): Promise<void> {
  print(
    'report: six signals, 36 symbols, 5 years, all indicators new',
    await reportMilliseconds(false),
    'ms',
    60,
  )
  print(
    'report: the same, indicators known (a slider of the rules)',
    await reportMilliseconds(true),
    'ms',
    60,
  )
  print('single symbol, 1,260 bars, six signals and simulation', singleSymbolMilliseconds(), 'ms', 0.5)
}
