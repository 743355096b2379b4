import type { BackendName, TrainingStatus, TrainingTask } from '../../../workers/hrm/api.ts'
import { count, number, percent } from '../../charts/format.ts'
import { unseenPuzzles } from '../../state/playgroundPlan.ts'
import type { Run } from '../../state/hrm.svelte.ts'
import { duration } from '../sweep/sweepWords.ts'
import { modeWords } from './modeWords.ts'
import { solvedInterval } from './runCurves.ts'

export const phaseWords: Record<TrainingStatus['phase'], string> = {
  preparing: 'Preparing',
  training: 'Training',
  paused: 'Paused',
  finished: 'Finished',
  'stopped-early': 'Stopped early',
  cancelled: 'Cancelled',
  failed: 'Failed',
}

export const backendNames: Record<BackendName | 'auto', string> = {
  auto: 'Automatic',
  webgpu: 'GPU (WebGPU)',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
}

const whole = (value: number) => number(value, { digits: 0 })

/** Speed, time left, size and what is stored, in short pieces. */
export function trainingFacts(status: TrainingStatus<TrainingTask>): string[] {
  const { phase, stepsPerSecond, timeLeft, storedStep } = status
  const facts: string[] = []
  if (stepsPerSecond > 0)
    facts.push(`${number(stepsPerSecond, { digits: stepsPerSecond < 10 ? 1 : 0 })} steps a second`)
  if (phase === 'training' && timeLeft !== null) facts.push(`${duration(timeLeft)} left`)
  facts.push(backendNames[status.backend.backend])
  if (status.parameters > 0) facts.push(count(status.parameters, 'parameter'))
  facts.push(storedStep === null ? 'nothing stored yet' : `stored at step ${whole(storedStep)}`)
  return facts
}

/** “41 of 88 unseen puzzles solved, 47 % (36 to 57 %), and 92 % of cells”; '' before the first validation. */
export function solvedWords(status: TrainingStatus): string {
  const last = status.validation.at(-1)
  if (!last) return ''
  const puzzles = unseenPuzzles[status.task.kind]
  const { low, high } = solvedInterval(status, last.exact)
  const rounded = (share: number) => percent(share, { digits: 0 })
  return `${whole(Math.round(last.exact * puzzles))} of ${puzzles} unseen puzzles solved, ${rounded(last.exact)} (${rounded(low)} to ${rounded(high)}), and ${rounded(last.accuracy)} of all cells.`
}

/** What the runs that ended say about each other; '' where there is nothing to compare. */
export function comparisonWords(runs: Run[]): string {
  const ended = runs
    .map(({ status }) => ({ status, exact: status.validation.at(-1)?.exact ?? NaN }))
    .filter(({ status, exact }) => status.phase === 'finished' && Number.isFinite(exact))
    .sort((a, b) => b.exact - a.exact)
  const models = new Set(ended.map(({ status }) => status.settings.mode))
  const tasks = new Set(ended.map(({ status }) => status.task.kind))
  if (models.size < 2 || tasks.size > 1) return ''
  const [best, second] = ended
  if (best.exact === 0) return 'None of them has solved a whole puzzle yet: train longer.'
  const [a, b] = [best, second].map(({ status, exact }) => solvedInterval(status, exact))
  const names = [best, second].map(({ status }) => modeWords[status.settings.mode].short)
  if (names[0] === names[1]) return ''
  return a.low > b.high
    ? `On these puzzles and this seed ${names[0]} solved more than ${names[1]}. Another seed may say otherwise: train it too.`
    : `The intervals of ${names[0]} and ${names[1]} overlap: so few puzzles and one seed do not tell them apart.`
}
