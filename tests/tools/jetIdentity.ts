/**
 * What telling the model which company a row is about does to companies it has seen and to others:
 *
 *   npx tsx tests/tools/jetIdentity.ts --seeds 31:33
 */
import { parseArgs } from 'node:util'
import { fitRows } from '../../workers/hrm/rows/trainedRows.ts'
import { useBackend } from '../unit/hrm/backends.ts'
import { judgedPrecision } from './jet/judgedPrecision.ts'
import { jetWorld } from './jet/market.ts'
import { markdownTable } from './markdownTable.ts'

const { values: options } = parseArgs({ options: { seeds: { type: 'string', default: '31:33' } } })
const [from, to] = options.seeds.split(':').map(Number)

await useBackend('wasm with kernels')
const parts = ['train', 'test', 'unseen'] as const
const rows: string[][] = []
for (let seed = from; seed <= (to ?? from); seed++) {
  const { dataset } = jetWorld(seed, 1).jet
  for (const identity of [false, true]) {
    // To the last step: who is told who can only use it once it has had the time to learn it.
    const fitted = await fitRows(dataset, { seed, patience: null }, {}, { identity })
    const scores = await fitted.score(dataset)
    fitted.dispose()
    rows.push([
      String(seed),
      identity ? 'told who' : 'not told',
      ...parts.map((part) => judgedPrecision(dataset, scores, dataset.split[part]).toFixed(3)),
    ])
  }
}
console.log(
  markdownTable(
    ['seed', 'company', 'AUC-PR, training rows', 'last year, companies seen', 'last year, companies unseen'],
    rows,
  ),
)
