import { parseArgs } from 'node:util'
import { measureSeeds } from './characteristics/bySeed.ts'
import { measurements, reports } from './characteristics/measurements.ts'
import type { Part } from './characteristics/measurements.ts'

const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'size' },
    seeds: { type: 'string', default: '1:20' },
    trials: { type: 'string', default: '10000' },
    keep: { type: 'string' },
  },
})
const range = /^(\d+):(\d+)$/.exec(values.seeds)
const trials = Number(values.trials)
if (range === null || !(trials >= 1) || !(values.of in measurements)) {
  const parts = Object.keys(measurements).join(' | ')
  process.stderr.write(
    `Usage: npx tsx tests/tools/operatingCharacteristics.ts --of ${parts} --seeds 1001:1100 --trials 10000 --keep file\n`,
  )
  process.exitCode = 1
} else {
  await print(values.of as Part)
}

async function print<P extends Part>(of: P): Promise<void> {
  const [from, to] = range!.slice(1).map(Number)
  const measured = await measureSeeds(of, { from, to, trials, keep: values.keep ?? null })
  process.stdout.write(`${reports[of](measured)}\n`)
}
