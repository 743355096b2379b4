import { describe, expect, test } from 'vitest'
import { ladderCsv } from '../../../../src/components/jet/model/ladderCsv.ts'
import { ladderSentences, ranked, rowsWords } from '../../../../src/components/jet/model/ladderWords.ts'
import type { LadderModel, Rung, RungScores } from '../../../../workers/hrm/api.ts'

function scores(value: number, part: Partial<RungScores> = {}): RungScores {
  return {
    rows: 400,
    positives: 40,
    baseRate: 0.1,
    averagePrecision: { value, low: value - 0.05, high: value + 0.05 },
    rocAuc: 0.7,
    brier: 0.09,
    logLoss: 0.3,
    precisionAtCalls: { value: 0.5, low: 0.3, high: 0.7 },
    leadTime: 20,
    calibrationError: 0.02,
    reliability: [],
    difference: null,
    ...part,
  }
}

function rung(name: string, model: LadderModel, test: RungScores): Rung {
  return {
    model,
    name,
    phase: 'done',
    done: 1,
    message: '',
    seconds: 1,
    scores: { test, unseen: scores(NaN) },
    scoring: null,
  }
}

const logistic = rung('Logistic regression', { kind: 'logistic-regression' }, scores(0.4))
const hrm = (difference: RungScores['difference'], value = 0.3) =>
  rung('HRM', { kind: 'hrm', mode: 'hrm-v1' }, scores(value, { difference }))
const to = 'Logistic regression'

describe('the ladder says whatever is true', () => {
  test('that HRM is behind', () => {
    const [first, second] = ladderSentences(
      [hrm({ to, estimate: -0.1, low: -0.2, high: -0.02, p: 0.01 }), logistic],
      'test',
    )
    expect(first).toBe(
      'Logistic regression is ahead with 0.40 (0.35 to 0.45); always giving the base rate is worth 0.10.',
    )
    expect(second).toBe(
      'HRM is behind Logistic regression, the best baseline, by 0.10 (−0.20 to −0.02, p = 0.010).',
    )
  })

  test('that it is ahead', () => {
    const said = ladderSentences(
      [logistic, hrm({ to, estimate: 0.1, low: 0.02, high: 0.2, p: 0.01 }, 0.5)],
      'test',
    )
    expect(said[1]).toContain('HRM is ahead of Logistic regression')
  })

  test('that nobody can tell', () => {
    const said = ladderSentences(
      [logistic, hrm({ to, estimate: -0.1, low: -0.3, high: 0.1, p: 0.4 })],
      'test',
    )
    expect(said[1]).toContain('cannot be told from Logistic regression')
  })

  test('that there were too few takeovers to say anything', () => {
    const few = rung('HRM', { kind: 'hrm', mode: 'hrm-v1' }, scores(0.3, { positives: 4 }))
    expect(ladderSentences([few], 'test')[0]).toContain('so few takeovers')
    expect(rowsWords(scores(0.3))).toBe('A takeover followed 40 of 400 visits, 10.0\u2009%.')
  })

  test('nothing before anything has been measured', () => {
    expect(ladderSentences([{ ...logistic, scores: null, phase: 'waiting' }], 'test')).toEqual([])
    expect(ranked([logistic], 'unseen')).toEqual([])
  })
})

test('the file of a ladder has a row for either part, without formulas', () => {
  const lines = ladderCsv([{ ...logistic, name: '=A1' }])
    .trim()
    .split(/\r?\n/)
  expect(lines).toHaveLength(3)
  expect(lines[1]).toMatch(/^"?'=A1"?,test,400,40,0.1,0.4,/)
  expect(lines[2]).toMatch(/,unseen,/)
})
