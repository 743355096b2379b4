/**
 * What Tickets can do and what it cannot, measured on markets where the answer is known: the figures of
 * tests/tickets-evidence.md. The last two fifths of each market count; nothing is fitted on the rest.
 *
 *   npx tsx tests/tools/ticketsEvidence.ts --seeds 201:220 --strength 1
 *   npx tsx tests/tools/ticketsEvidence.ts --seeds 201:220 --strength 0
 *
 * One line per seed as it is done, then the tables. `--params` changes parameters of the recommended preset.
 */
import { parseArgs } from 'node:util'
import type { Params } from '../../workers/systems/api.ts'
import { fateTable, pooledTable, spellTable, verdictTable } from './tickets/evidenceTables.ts'
import { measureMarket, type MarketFigures } from './tickets/measureMarket.ts'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '201:220' },
    strength: { type: 'string', default: '1' },
    params: { type: 'string', default: '{}' },
  },
})
const [from, to] = options.seeds.split(':').map(Number)
const markets: MarketFigures[] = []
for (let seed = from; seed <= (to ?? from); seed++) {
  const market = await measureMarket(seed, Number(options.strength), JSON.parse(options.params) as Params)
  const { trades, sharpe, verdict, pValue } = market.runs.recommended
  console.error(
    `seed ${seed} (${market.fate}): ${trades.length} trades, Sharpe ${sharpe.toFixed(2)}, p ${pValue.toFixed(3)}, ${verdict}`,
  )
  markets.push(market)
}
console.log(`Seeds ${options.seeds}, strength ${options.strength}\n`)
console.log(pooledTable(markets), '\n')
console.log(fateTable(markets), '\n')
console.log(spellTable(markets), '\n')
console.log(verdictTable(markets))
