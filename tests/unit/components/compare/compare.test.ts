import { describe, expect, it } from 'vitest'
import { figuresCsv } from '../../../../src/components/compare/compareCsv.ts'
import {
  daysNotes,
  differenceText,
  differenceWords,
} from '../../../../src/components/compare/compareWords.ts'
import { settingsThatDiffer } from '../../../../src/components/compare/settingsThatDiffer.ts'
import { defaultState, paramsOf, type AppState } from '../../../../src/state/appState.ts'
import type { ComparedEntry } from '../../../../src/state/compare.svelte.ts'
import { mostCompared, withoutRun, withRun } from '../../../../src/state/compareField.ts'
import { decodeLink, encodeLink } from '../../../../src/state/link.ts'
import type { Comparison } from '../../../../workers/backtest/api.ts'

const entry = (part: Partial<AppState> = {}, system: 'options' | 'jet' = 'options') =>
  ({ state: { ...defaultState(), ...part }, system, facts: null }) as unknown as ComparedEntry
const withParam = (name: string, value: number | boolean) => {
  const state = defaultState()
  return { params: { ...state.params, options: { ...paramsOf(state, 'options'), [name]: value } } }
}
const measure = (value: number, low: number, high: number) => ({ value, low, high })

describe('a difference', () => {
  it('whose interval holds 0 is none that chance does not explain', () => {
    expect(differenceWords(measure(0.2, -0.1, 0.5))).toBe('no difference that chance does not explain')
    expect(differenceWords(measure(0.2, 0, 0.5))).toBe('no difference that chance does not explain')
    expect(differenceWords(measure(-0.3, -0.5, -0.1))).toBe('a difference that chance hardly explains')
    expect(differenceWords(measure(0, 0, 0))).toBe('the same')
    expect(differenceWords(measure(0.2, NaN, NaN))).toBe('too few days to tell')
  })

  it('of two percentages is in points', () => {
    expect(differenceText('cagr', -0.021)).toBe('−2.1')
    expect(differenceText('sharpe', 0.5)).toBe('+0.50')
  })
})

describe('settings that differ', () => {
  it('are only those, in words with their units', () => {
    const rows = settingsThatDiffer([
      entry(withParam('stop', 0.08)),
      entry({ ...withParam('stop', 0.12), seed: 7 }),
    ])
    expect(rows).toEqual([
      { label: 'Seed', values: ['1', '7'] },
      { label: 'Stop loss', values: ['8.0\u2009%', '12.0\u2009%'] },
    ])
  })

  it('of several systems are those that all of them have', () => {
    const [first, ...rest] = settingsThatDiffer([entry(), entry({}, 'jet')])
    expect(first).toEqual({ label: 'System', values: ['Options', 'Jet'] })
    expect(rest.every(({ values }) => !values.includes('undefined'))).toBe(true)
  })
})

describe('what is compared', () => {
  const six = { runs: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `#v1.${name}`), base: 2 }

  it('takes a run once, and no more than can be told apart', () => {
    expect(withRun(six, '#v1.a')).toBe(six)
    expect(withRun(six, '#v1.g')).toBeNull()
    expect(six.runs).toHaveLength(mostCompared)
  })

  it('keeps its base when another run is taken out', () => {
    expect(withoutRun(six, 0)).toEqual({ runs: six.runs.slice(1), base: 1 })
    expect(withoutRun(six, 5).base).toBe(2)
    expect(withoutRun(six, 2).base).toBe(0)
  })

  it('comes back from a link as it was, and what is no fragment is dropped with a sentence', () => {
    const state = { ...defaultState(), view: 'compare' as const, compare: six }
    expect(decodeLink(encodeLink(state))).toEqual({ state, problems: [] })
    for (const compare of [
      { runs: ['javascript:alert(1)'], base: 0 },
      { runs: [...six.runs, '#v1.g'], base: 0 },
      { runs: six.runs, base: -1 },
      'all',
    ]) {
      const decoded = decodeLink(encodeLink({ ...state, compare } as AppState))
      expect(decoded.state.compare).toEqual({ runs: [], base: 0 })
      expect(decoded.problems).toHaveLength(1)
    }
  })
})

describe('a comparison', () => {
  const figures = (value: number) => ({
    meanReturn: measure(value, 0, 0),
    sharpe: measure(value, -1, 1),
    cagr: measure(value, 0, 0),
    maxDrawdown: measure(value, 0, 0),
  })
  const comparison: Comparison = {
    dates: Int32Array.of(18_000, 18_001, 18_002),
    equity: [Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3)],
    split: 1,
    splitsDiffer: true,
    withoutSplit: [1],
    base: 0,
    parts: [
      {
        part: 'outOfSample',
        from: 18_001,
        to: 18_002,
        days: 2,
        meanBlock: 1,
        values: [figures(1), figures(2)],
        differences: [figures(0), figures(1)],
      },
    ],
  }

  it('says where its days come from', () => {
    const [splits, unsplit] = daysNotes(comparison, ['A', 'B'])
    expect(splits).toContain('begins for all on 15 Apr 2019')
    expect(unsplit).toMatch(/^B has no split/)
  })

  it('as CSV has every setting and figure with names that no spreadsheet runs', () => {
    const text = figuresCsv(comparison, ['=A', 'B'], [{ label: 'Seed', values: ['1', '2'] }])
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(1 + 2 + 8)
    expect(lines[1]).toBe(`setting,,Seed,'=A,1,,,,,,,`)
    expect(lines).toContain('figure,outOfSample,Sharpe ratio,B,2,-1,1,1,-1,1,2019-04-15,2019-04-16')
  })
})
