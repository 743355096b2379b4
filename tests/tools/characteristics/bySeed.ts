import { fork } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Measurements, Part } from './measurements.ts'

/** What one process is asked to do. */
export interface Task {
  of: Part
  seed: number
  trials: number
}

interface Line extends Task {
  result: unknown
}

/**
 * Measures every seed in a process of its own, as many at a time as there are cores.
 *
 * @param keep a file with one line per seed: what is in it already is not measured again
 * @returns in the order of the seeds
 */
export async function measureSeeds<P extends Part>(
  of: P,
  { from, to, trials, keep }: { from: number; to: number; trials: number; keep: string | null },
): Promise<Measurements[P][]> {
  const known = new Map<number, unknown>()
  if (keep !== null && existsSync(keep)) {
    for (const text of readFileSync(keep, 'utf8').split('\n')) {
      // The last line of a run that was stopped may be cut.
      if (!text.endsWith('}')) continue
      const line = JSON.parse(text) as Line
      if (line.of === of && line.trials === trials) known.set(line.seed, line.result)
    }
  }
  const waiting: number[] = []
  for (let seed = from; seed <= to; seed++) if (!known.has(seed)) waiting.push(seed)
  const work = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const result = await inProcess({ of, seed, trials })
      known.set(seed, result)
      if (keep !== null) appendFileSync(keep, `${JSON.stringify({ of, seed, trials, result })}\n`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  const seeds = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  return seeds.map((seed) => known.get(seed) as Measurements[P])
}

function inProcess(task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'child.ts'), { serialization: 'advanced' })
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`Seed ${task.seed} ended with code ${code}.`)))
    child.send(task)
  })
}
