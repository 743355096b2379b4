import { unseenPuzzles } from '../../state/playgroundPlan.ts'
import { isAlive, type Run } from '../../state/hrm.svelte.ts'
import { wilsonInterval } from '../../../workers/hrm/api.ts'
import type { TrainingStatus, TrainingTask } from '../../../workers/hrm/api.ts'
import type { CurveDash, StepCurve } from '../../charts/stepCurvesOption.ts'
import type { TableData } from '../tableData.ts'
import { modeWords } from './modeWords.ts'

/** How a run is drawn: its colour by its model, its dash by which run of that model it is. */
export interface RunStyle {
  name: string
  colour: StepCurve['colour']
  dash: CurveDash
}

const dashes: CurveDash[] = ['solid', 'dashed', 'dotted']

/** [runs] the same for a run however many follow it. */
export function runStyles(runs: Run<TrainingTask>[]): RunStyle[] {
  return runs.map(({ status: { settings } }, i) => {
    const earlier = runs.slice(0, i).filter((run) => run.status.settings.mode === settings.mode).length
    const { short, colour } = modeWords[settings.mode]
    return {
      name: earlier === 0 ? short : `${short} ${earlier + 1}`,
      colour,
      dash: dashes[earlier % dashes.length],
    }
  })
}

/** 95 % interval of a share of the unseen puzzles. */
export function solvedInterval({ task }: TrainingStatus, share: number): { low: number; high: number } {
  const puzzles = unseenPuzzles[task.kind]
  return wilsonInterval(Math.round(share * puzzles), puzzles)
}

/** Where the axis of steps ends: at what is planned while a run goes on, at what was done once none does. */
export function lastStep(runs: Run<TrainingTask>[]): number {
  return Math.max(1, ...runs.map(({ status }) => (isAlive(status) ? status.settings.steps : status.step)))
}

/** Loss on what is not trained on, and thin on what is. */
export function lossCurves(runs: Run<TrainingTask>[], styles: RunStyle[]): StepCurve[] {
  return runs.flatMap(({ status }, i) => [
    {
      ...styles[i],
      name: `${styles[i].name}, training`,
      faint: true,
      steps: status.training.map(({ step }) => step),
      values: status.training.map(({ loss }) => loss),
    },
    {
      ...styles[i],
      steps: status.validation.map(({ step }) => step),
      values: status.validation.map(({ loss }) => loss),
    },
  ])
}

/** Shares of unseen puzzles solved whole, with their interval, and thin the share of cells. */
export function solvedCurves(runs: Run[], styles: RunStyle[]): StepCurve[] {
  return runs.flatMap(({ status }, i) => {
    const steps = status.validation.map(({ step }) => step)
    const intervals = status.validation.map(({ exact }) => solvedInterval(status, exact))
    return [
      {
        ...styles[i],
        name: `${styles[i].name}, cells`,
        faint: true,
        steps,
        values: status.validation.map(({ accuracy }) => accuracy),
      },
      {
        ...styles[i],
        steps,
        values: status.validation.map(({ exact }) => exact),
        low: intervals.map(({ low }) => low),
        high: intervals.map(({ high }) => high),
      },
    ]
  })
}

/** The numbers of the curves, a row for every step at which anything was measured. */
export function curveTable(curves: StepCurve[], text: (value: number) => string): TableData {
  const values = curves.map(({ steps, values }) => new Map(steps.map((step, k) => [step, values[k]])))
  const steps = [...new Set(curves.flatMap((curve) => curve.steps))].sort((a, b) => a - b)
  return {
    head: ['Step', ...curves.map(({ name }) => name)],
    rows: steps.map((step) => [String(step), ...values.map((of) => text(of.get(step) ?? NaN))]),
  }
}
