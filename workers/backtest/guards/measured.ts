import type { FinishedRun } from '../engine.ts'
import { alphaOf } from '../rerun.ts'
import type { Guard, GuardText } from './contract.ts'
import { percent } from './words.ts'

/** A guard without its words: what was found in this run. */
export type Measured = Omit<Guard, keyof GuardText>

type Required = Pick<Measured, 'state' | 'value' | 'unit' | 'finding'>

/** Rows and reruns are of the unit of the value unless said otherwise, and the value is the figure beside them. */
export function measured(found: Required & Partial<Measured>): Measured {
  return {
    rowUnit: found.unit,
    measured: found.value,
    reruns: new Float64Array(0),
    rows: [],
    ...found,
  }
}

/** It cannot be measured here, and the sentence says why. */
export function unknown(unit: Guard['unit'], finding: string): Measured {
  return measured({ state: 'unknown', value: NaN, unit, finding })
}

/** “out of sample” where there is such a part. */
export function where({ judged }: Pick<FinishedRun, 'judged'>): string {
  return judged.part === 'outOfSample' ? ' out of sample' : ''
}

/** The value of a metric of the report in the part that is judged. */
export function metricOf({ report, judged }: Pick<FinishedRun, 'report' | 'judged'>, id: string): number {
  return report.metrics.find((metric) => metric.id === id)?.[judged.part] ?? NaN
}

/** What a rerun earned is compared with what this run earned: its name and the figure. */
export function earned(run: Pick<FinishedRun, 'judged'>): { name: string; alpha: number; as: string } {
  const name = run.judged.benchmark === null ? 'mean return' : 'alpha'
  const alpha = alphaOf(run)
  return { name, alpha, as: `${name} of ${percent(alpha)}` }
}
