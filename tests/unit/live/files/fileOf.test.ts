import { describe, expect, it } from 'vitest'
import Papa from 'papaparse'
import type { CollectedRow } from '../../../../workers/live/collectedRows.ts'
import type { CoverageSpan } from '../../../../workers/live/contract.ts'
import { fileOf } from '../../../../workers/live/files/fileOf.ts'
import type { KeptRow } from '../../../../workers/live/keep/liveStore.ts'

const hour = 3_600_000
const at = (day: number, hours: number) => Date.UTC(2026, 0, day, hours)

async function* batches(...rows: KeptRow[]): AsyncIterable<KeptRow[]> {
  for (const row of rows) yield await Promise.resolve([row])
}
const event = (id: string, when: number, seenAt = when): KeptRow => ({
  row: {
    table: 'adoption',
    counted: 'event',
    id,
    symbol: 'ACME',
    source: 'github',
    metric: 'commits',
    at: when,
  },
  seenAt,
  feed: 'f',
})
async function counted(spans: CoverageSpan[], ...rows: KeptRow[]) {
  const file = await fileOf('adoption', batches(...rows), () => Promise.resolve(spans))
  return (await file.text()).trim().split('\n').slice(1)
}

describe('the file of what was collected', () => {
  it('is read back as it was, quotes and lines included', async () => {
    const row: CollectedRow = {
      table: 'tickets',
      id: '=1',
      symbol: 'ACME',
      source: 'a,b',
      createdAt: at(5, 1),
      title: 'He said "no"',
      text: 'one\ntwo\r\nthree',
    }
    const file = await fileOf('tickets', batches({ row, seenAt: at(5, 2), feed: 'f' }), () =>
      Promise.resolve([]),
    )
    const { data } = Papa.parse<string[]>(await file.text(), { skipEmptyLines: true })
    expect(data).toEqual([
      ['id', 'symbol', 'source', 'created_at', 'title', 'text', 'seen_at'],
      [
        '=1',
        'ACME',
        'a,b',
        '2026-01-05T01:00:00.000Z',
        'He said "no"',
        'one\ntwo\r\nthree',
        '2026-01-05T02:00:00.000Z',
      ],
    ])
  })

  it('counts events by days that have ended, with 0 where it listened and heard none', async () => {
    const listened: CoverageSpan[] = [{ from: at(5, 10), to: at(9, 12), kind: 'listened' }]
    const lines = await counted(
      listened,
      event('a', at(5, 11)),
      event('b', at(6, 9)),
      event('c', at(6, 23), at(6, 23) + 90 * 60_000),
      event('d', at(9, 1)),
    )
    expect(lines).toEqual([
      // The 5th began before it listened, the 9th has not ended; one of the 6th was seen on the 7th.
      'ACME,2026-01-06,github,commits,2,2026-01-07T00:30:00.000Z',
      'ACME,2026-01-07,github,commits,0,2026-01-08T00:00:00.000Z',
      'ACME,2026-01-08,github,commits,0,2026-01-09T00:00:00.000Z',
    ])
  })

  it('knows a day that ended in a gap only after the gap, and days before it listened only by their events', async () => {
    const spans: CoverageSpan[] = [
      { from: at(5, 10), to: at(6, 12), kind: 'listened' },
      { from: at(6, 12), to: at(8, 9), kind: 'asleep' },
      { from: at(8, 9), to: at(8, 12), kind: 'listened' },
    ]
    const fetchedBack = [event('a', at(1, 5), at(5, 10)), event('b', at(3, 5), at(5, 10))]
    expect(await counted(spans, ...fetchedBack, event('c', at(6, 20), at(8, 9) + hour))).toEqual([
      'ACME,2026-01-03,github,commits,1,2026-01-05T10:00:00.000Z',
      'ACME,2026-01-05,github,commits,0,2026-01-06T00:00:00.000Z',
      'ACME,2026-01-06,github,commits,1,2026-01-08T10:00:00.000Z',
      'ACME,2026-01-07,github,commits,0,2026-01-08T09:00:00.000Z',
    ])
  })
})
