/**
 * What the modes learn of unseen puzzles, step by step: the numbers of tests/hrm-learning.md.
 *
 *   npx tsx tests/tools/hrmLearning.ts --task sudoku --modes hrm-v1,trm --seeds 1,2,3 --steps 2000 --every 500
 *
 * Prints one JSON line per validation, then the table. `--keep file` adds the lines to a file and leaves out
 * the trainings that are in it already, so that a long table can be made bit by bit.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { PuzzleTask, TrainableMode } from '../../workers/hrm/api.ts'
import type { HrmConfig } from '../../workers/hrm/model/index.ts'
import { modelConfig } from '../../workers/hrm/training/modelConfig.ts'
import { puzzleData } from '../../workers/hrm/training/puzzleTask.ts'
import { defaultPlaygroundPlan } from '../../src/state/playgroundPlan.ts'
import { Trainer } from '../../workers/hrm/training/trainer.ts'
import { useBackend } from '../unit/hrm/backends.ts'
import { markdownTable } from './markdownTable.ts'

const { values: options } = parseArgs({
  options: {
    task: { type: 'string', default: 'sudoku' },
    modes: { type: 'string', default: 'hrm-v1,trm,transformer,transformer-without-loop' },
    seeds: { type: 'string', default: '1,2,3' },
    steps: { type: 'string', default: '2000' },
    every: { type: 'string', default: '500' },
    positions: { type: 'string', default: 'learned' },
    keep: { type: 'string' },
  },
})

interface Line {
  task: string
  mode: string
  positions: string
  seed: number
  of: number
  step: number
  exact: number
  cells: number
  loss: number
  /** Mean of the training steps alone. */
  millisecondsPerStep: number
  parameters: number
}

const kept: Line[] = options.keep && existsSync(options.keep) ? read(options.keep) : []

function read(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Line)
}

async function learn(task: PuzzleTask, mode: TrainableMode, seed: number): Promise<void> {
  const steps = Number(options.steps)
  const settings = {
    ...defaultPlaygroundPlan().settings,
    mode,
    seed,
    steps,
    validateEvery: Number(options.every),
    patience: null,
  }
  const { source, shape } = await puzzleData(task)
  const trainer = Trainer.start({
    task,
    settings,
    config: modelConfig(settings, { ...shape, positions }),
    source,
  })
  let spent = 0
  while (!trainer.finished) {
    const start = performance.now()
    await trainer.trainStep()
    spent += performance.now() - start
    if (!trainer.validationDue) continue
    const point = await trainer.validate(() => Promise.resolve(true))
    if (!point) throw new Error('A validation that nobody stopped was stopped.')
    const line: Line = {
      task: task.kind,
      mode,
      positions,
      seed,
      of: steps,
      step: trainer.step,
      exact: point.exact,
      cells: point.accuracy,
      loss: point.loss,
      millisecondsPerStep: spent / trainer.step,
      parameters: trainer.model.parameterCount(),
    }
    kept.push(line)
    console.log(JSON.stringify(line))
    if (options.keep) appendFileSync(options.keep, `${JSON.stringify(line)}\n`)
  }
  trainer.dispose()
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const percent = (share: number) => (100 * share).toFixed(1)

await useBackend('wasm with kernels')
const positions = options.positions as HrmConfig['positions']
const task = { kind: options.task as PuzzleTask['kind'] }
const modes = options.modes.split(',') as TrainableMode[]
const seeds = options.seeds.split(',').map(Number)
for (const seed of seeds)
  for (const mode of modes) {
    const done = kept.some(
      (line) =>
        line.task === task.kind &&
        line.positions === positions &&
        line.mode === mode &&
        line.seed === seed &&
        line.step >= Number(options.steps),
    )
    if (!done) await learn(task, mode, seed)
  }

const own = kept.filter(
  (line) =>
    line.task === task.kind && line.positions === positions && modes.includes(line.mode as TrainableMode),
)
const at = [...new Set(own.map(({ step }) => step))].sort((a, b) => a - b)
const rows = modes.flatMap((mode) =>
  at.flatMap((step) => {
    const lines = own.filter((line) => line.mode === mode && line.step === step)
    if (lines.length === 0) return []
    const exact = lines.map((line) => percent(line.exact))
    return [
      [
        mode,
        String(step),
        exact.join(' / '),
        percent(median(lines.map((line) => line.exact))),
        percent(median(lines.map(({ cells }) => cells))),
        median(lines.map(({ loss }) => loss)).toFixed(3),
        String(lines[0].parameters),
      ],
    ]
  }),
)
const titles = ['mode', 'step', 'solved by seed, %', 'median, %', 'cells, %', 'loss', 'parameters']
console.log(markdownTable(titles, rows))
