import { describe, expect, test } from 'vitest'
import {
  curveTable,
  lastStep,
  runStyles,
  solvedCurves,
} from '../../../../src/components/playground/runCurves.ts'
import { comparisonWords, solvedWords } from '../../../../src/components/playground/trainingWords.ts'
import type { Run } from '../../../../src/state/hrm.svelte.ts'
import { defaultPlaygroundPlan } from '../../../../src/state/playgroundPlan.ts'
import type { TrainableMode, TrainingStatus } from '../../../../workers/hrm/api.ts'

const { settings } = defaultPlaygroundPlan()

/** A run that solved this many of the 88 unseen puzzles. */
const run = (mode: TrainableMode, solved: number, part: Partial<TrainingStatus> = {}): Run => ({
  seconds: 60,
  status: {
    id: mode,
    task: { kind: 'sudoku' },
    settings: { mode, ...settings },
    backend: { backend: 'wasm', why: '', adapter: null, software: false, probe: {}, kernels: [] },
    phase: 'finished',
    message: null,
    step: 2_000,
    parameters: 131_842,
    stepsPerSecond: 8,
    timeLeft: 0,
    training: [],
    validation: [
      { step: 1_000, loss: 0.9, accuracy: 0.7, exact: 0 },
      { step: 2_000, loss: 0.5, accuracy: 0.9, exact: solved / 88 },
    ],
    storedStep: 2_000,
    ...part,
  },
})

describe('runs side by side', () => {
  test('keep the colour of their model; a second run of it has another dash and name', () => {
    const styles = runStyles([run('hrm-v1', 1), run('trm', 1), run('hrm-v1', 2)])
    expect(styles.map(({ name }) => name)).toEqual(['HRM', 'TRM', 'HRM 2'])
    expect(styles[2].colour).toBe(styles[0].colour)
    expect(styles[2].dash).not.toBe(styles[0].dash)
    expect(styles[1].colour).not.toBe(styles[0].colour)
  })

  test('carry the interval of so few puzzles: none of 88 solved may still mean 4 in 100', () => {
    const runs = [run('hrm-v1', 41)]
    const whole = solvedCurves(runs, runStyles(runs)).find(({ name }) => name === 'HRM')
    expect(whole?.low?.[0]).toBe(0)
    expect(whole?.high?.[0]).toBeCloseTo(0.0418, 3)
    expect(whole?.low?.[1]).toBeCloseTo(0.365, 3)
    expect(whole?.high?.[1]).toBeCloseTo(0.569, 3)
  })

  test('share a table with a row for every step at which one of them was measured', () => {
    const early = run('trm', 3)
    early.status.validation = [{ step: 500, loss: 1, accuracy: 0.5, exact: 0.25 }]
    const runs = [run('hrm-v1', 44), early]
    const curves = solvedCurves(runs, runStyles(runs)).filter(({ faint }) => !faint)
    expect(curveTable(curves, String)).toEqual({
      head: ['Step', 'HRM', 'TRM'],
      rows: [
        ['500', 'NaN', '0.25'],
        ['1000', '0', 'NaN'],
        ['2000', '0.5', 'NaN'],
      ],
    })
  })

  test('stand on an axis that is as long as the longest will be', () => {
    const going = run('trm', 0, { phase: 'training', step: 40 })
    expect(lastStep([run('hrm-v1', 0, { step: 700 }), going])).toBe(2_000)
    expect(lastStep([run('hrm-v1', 0, { step: 700, phase: 'cancelled' })])).toBe(700)
  })
})

describe('what the runs say', () => {
  test('is how many unseen puzzles were solved, never without the interval', () => {
    expect(solvedWords(run('hrm-v1', 41).status)).toBe(
      '41 of 88 unseen puzzles solved, 47\u2009% (37\u2009% to 57\u2009%), and 90\u2009% of all cells.',
    )
    expect(solvedWords(run('hrm-v1', 0, { validation: [] }).status)).toBe('')
  })

  test('does not rank models whose intervals overlap', () => {
    expect(comparisonWords([run('hrm-v1', 20), run('trm', 28)])).toMatch(/TRM and HRM overlap/)
    expect(comparisonWords([run('hrm-v1', 5), run('trm', 60)])).toMatch(/TRM solved more than HRM/)
  })

  test('says that nothing was solved rather than that nobody won', () => {
    expect(comparisonWords([run('hrm-v1', 0), run('trm', 0)])).toMatch(/None of them has solved/)
  })

  test('is nothing while there is nothing to compare', () => {
    expect(comparisonWords([run('hrm-v1', 5)])).toBe('')
    expect(comparisonWords([run('hrm-v1', 5), run('hrm-v1', 50)])).toBe('')
    expect(comparisonWords([run('hrm-v1', 5), run('trm', 50, { phase: 'training' })])).toBe('')
    expect(comparisonWords([run('hrm-v1', 5), run('trm', 50, { task: { kind: 'maze' } })])).toBe('')
  })
})
