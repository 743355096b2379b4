import { Random } from '../../quant/random.ts'
import type { Signals } from '../../systems/system.ts'
import type { Breathe } from '../breathe.ts'
import type { FinishedRun } from '../engine.ts'
import { alphaOfRerun } from '../rerun.ts'
import { byChance } from './byChance.ts'
import { decidingDays } from './decidingDays.ts'
import { unknown } from './measured.ts'
import type { Measured } from './measured.ts'
import { MovedSignals } from './movedSignals.ts'

const reruns = 100
/** A month: less may leave the decisions near the moves they were made for. */
const least = 21
const stream = 1_000_003

/**
 * Reruns with the decisions of the part that is judged moved round the circle of its own days, all by the same
 * number. What was decided before that part stays. Null when told to stop.
 */
export async function shiftedSignalsOf(run: FinishedRun, breathe: Breathe): Promise<Measured | null> {
  const { signals, panel, report } = run
  const { from, to } = decidingDays(run)
  const days = to - from + 1
  const room = days - 2 * least + 1
  if (room < least) {
    return unknown(
      'probability',
      `There are ${days} days, too few to move decisions ${least} days either way.`,
    )
  }
  const random = new Random(report.request.seed, stream)
  const { first, next } = rowsOf(signals, from, to)
  const moved = new MovedSignals(signals, panel.panel, next)
  const alphas = new Float64Array(reruns)
  for (let i = 0; i < reruns; i++) {
    if (!(await breathe())) return null
    shift(moved, signals, { first, next, from, days, by: least + random.below(room) })
    alphas[i] = alphaOfRerun(run, moved.signals)
  }
  return byChance(run, alphas, 'decisions at the wrong time')
}

/** The rows decided on these days: `first` to `next` − 1. */
function rowsOf({ day }: Signals, from: number, to: number): { first: number; next: number } {
  let first = 0
  while (first < day.length && day[first] < from) first++
  let next = first
  while (next < day.length && day[next] <= to) next++
  return { first, next }
}

function shift(
  moved: MovedSignals,
  { day, symbol, direction }: Signals,
  { first, next, from, days, by }: { first: number; next: number; from: number; days: number; by: number },
): void {
  const put = (at: number, row: number, on: number) => moved.put(at, row, on, symbol[row], direction[row])
  for (let row = 0; row < first; row++) put(row, row, day[row])
  // Those that leave at the end come in again at the start, before all others.
  let wraps = first
  while (wraps < next && day[wraps] - from + by < days) wraps++
  let at = first
  for (let row = wraps; row < next; row++) put(at++, row, day[row] + by - days)
  for (let row = first; row < wraps; row++) put(at++, row, day[row] + by)
}
