import { describe, expect, test } from 'vitest'
import {
  clock,
  dayWords,
  occlusionWords,
  rankWords,
  scoredWords,
  subjectWords,
  timeWords,
} from '../../../../src/components/jet/now/nowWords.ts'
import type { Explanation, Now, NowRow } from '../../../../workers/backtest/api.ts'

const visit = { kind: 'visit', companyName: 'Alder', visitedName: 'Birch', rank: 0.94 } as NowRow
const week = { kind: 'company-week', companyName: 'Alder', rank: NaN } as NowRow

test('a row says who is where', () => {
  expect(subjectWords(visit)).toBe('Alder at Birch')
  expect(subjectWords(week)).toBe('Alder, its week')
  expect(rankWords(visit)).toBe('above 94\u2009% of the past year')
  expect(rankWords(week)).toBe('')
})

test('times are those of Greenwich, and may be unknown', () => {
  expect(dayWords(20_088)).toBe('Tuesday, 31 Dec 2024')
  expect(timeWords(20_088 * 1440 + 845)).toBe('31 Dec 2024, 14:05')
  expect(timeWords(NaN)).toBe('not told')
  expect(clock(NaN)).toBe('–')
})

test('what was scored is counted, and timed in the unit that suits', () => {
  const now = { rows: [visit, week, week], model: { name: 'HRM' }, milliseconds: 38.2 } as Now
  expect(scoredWords(now)).toBe('1 visit and 2 companies, scored by HRM in 38 ms')
  expect(scoredWords({ ...now, milliseconds: 2_360 })).toContain('in 2.4 s')
  expect(scoredWords({ ...now, model: null })).toBe('1 visit and 2 companies, scored by no model')
})

describe('legs are held against random ones', () => {
  const explanation = (moved: number[]) =>
    ({ legs: moved.map((each) => ({ moved: each })), random: { high: 0.02 } }) as Explanation

  test('and counted where they move more', () => {
    expect(occlusionWords(explanation([0.05, -0.03, 0.01]))).toContain('2 of 3 legs move the decision more')
  })

  test('and said to be no reason where they do not', () => {
    expect(occlusionWords(explanation([0.01, -0.01]))).toContain('rests on all of them together')
    expect(occlusionWords(explanation([]))).toContain('No leg was among')
  })
})
