import { demandColumns } from '../../datasets/demand/demandColumns.ts'
import { flightColumns } from '../../datasets/flights/flightColumns.ts'
import { defaultMarket } from '../../datasets/generate.ts'
import { generateMarket } from '../../datasets/market.ts'
import { marketPanel } from '../../datasets/panel.ts'
import type { Outcome } from '../../workers/backtest/api.ts'
import { createEngine } from '../../workers/backtest/engine.ts'
import { defaultState } from '../state/appState.ts'
import { sampleSystems, type Sample, type SampleSystem } from '../state/samples.ts'
import { runRequest } from '../state/runRequest.ts'
import { packagedModel } from './packagedModel.ts'

/**
 * The reports that come with the page: the default settings of each system, run on the default simulated market by
 * the same engine as in the tab, each as if it were the first thing tried. The tab takes the market from its files by
 * DuckDB, so equal hashes confirm both paths.
 */
export async function makeSamples(): Promise<Record<SampleSystem, Sample>> {
  const market = generateMarket(defaultMarket)
  const panel = marketPanel(market)
  const flights = flightColumns(market)
  const demand = demandColumns(market)
  const model = await packagedModel()
  const { dates, symbols } = panel
  const scope = { symbols, from: dates[0], to: dates[dates.length - 1] }

  async function sampleOf(system: SampleSystem): Promise<Sample> {
    const engine = createEngine()
    engine.load({ panelId: 'sample', panel, simulated: true, signals: null, flights, demand })
    let untouchedFrom: number | null = null
    if (system === 'jet') {
      await model.score(engine)
      untouchedFrom = valueOf(await engine.jetStatus()).split.testFrom
    }
    const request = runRequest(defaultState(), system, { ...scope, untouchedFrom })
    const report = valueOf(await engine.run(request))
    return { report, evidence: valueOf(await engine.evidence(request)) }
  }

  const made: [SampleSystem, Sample][] = []
  for (const system of sampleSystems) made.push([system, await sampleOf(system)])
  return Object.fromEntries(made) as Record<SampleSystem, Sample>
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok)
    throw new Error(`A sample report could not be computed: ${outcome.message} ${outcome.detail ?? ''}`)
  return outcome.value
}
