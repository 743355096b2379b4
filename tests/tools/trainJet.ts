/**
 * Trains the model that comes with the page, on the simulated market that comes with it:
 *
 *   npm run train:jet
 *
 * Writes public/models/jet-hrm.safetensors, and beside it the log of the training as JSON. The same machine gives the
 * same bytes. Training and validation end a year before the market does, so that the last year stays untouched.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultMarket } from '../../datasets/generate.ts'
import { encodeRowsModel } from '../../workers/hrm/rows/rowsModelFile.ts'
import { fitRows, usualRows } from '../../workers/hrm/rows/trainedRows.ts'
import { useBackend } from '../unit/hrm/backends.ts'
import { judgedPrecision } from './jet/judgedPrecision.ts'
import { jetWorld } from './jet/market.ts'

const folder = join(import.meta.dirname, '..', '..', 'public', 'models')

await useBackend('wasm with kernels')
const { seed, strength } = defaultMarket
const { dataset } = jetWorld(seed, strength).jet
const fitted = await fitRows(dataset, {}, {}, { id: 'packaged' })
const scores = await fitted.score(dataset)
const log = {
  dataset: dataset.hash,
  title: dataset.title,
  settings: usualRows,
  parameters: fitted.parameterCount,
  step: fitted.step,
  calibration: fitted.calibration,
  averagePrecision: {
    validation: judgedPrecision(dataset, scores, dataset.split.validation),
    test: judgedPrecision(dataset, scores, dataset.split.test),
    unseen: judgedPrecision(dataset, scores, dataset.split.unseen),
  },
  curves: { training: fitted.curves.training, validation: fitted.curves.validation },
}
const file = await encodeRowsModel(fitted)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'jet-hrm.safetensors'), file)
writeFileSync(join(folder, 'jet-hrm.json'), `${JSON.stringify(log, null, 2)}\n`)
console.log(
  `${(file.length / 1e6).toFixed(2)} MB after ${fitted.step} steps; average precision ${JSON.stringify(log.averagePrecision)}`,
)
