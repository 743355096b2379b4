/**
 * What Jet can do and what it cannot, measured on markets where the answer is known: the figures of
 * tests/jet-evidence.md.
 *
 *   npx tsx tests/tools/jetEvidence.ts --seeds 11:15 --strength 1
 *   npx tsx tests/tools/jetEvidence.ts --seeds 21:28 --strength 0 --models "Visits to the headquarters,logistic-regression,boosted-trees,hrm-v1"
 *   npx tsx tests/tools/jetEvidence.ts --seeds 11:13 --nulls permuted --models hrm-v1,boosted-trees
 *
 * One JSON line per seed as it is done, then the tables. `--keep file` adds the lines to a file and leaves out the
 * seeds that are in it already; `--tables` prints the tables of such a file and measures nothing.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { permutedLabels } from '../../workers/hrm/rows/permutedLabels.ts'
import { useBackend } from '../unit/hrm/backends.ts'
import { evidenceTables } from './jet/evidenceTables.ts'
import { measureSeed, type SeedFigures } from './jet/measureSeed.ts'

const everyModel = [
  'base-rate',
  'Visits to the headquarters',
  'Unusually many flights',
  'logistic-regression',
  'boosted-trees',
  'gru',
  'transformer-without-loop',
  'transformer',
  'trm',
  'hrm-v1',
]

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '11:15' },
    strength: { type: 'string', default: '1' },
    models: { type: 'string', default: everyModel.join(',') },
    nulls: { type: 'string', default: 'none' },
    settings: { type: 'string', default: '{}' },
    keep: { type: 'string' },
    tables: { type: 'boolean', default: false },
  },
})

const kept: SeedFigures[] = options.keep && existsSync(options.keep) ? read(options.keep) : []

function read(file: string): SeedFigures[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as SeedFigures)
}

if (!options.tables) {
  await useBackend('wasm with kernels')
  const [from, to] = options.seeds.split(':').map(Number)
  const strength = Number(options.strength)
  const { nulls } = options
  for (let seed = from; seed <= (to ?? from); seed++) {
    if (kept.some((line) => line.seed === seed && line.strength === strength && line.nulls === nulls))
      continue
    const figures = await measureSeed({
      seed,
      strength,
      models: options.models.split(','),
      settings: JSON.parse(options.settings) as object,
      shifted: nulls === 'shifted',
      ...(nulls === 'permuted' && { change: (dataset) => permutedLabels(dataset, seed) }),
      nulls,
      run: nulls === 'none',
    })
    kept.push(figures)
    const line = JSON.stringify(figures)
    if (options.keep) appendFileSync(options.keep, `${line}\n`)
    else console.log(line)
  }
}
console.log(evidenceTables(kept))
