import { expect, it } from 'vitest'
import type { IncidentRow } from '../../../../workers/live/collectedRows.ts'
import { fileOf } from '../../../../workers/live/files/fileOf.ts'
import type { KeptRow } from '../../../../workers/live/keep/liveStore.ts'
import { mergeRow } from '../../../../workers/live/keep/mergeRow.ts'

const noon = Date.UTC(2026, 10, 2, 12)
const hour = 3_600_000
const row: IncidentRow = {
  table: 'incidents',
  id: 'i1',
  symbol: 'MSFT',
  source: 'status.example.com',
  title: 'Slow answers',
  startedAt: noon,
  resolvedAt: NaN,
  severity: 'minor',
}

it('the end of an incident is known from when it was seen, not from when the incident was', async () => {
  const first: KeptRow = { row, seenAt: noon + hour, feed: 'f' }
  const later: KeptRow = { row: { ...row, resolvedAt: noon + 2 * hour }, seenAt: noon + 9 * hour, feed: 'f' }
  const merged = mergeRow(first, later)
  if (merged.kind !== 'changed') throw new Error(merged.kind)
  // A list that is behind, and one that says the same again, change nothing of it.
  expect(mergeRow(merged.kept, { ...first, seenAt: noon + 10 * hour }).kind).toBe('same')
  expect(mergeRow(merged.kept, { ...later, seenAt: noon + 11 * hour }).kind).toBe('same')
  // eslint-disable-next-line @typescript-eslint/require-await
  const batches = async function* () {
    yield [merged.kept]
  }
  const file = await fileOf('incidents', batches(), () => Promise.resolve([]))
  expect((await file.text()).trim().split('\n').slice(1)).toEqual([
    'i1,MSFT,status.example.com,Slow answers,2026-11-02T12:00:00.000Z,,minor,2026-11-02T13:00:00.000Z',
    'i1,MSFT,status.example.com,Slow answers,2026-11-02T12:00:00.000Z,2026-11-02T14:00:00.000Z,minor,2026-11-02T21:00:00.000Z',
  ])
})
