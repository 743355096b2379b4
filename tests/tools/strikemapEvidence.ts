/**
 * What the Strikemap finds and what it cannot see, measured on simulated chains where every fair price is known: the
 * section “Strikemap” of tests/options-evidence.md.
 *
 *   npx tsx tests/tools/strikemapEvidence.ts --seeds 101:140 --weeks 80
 *
 * One line per seed as it is done, then the tables. `--weeks` takes the first quote days of each market alone.
 */
import { parseArgs } from 'node:util'
import { callTable, fairTable, sizeTable } from './strikemap/evidenceTables.ts'
import { measureChains } from './strikemap/measureChains.ts'

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '1:3' }, weeks: { type: 'string', default: 'Infinity' } },
})
const [from, to] = options.seeds.split(':').map(Number)
const weeks = Number(options.weeks)
const seeds = Array.from({ length: (to ?? from) - from + 1 }, (_, i) => from + i)
const measure = (seed: number, mispriced: boolean) => {
  const figures = measureChains(seed, { mispriced, weeks })
  const { chains, recommended } = figures
  console.error(
    `seed ${seed}${mispriced ? '' : ', nothing mispriced'}: ${chains} chains, ${recommended.right} of ` +
      `${recommended.cheap + recommended.dear} calls right`,
  )
  return figures
}
const fair = seeds.map((seed) => measure(seed, false))
const mispriced = seeds.map((seed) => measure(seed, true))
console.log(`Seeds ${options.seeds}, ${options.weeks === 'Infinity' ? 'all' : options.weeks} weeks\n`)
console.log(fairTable(fair), '\n')
console.log(callTable(mispriced), '\n')
console.log(sizeTable(mispriced))
