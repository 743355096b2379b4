import { expect, it } from 'vitest'
import { parseFilter } from '../../../../src/components/browse/filterText.ts'

it('letters find texts that contain them, a number finds that number, a month its days', () => {
  expect(parseFilter('symbol', 'VARCHAR', ' aap ')).toEqual([
    { column: 'symbol', test: 'contains', value: 'aap' },
  ])
  expect(parseFilter('close', 'DOUBLE', '12.5')).toEqual([{ column: 'close', test: 'equals', value: '12.5' }])
  expect(parseFilter('date', 'DATE', '2024-01')).toEqual([
    { column: 'date', test: 'contains', value: '2024-01' },
  ])
})

it('signs compare', () => {
  const test = (typed: string) => parseFilter('close', 'DOUBLE', typed).map((one) => [one.test, one.value])
  expect(test('> 5')).toEqual([['above', '5']])
  expect(test('>=5')).toEqual([['atLeast', '5']])
  expect(test('<5')).toEqual([['below', '5']])
  expect(test('<= 5')).toEqual([['atMost', '5']])
  expect(test('=5')).toEqual([['equals', '5']])
  expect(test('5..10')).toEqual([
    ['atLeast', '5'],
    ['atMost', '10'],
  ])
})

it('two dots in a text are a text', () => {
  expect(parseFilter('owner', 'VARCHAR', 'a..b')).toEqual([
    { column: 'owner', test: 'contains', value: 'a..b' },
  ])
})

it('empty finds what is missing, and half a comparison nothing yet', () => {
  expect(parseFilter('owner', 'VARCHAR', 'empty')).toEqual([{ column: 'owner', test: 'blank', value: '' }])
  expect(parseFilter('owner', 'VARCHAR', '!empty')).toEqual([
    { column: 'owner', test: 'notBlank', value: '' },
  ])
  expect(parseFilter('close', 'DOUBLE', '>=')).toEqual([])
  expect(parseFilter('close', 'DOUBLE', '  ')).toEqual([])
})
