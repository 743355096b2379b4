import type { Refinement } from '../../workers/hrm/api.ts'

/** Unseen puzzle that was recorded, and after how many steps of HRM by the usual settings. */
export const recorded = { puzzle: 29, steps: 1_000 }

/** What the board shows before anything has been trained here: [16] values and probabilities in percent a segment. */
export const recordedRefinement: Refinement = {
  task: { kind: 'sudoku' },
  width: 4,
  height: 4,
  given: Int32Array.of(0, 0, 0, 0, 4, 2, 3, 0, 0, 0, 0, 3, 3, 4, 0, 0),
  solution: Int32Array.of(1, 3, 2, 4, 4, 2, 3, 1, 2, 1, 4, 3, 3, 4, 1, 2),
  segments: [
    segment(
      [1, 3, 2, 2, 4, 2, 3, 1, 2, 1, 2, 3, 3, 4, 2, 2],
      [71, 93, 63, 91, 97, 98, 97, 96, 66, 68, 63, 98, 98, 98, 58, 70],
      [0.142, 0.568],
    ),
    segment(
      [1, 3, 4, 2, 4, 2, 3, 1, 2, 1, 4, 3, 3, 4, 1, 2],
      [93, 97, 72, 57, 97, 98, 97, 97, 96, 96, 86, 97, 98, 98, 73, 76],
      [0.363, 0.59],
    ),
    segment(
      [1, 3, 4, 4, 4, 2, 3, 1, 2, 1, 4, 3, 3, 4, 1, 2],
      [95, 97, 60, 65, 97, 98, 97, 97, 96, 96, 93, 97, 98, 98, 96, 96],
      [0.516, 0.679],
    ),
    segment(
      [1, 3, 2, 4, 4, 2, 3, 1, 2, 1, 4, 3, 3, 4, 1, 2],
      [95, 96, 74, 96, 97, 98, 97, 97, 96, 96, 97, 97, 98, 98, 97, 97],
      [0.587, 0.725],
    ),
  ],
}

function segment(
  values: number[],
  percent: number[],
  [halt, keepOn]: [number, number],
): Refinement['segments'][number] {
  const confidence = Float32Array.from(percent, (share) => share / 100)
  return { values: Int32Array.from(values), confidence, halt, keepOn }
}
