/**
 * Options in shares and in options, and the three systems together, on markets where the answer is known: the figures
 * of tests/options-evidence.md. The last two fifths of each market count; nothing is fitted on the rest. Jet is decided
 * by the model that comes with the page, which has never seen these markets.
 *
 *   npx tsx tests/tools/optionsEvidence.ts --seeds 401:420 --strength 1
 *   npx tsx tests/tools/optionsEvidence.ts --seeds 401:410 --strength 0 --alone
 *
 * One line per seed as it is done, then the tables. `--alone` leaves Jet and Tickets out; `--params` changes parameters.
 */
import { parseArgs } from 'node:util'
import type { Params } from '../../workers/systems/api.ts'
import {
  claimTable,
  combinedTable,
  correlationTable,
  runTable,
  verdictTable,
} from './options/evidenceTables.ts'
import { packagedModel } from '../../src/prerender/packagedModel.ts'
import { measureMarket, type MarketFigures } from './options/measureMarket.ts'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '401:420' },
    strength: { type: 'string', default: '1' },
    params: { type: 'string', default: '{}' },
    alone: { type: 'boolean', default: false },
  },
})
const [from, to] = options.seeds.split(':').map(Number)
const model = options.alone ? null : await packagedModel()
const markets: MarketFigures[] = []
for (let seed = from; seed <= (to ?? from); seed++) {
  const market = await measureMarket(
    seed,
    Number(options.strength),
    model,
    JSON.parse(options.params) as Params,
  )
  const words = Object.entries(market.runs).map(
    ([name, run]) => `${name} ${run.sharpe.toFixed(2)} (${run.trades})`,
  )
  console.error(`seed ${seed}: ${words.join(', ')}`)
  markets.push(market)
}
console.log(`Seeds ${options.seeds}, strength ${options.strength}\n`)
console.log(runTable(markets), '\n')
console.log(claimTable(markets), '\n')
console.log(verdictTable(markets), '\n')
if (model) {
  console.log(combinedTable(markets), '\n')
  console.log(correlationTable(markets))
}
