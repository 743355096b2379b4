import { defaultMarket } from '../../datasets/generate.ts'
import { generateMarket } from '../../datasets/market.ts'
import { marketPanel } from '../../datasets/panel.ts'
import type { Outcome } from '../../workers/backtest/api.ts'
import { createEngine } from '../../workers/backtest/engine.ts'
import { defaultState } from '../state/appState.ts'
import { runRequest } from '../state/runRequest.ts'
import type { Sample } from '../state/workspace.svelte.ts'

/**
 * The report that the page lands on: the default state, run on the default simulated market by the same
 * engine as in the tab. The tab takes the market from its files by DuckDB, so equal hashes confirm both paths.
 */
export async function sampleReport(): Promise<Sample> {
  const panel = marketPanel(generateMarket(defaultMarket))
  const engine = createEngine()
  engine.load({ panelId: 'sample', panel, simulated: true, signals: null })
  const market = { symbols: panel.symbols, from: panel.dates[0], to: panel.dates[panel.dates.length - 1] }
  const request = runRequest(defaultState(), 'options', market)
  const report = valueOf(await engine.run(request))
  const evidence = valueOf(await engine.evidence(request))
  return { report, evidence }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok)
    throw new Error(`The sample report could not be computed: ${outcome.message} ${outcome.detail ?? ''}`)
  return outcome.value
}
