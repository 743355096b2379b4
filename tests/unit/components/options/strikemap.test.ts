import { expect, test } from 'vitest'
import { calledRows } from '../../../../src/components/options/strikemap/calledRows.ts'
import { contractSentence } from '../../../../src/components/options/strikemap/contractTip.ts'
import { strikemapCsv } from '../../../../src/components/options/strikemap/strikemapCsv.ts'
import { conflictOf, strikemapFields } from '../../../../src/components/options/strikemap/strikemapFields.ts'
import { strikemapBounds } from '../../../../src/state/optionFields.ts'
import {
  countSentences,
  edgeSentence,
  stateRows,
  vendorSentence,
} from '../../../../src/components/options/strikemap/strikemapWords.ts'
import { recommendedStrikemap } from '../../../../workers/backtest/api.ts'
import { smallMap } from './strikemapFixture.ts'

const map = smallMap(
  [
    { days: 30, strike: 90, right: -1, z: -4, call: -1, edge: -0.02 },
    { days: 30, strike: 95, right: -1, z: -3, call: -1, edge: 0.05 },
    { days: 30, strike: 105, right: 1, z: 4, call: 1, edge: 0.01 },
    { days: 30, strike: 110, right: 1, tradable: false },
    { days: 30, strike: 111, right: 1, z: NaN, tradable: false, state: 'zero bid' },
  ],
  { otherCheap: 1, otherDear: 0, meanEdge: -0.034 },
)

test('the counts name what was called, what of it may be false, and the other definition', () => {
  expect(countSentences(map, recommendedStrikemap).join(' ')).toBe(
    '2 of 3 tradable contracts are called cheap and 1 dear; at most 10\u2009% of them are expected to be false. ' +
      'The original definition would call 33\u2009% cheap and 0\u2009% dear.',
  )
  expect(countSentences(map, { ...recommendedStrikemap, definition: 'original' }).join(' ')).toContain(
    'calls about a sixth of a fair chain cheap',
  )
  const none = smallMap([{ days: 30, strike: 90, right: 1, tradable: false }])
  expect(countSentences(none, recommendedStrikemap)).toHaveLength(1)
})

test('an edge that is negative after the spread is said to be a loss', () => {
  expect(edgeSentence(map)).toMatch(/^Trading them would lose \$0\.03 a share on average/)
  expect(edgeSentence({ ...map, meanEdge: 0.02 })).toMatch(/\$0\.02 a share would be left/)
  expect(edgeSentence(smallMap([{ days: 30, strike: 90, right: 1 }]))).toBe('')
})

test('what leaves most after the spread comes first', () => {
  expect(calledRows(map, -1)).toEqual([1, 0])
  expect(calledRows(map, 1)).toEqual([2])
})

test('quotes that were left out are counted with a reason', () => {
  expect(stateRows(map).map(({ label, rows }) => [label, rows])).toEqual([
    ['part of a smile', 4],
    ['nobody bids', 1],
  ])
  expect(vendorSentence(map)).toBe('')
  expect(vendorSentence({ vendor: { compared: 900, median: 0.0012, p95: 0.034 } })).toMatch(
    /900 contracts: half differ by less than 0\.12 points, 95\u2009% by less than 3\.40\./,
  )
})

test('a contract is told in one sentence', () => {
  expect(contractSentence(map, 1)).toMatch(
    /^95 put, 3 Nov 2024: .*z −3\.00; Called cheap; After the spread \+\$0\.05/,
  )
  expect(contractSentence(map, 4)).toContain('Not judged nobody bids')
})

test('the file has every contract with full precision, and says what was called', () => {
  const [head, ...rows] = strikemapCsv(map).trim().split('\r\n')
  const called = head.split(',').indexOf('called')
  expect(rows).toHaveLength(5)
  expect(rows.map((row) => row.split(',')[called])).toEqual(['cheap', 'cheap', 'dear', '', ''])
  expect(rows[0]).toMatch(/^AAA,2024-10-04,2024-11-03,put,90,1\.9,2\.1,,2,/)
})

test('every setting can be set within what a link may carry, and only those that matter are offered', () => {
  const names = (definition: 'recommended' | 'original') =>
    strikemapFields({ ...recommendedStrikemap, definition }).map(({ name }) => name)
  expect(names('recommended')).toContain('falseDiscovery')
  expect(names('recommended')).not.toContain('cheapBelow')
  expect(names('original')).toContain('dearAbove')
  for (const { name, spec } of strikemapFields(recommendedStrikemap)) {
    const [min, max] = strikemapBounds[name]
    expect(spec.min >= min && spec.max <= max, name).toBe(true)
  }
  expect(conflictOf(recommendedStrikemap, 'callFrom', 1.2)).toMatch(/below the highest/)
  expect(conflictOf(recommendedStrikemap, 'callFrom', 1)).toBeNull()
})
