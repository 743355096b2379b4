import { expect, test } from 'vitest'
import { defaultRowsPlan, ladderModels, rowsPlanProblem } from '../../../src/state/rowsPlan.ts'
import { usualRows } from '../../../workers/hrm/rows/trainedRows.ts'
import { countRule, visitRule } from '../../../workers/systems/jet/rules.ts'

test('the page offers the settings that rows are usually trained with', () => {
  expect(defaultRowsPlan().settings).toEqual(usualRows)
})

test('the rules on the ladder are those that the rows come with', () => {
  const rules = ladderModels.flatMap(({ model }) => (model.kind === 'rule' ? [model.rule] : []))
  expect(rules).toEqual([visitRule, countRule])
})

test('a width that heads cannot share is refused with one that they can', () => {
  const plan = defaultRowsPlan()
  expect(rowsPlanProblem(plan)).toBeNull()
  expect(rowsPlanProblem({ ...plan, settings: { ...plan.settings, hiddenSize: 31 } })).toContain(
    'multiple of',
  )
})
