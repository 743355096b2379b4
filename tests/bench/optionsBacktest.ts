import { generateMarket } from '../../datasets/market.ts'
import { marketPanel } from '../../datasets/panel.ts'
import { optionsReport } from '../../workers/backtest/options/optionsReport.ts'
import { finishRun } from '../../workers/backtest/finishRun.ts'
import { StructureSimulator } from '../../workers/backtest/structures/structureSimulator.ts'
import { barsOf } from '../../workers/backtest/bars.ts'
import { structureKinds } from '../../workers/quant/structures.ts'
import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import { options } from '../../workers/systems/options.ts'
import type { OptionsParams } from '../../workers/systems/optionsParams.ts'
import { median, print } from './figures.ts'

const info = systemInfos.find(({ id }) => id === 'options')!

/** Five years of the simulated market with daily marks of every option held, by structure; then the whole report. */
export function benchOptionsBacktest(): void {
  const panel = marketPanel(generateMarket({ seed: 1, strength: 1 }))
  const tradable = Uint8Array.from(panel.symbols, (symbol) => Number(symbol !== 'QQQ'))
  for (const kind of structureKinds) {
    if (kind === 'shares' || kind === 'option-and-shares') continue
    const params = { ...defaultParams(info, 'recommended'), expression: kind }
    const signals = options.signals({ panel, tradable }, params as unknown as OptionsParams)
    const rules = options.rules(params as unknown as OptionsParams)
    const simulator = new StructureSimulator()
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now()
      simulator.run(panel, barsOf(panel), signals, rules, 0, panel.dates.length - 1)
      return performance.now() - started
    })
    const count = `${simulator.closed.length} trades`
    print(`five years of ${kind} with daily marks (${count}), best of 5`, Math.min(...times), 'ms', 500)
    print(`the same, median of 5`, median(times), 'ms', 500)
  }
  const request = {
    system: 'options' as const,
    params: { ...defaultParams(info, 'recommended'), expression: 'long-option' },
    from: null,
    to: null,
    outOfSampleFrom: panel.dates[Math.floor(0.6 * panel.dates.length)],
    benchmark: 'QQQ',
    seed: 1,
  }
  const loaded = { panelId: 'p', panel, simulated: true, signals: null, contents: '' }
  const started = performance.now()
  const run = finishRun(loaded, request)
  if (typeof run === 'string') throw new Error(run)
  print('long options: signals, simulation and report', performance.now() - started, 'ms')
  const asked = performance.now()
  optionsReport(run)
  print('long options: profit taken apart and greeks of every day', performance.now() - asked, 'ms')
}
