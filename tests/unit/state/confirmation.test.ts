import { describe, expect, test } from 'vitest'
import { defaultState } from '../../../src/state/appState.ts'
import { confirm, expect as expectation } from '../../../src/state/confirmation.ts'

const state = { ...defaultState(), seed: 7 }
const said = expectation('link', 'aaaa', state)

describe('a result is compared with what the link said', () => {
  test('and is reproduced when the hash is the same', () => {
    expect(confirm(said, state, 'aaaa')).toEqual({ kind: 'reproduced', by: 'link' })
  })

  test('and differs when it is not, with both hashes', () => {
    expect(confirm(said, state, 'bbbb')).toEqual({
      kind: 'differs',
      by: 'link',
      expected: 'aaaa',
      found: 'bbbb',
    })
  })

  test('under the same settings only: another stop is another question', () => {
    const params = { ...state.params, options: { ...state.params.options, stop: 0.01 } }
    expect(confirm(said, { ...state, params }, 'bbbb')).toEqual({ kind: 'none' })
    expect(confirm(said, { ...state, repairsOff: ['abc/AMZN/split/19149'] }, 'bbbb')).toEqual({
      kind: 'none',
    })
  })

  test('whatever view it was sent from, and whatever another system is set to', () => {
    const params = { ...state.params, custom: { ...state.params.custom, stop: 0.01 } }
    expect(confirm(said, { ...state, view: 'data', params }, 'aaaa').kind).toBe('reproduced')
  })
})
