import type { FinishedRun } from '../engine.ts'
import { alphaOfRerun, delayed } from '../rerun.ts'
import { earned, measured, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { percent } from './words.ts'

export function delayOf(run: FinishedRun): Measured {
  const { name, alpha } = earned(run)
  const one = alphaOfRerun(run, delayed(run.signals, 1))
  const two = alphaOfRerun(run, delayed(run.signals, 2))
  return measured({
    state: one > 0 && two > 0 ? 'passes' : 'doubt',
    value: one,
    unit: 'fraction',
    finding: `The ${name}${where(run)} is ${percent(alpha)} a year in time, ${percent(one)} one day late, ${percent(two)} two days late.`,
    measured: alpha,
    reruns: Float64Array.of(one, two).sort(),
    rows: [
      { label: 'In time', value: alpha },
      { label: 'One day late', value: one },
      { label: 'Two days late', value: two },
    ],
  })
}
