import { describe, expect, test } from 'vitest'
import { datasetGroups } from '../../../../src/components/data/datasetGroups.ts'
import {
  hasRange,
  knownAtSentence,
  repeatedSentence,
  subjectsInWords,
  vintageSentence,
} from '../../../../src/components/data/datasetWords.ts'
import { refusalGroups } from '../../../../src/components/data/refusalGroups.ts'
import { useAfterImport } from '../../../../src/components/data/useAfterImport.ts'
import { dataset, simulated } from './datasets.ts'

const november = new Date(new Date().getFullYear(), 10, 3, 12).getTime()

describe('what became of a file', () => {
  test('a past that changed is counted against the day of the earlier import', () => {
    const vintageOf = { importedAt: november, sha256: 'ff', changed: 12, removed: 1, added: 3 }
    expect(vintageSentence(dataset('A', { vintageOf }))).toBe(
      'The past changed: 12 rows differ and 1 row is gone, compared with the import of 3 November. 3 rows are new.',
    )
    expect(vintageSentence(dataset('A', { vintageOf: { ...vintageOf, changed: 0, removed: 0 } }))).toBe(
      'The past is as it was in the import of 3 November. 3 rows are new.',
    )
    expect(vintageSentence(dataset('A'))).toBe('')
  })

  test('an assumed day of knowledge comes with the reason of its lag', () => {
    const flights = dataset('f', { kind: 'flights', knownAt: 'assumed' })
    expect(knownAtSentence(flights)).toMatch(/assumed from the usual lag of the source: Flight lists/)
    expect(knownAtSentence(dataset('A'))).toBe('')
  })

  test('aircraft are not called symbols, and tables without time have no range', () => {
    const symbols = ['a', 'b', 'c', 'd', 'e']
    expect(subjectsInWords(dataset('f', { kind: 'flights', symbols }))).toBe('5 aircraft')
    expect(subjectsInWords(dataset('p', { symbols }))).toBe('5 symbols')
    expect(hasRange(dataset('c', { kind: 'companies' }))).toBe(false)
    expect(hasRange(dataset('p'))).toBe(true)
  })

  test('refused rows are counted by reason, the commonest first', () => {
    const row = (line: number, reason: string) => ({ file: 'a', line, column: 'close', value: '', reason })
    expect(refusalGroups([row(2, 'x'), row(5, 'y'), row(9, 'y')])).toMatchObject([
      { reason: 'y', count: 2, line: 5 },
      { reason: 'x', count: 1, line: 2 },
    ])
  })

  test('a newer state of a file takes its place in use', () => {
    const old = dataset('old', { sha256: 'aa' })
    const vintageOf = { importedAt: 0, sha256: 'aa', changed: 0, removed: 0, added: 1 }
    const newer = dataset('newer', { vintageOf })
    expect(useAfterImport([old], [newer]).map(({ name }) => name)).toEqual(['newer'])
  })
})

test('datasets stand by table, with the simulated tables that are not loaded yet', () => {
  const part = { kind: 'flights' as const, rows: 83_000, bytes: 1_100_000, loaded: false }
  const groups = datasetGroups([dataset('ideas', { kind: 'signals' }), simulated], [part])
  expect(groups.map(({ kind, part }) => [kind, part !== null])).toEqual([
    ['prices', false],
    ['flights', true],
    ['signals', false],
  ])
})

test('rows that repeat others are told by what they repeat', () => {
  expect(repeatedSentence({ kind: 'prices', repeated: 45 })).toBe(
    '45 rows have the symbol and date of a row before.',
  )
  expect(repeatedSentence({ kind: 'airports', repeated: 1 })).toBe('1 row has the code of a row before.')
})
