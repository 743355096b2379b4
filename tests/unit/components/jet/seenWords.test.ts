import { describe, expect, test } from 'vitest'
import { seenOnTheWay, seenWords } from '../../../../src/components/jet/seenWords.ts'
import type { ScoringModel } from '../../../../workers/backtest/api.ts'

const model = {
  name: 'HRM, 32 wide, 300 steps',
  trainedUntil: 19_000,
  validatedUntil: 19_300,
} as ScoringModel

describe('what a model has seen is said beside the report', () => {
  test('plainly, where the split comes after it', () => {
    const { text, warn } = seenWords(model, 19_310, 18_000)
    expect(warn).toBe(false)
    expect(text).toContain('in sample the model knew the answers')
  })

  test('as a warning, where the split reaches into what it has seen', () => {
    const { text, warn } = seenWords(model, 19_201, 18_000)
    expect(warn).toBe(true)
    expect(text).toContain('begins 100 days before that, so it is not')
  })

  test('as a warning, where nothing is kept apart', () => {
    expect(seenWords(model, null, 18_000).warn).toBe(true)
    expect(seenWords(model, null, 19_301).warn).toBe(false)
  })

  test('for a rule as nothing', () => {
    expect(seenWords(null, 19_000, 18_000)).toMatchObject({ warn: false })
    expect(seenOnTheWay(null).warn).toBe(false)
  })

  test('of tests on the way too', () => {
    expect(seenOnTheWay(model).text).toContain('in sample for it')
  })
})
