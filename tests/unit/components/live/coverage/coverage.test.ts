import { expect, test } from 'vitest'
import { coverageRaster } from '../../../../../src/components/live/coverage/coverageRaster.ts'
import { coverageTotals } from '../../../../../src/components/live/coverage/coverageTotals.ts'
import { totalsSentence } from '../../../../../src/components/live/coverage/coverageWords.ts'
import type { CoverageSpan } from '../../../../../workers/live/api.ts'

const hour = 3_600_000
const span = (from: number, to: number, kind: CoverageSpan['kind']): CoverageSpan => ({
  from: from * hour,
  to: to * hour,
  kind,
})
/** On for a day: eight hours asleep, two without network. */
const night = [
  span(0, 10, 'listened'),
  span(10, 18, 'asleep'),
  span(18, 20, 'offline'),
  span(20, 24, 'listened'),
]

test('a night asleep and a lost network are told with their hours', () => {
  expect(totalsSentence(coverageTotals(night, 0, 24 * hour))).toBe(
    'Listened 58\u2009% of the 1 d it was on; 8 h asleep, 2 h offline.',
  )
  expect(totalsSentence(coverageTotals(night, 12 * hour, 24 * hour))).toContain('6 h asleep')
  expect(totalsSentence(coverageTotals([], 0, hour))).toBe('It was not on in this time.')
})

test('a short gap keeps the share below the whole', () => {
  const almost = [span(0, 1_000, 'listened'), span(1_000, 1_000.1, 'failing')]
  expect(totalsSentence(coverageTotals(almost, 0, 2_000 * hour))).toMatch(/^Listened 99.*6 min failing/)
})

test('a strip shows what most of each bin was, and nothing where the source was off', () => {
  const [row] = coverageRaster(night, [0, 48 * hour], 48)
  expect(row.segments.map(({ from, to, kind }) => [from / hour, to / hour, kind])).toEqual([
    [0, 10, 'listened'],
    [10, 18, 'asleep'],
    [18, 20, 'offline'],
    [20, 24, 'listened'],
  ])
})

test('a gap that fills half of a bin is shown, not hidden', () => {
  const [row] = coverageRaster([span(0, 0.5, 'listened'), span(0.5, 1, 'failing')], [0, hour], 1)
  expect(row.segments.map(({ kind }) => kind)).toEqual(['failing'])
})

test('a span over midnight is in both days', () => {
  const rows = coverageRaster([span(20, 28, 'listened')], [0, 24 * hour, 48 * hour], 24)
  expect(rows.map(({ segments }) => segments.length)).toEqual([1, 1])
  expect(rows[1].segments[0].to).toBe(28 * hour)
})
