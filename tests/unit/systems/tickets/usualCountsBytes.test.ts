import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { usualCounts } from '../../../tools/buildWasm.ts'

test('what is usual of counts is compiled from the text that is in the repository', async () => {
  expect(readFileSync(usualCounts.file, 'utf8')).toBe(await usualCounts.make())
})
