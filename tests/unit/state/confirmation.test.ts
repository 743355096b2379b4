import { describe, expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { version } from '../../../src/version.ts'
import { defaultState } from '../../../src/state/appState.ts'
import { confirm, expect as expectation } from '../../../src/state/confirmation.ts'
import { likelyReasons, resultDifferences } from '../../../src/state/resultDifferences.ts'
import { seenFigures } from '../../../src/state/seenFigures.ts'
import type { Report } from '../../../workers/backtest/api.ts'

const state = { ...defaultState(), seed: 7 }
const said = expectation('link', 'aaaa', state, seenFigures(resultOf('aaaa', 214)))

/** Just enough of a report to be compared. */
function resultOf(hash: string, trades = 0): Report {
  const metrics = [{ id: 'sharpe', all: 1.23456 }]
  const equity = Float64Array.of(100_000, 101_234.567)
  return { hash, metrics, equity, split: 2, dates: { length: 2 }, trades: { length: trades } } as never
}

describe('a result is compared with what the link said', () => {
  test('and is reproduced when the hash is the same', () => {
    expect(confirm(said, state, resultOf('aaaa'))).toEqual({ kind: 'reproduced', by: 'link' })
  })

  test('and differs when it is not, with both hashes and the figures that differ', () => {
    const confirmation = confirm(said, state, resultOf('bbbb', 213))
    expect(confirmation).toMatchObject({ kind: 'differs', by: 'link', expected: 'aaaa', found: 'bbbb' })
    if (confirmation.kind !== 'differs') return
    const { there, here } = confirmation
    expect(resultDifferences(there, here)).toEqual(['Trades: 214 there, 213 here'])
    expect(resultDifferences(here, here)).toEqual([
      expect.stringMatching(/every headline figure is the same/i),
    ])
    expect(resultDifferences(null, here)).toEqual([expect.stringMatching(/no figures/)])
    expect(likelyReasons({ ...here, version: '0.0.1' }, here, { unnamed: ['x.csv'], jet: false })).toEqual([
      expect.stringContaining('0.0.1'),
      expect.stringContaining('x.csv'),
      expect.stringMatching(/mappings or repairs/),
      expect.stringMatching(/browser/),
    ])
  })

  test('under the same settings only: another stop is another question', () => {
    const params = { ...state.params, options: { ...state.params.options, stop: 0.01 } }
    expect(confirm(said, { ...state, params }, resultOf('bbbb', 213))).toEqual({ kind: 'none' })
    expect(confirm(said, { ...state, repairsOff: ['abc/AMZN/split/19149'] }, resultOf('bbbb', 213))).toEqual({
      kind: 'none',
    })
  })

  test('whatever view it was sent from, and whatever another system is set to', () => {
    const params = { ...state.params, custom: { ...state.params.custom, stop: 0.01 } }
    expect(confirm(said, { ...state, view: 'data', params }, resultOf('aaaa')).kind).toBe('reproduced')
  })
})

test('the version that links name is that of the package', () => {
  expect(version).toBe(packageJson.version)
})
