import { expect, test } from 'vitest'
import { followCollected } from '../../../src/state/followCollected.ts'
import type { DatasetSummary } from '../../../workers/data/api.ts'

const ref = (name: string, sha256: string) => ({
  name,
  kind: 'prices' as const,
  rows: 1,
  schemaHash: 'aa',
  sha256,
})
const dataset = (name: string, sha256: string, collected: boolean) =>
  ({ ...ref(name, sha256), rows: 2, collected }) as DatasetSummary

test('who uses what is collected goes on using it as it grows; files are followed by their bytes alone', () => {
  const refs = [ref('Collected prices', 'old'), ref('mine.csv', 'gone')]
  const there = [dataset('Collected prices', 'new', true), dataset('mine.csv', 'other', false)]
  expect(followCollected(refs, there).map(({ sha256, rows }) => [sha256, rows])).toEqual([
    ['new', 2],
    ['gone', 1],
  ])
  const settled = [ref('Collected prices', 'new')]
  expect(followCollected(settled, there)).toBe(settled)
})
