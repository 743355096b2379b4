import { demandColumns } from '../../datasets/demand/demandColumns.ts'
import { flightColumns } from '../../datasets/flights/flightColumns.ts'
import { generateMarket } from '../../datasets/market.ts'
import { marketPanel } from '../../datasets/panel.ts'
import type { Outcome, ReplayState, RunRequest } from '../../workers/backtest/api.ts'
import { createEngine } from '../../workers/backtest/engine.ts'
import { defaultParams, systemInfos, type Params, type SystemId } from '../../workers/systems/api.ts'
import { markdownTable } from './markdownTable.ts'
import { packagedModel } from '../../src/prerender/packagedModel.ts'

/**
 * `npx tsx tests/tools/replayEvidence.ts 501 502`: the last year of simulated markets of these seeds, replayed day by
 * day through the path of live days, beside the backtest: decisions, entries, closed trades and the equity of every
 * close. Jet is decided by the model that comes with the page, which has never seen these markets.
 */
const seeds = process.argv.slice(2).map(Number)
const year = 252

const variants: [string, SystemId, Params][] = [
  ['Jet, HRM', 'jet', {}],
  ['Jet, by visits', 'jet', { model: 'visits', signalsPerYear: 200 }],
  ['Tickets', 'tickets', {}],
  ['Options, shares', 'options', {}],
  ['Options, long options', 'options', { expression: 'long-option' }],
]

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

const model = await packagedModel()
const rows: string[][] = []
for (const seed of seeds) {
  const market = generateMarket({ seed })
  const panel = marketPanel(market)
  const { dates } = panel
  const engine = createEngine()
  engine.load({
    panelId: String(seed),
    panel,
    simulated: true,
    signals: null,
    flights: flightColumns(market),
    demand: demandColumns(market),
  })
  await model.score(engine)
  for (const [name, system, changed] of variants) {
    const info = systemInfos.find(({ id }) => id === system)!
    const params = { ...defaultParams(info, 'recommended'), ...changed }
    const scope = { from: null, to: null, outOfSampleFrom: null, benchmark: 'QQQ', seed: 1 }
    const request: RunRequest = { system, params, ...scope }
    const { days } = valueOf(
      await engine.startReplay(request, dates[dates.length - year], dates[dates.length - 1]),
    )
    const began = performance.now()
    let state: ReplayState = valueOf(await engine.replayOn(1))
    while (state.at < days - 1) state = valueOf(await engine.replayOn(days))
    const { decisions, same, entries, sameEntries, closed, sameClosed } = state.compared
    rows.push([
      String(seed),
      name,
      String(days),
      `${same} of ${decisions}`,
      `${sameEntries} of ${entries}`,
      `${sameClosed} of ${closed}`,
      state.difference || 'none',
      ((performance.now() - began) / days).toFixed(0),
    ])
    console.error(rows.at(-1)!.join(' | '))
  }
}
const titles = ['seed', 'system', 'days', 'same decisions', 'same entries', 'same closed trades']
console.log(markdownTable([...titles, 'first difference, equity included', 'ms a day'], rows))
process.exit(0)
