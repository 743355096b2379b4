import { describe, expect, test } from 'vitest'
import { defaultState } from '../../../src/state/appState.ts'
import { splitDay } from '../../../src/state/runRequest.ts'

const market = { symbols: ['AAA'], from: 18_000, to: 19_000 }
const state = defaultState()

describe('what is kept out of sample by itself', () => {
  test('is the last two fifths where nothing was learnt from the data', () => {
    expect(splitDay(state, market)).toBe(18_600)
    expect(splitDay(state, { ...market, untouchedFrom: null })).toBe(18_600)
  })

  test('is what the model has not seen where one decides', () => {
    expect(splitDay(state, { ...market, untouchedFrom: 18_800 })).toBe(18_800)
  })

  test('is nothing where the period ends before that', () => {
    expect(splitDay({ ...state, to: 18_700 }, { ...market, untouchedFrom: 18_800 })).toBeNull()
  })

  test('is again two fifths where the whole period comes after', () => {
    expect(splitDay({ ...state, from: 18_900 }, { ...market, untouchedFrom: 18_800 })).toBe(18_960)
  })

  test('gives way to the day that a person chose', () => {
    expect(splitDay({ ...state, split: 18_100 }, { ...market, untouchedFrom: 18_800 })).toBe(18_100)
    expect(splitDay({ ...state, split: null }, { ...market, untouchedFrom: 18_800 })).toBeNull()
  })
})
