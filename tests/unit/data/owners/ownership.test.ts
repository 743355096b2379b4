import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OwnerDecision, OwnerMatch } from '../../../../workers/data/api.ts'
import type { Dataset } from '../../../../workers/data/catalog.ts'
import type { Database } from '../../../../workers/data/database.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import type { Keep } from '../../../../workers/data/keep/keep.ts'
import { noKeep } from '../../../../workers/data/keep/noKeep.ts'
import { Ownership } from '../../../../workers/data/owners/ownership.ts'
import { DataSession } from '../../../../workers/data/session.ts'
import { valueOf } from '../openService.ts'
import { tableWith } from '../quality/tableWith.ts'

const epochDay = (iso: string) => Date.parse(iso) / 86_400_000

let database: Database
let session: DataSession
let aircraft: Dataset
let events: Dataset

beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  session = new DataSession(
    () => Promise.resolve(database),
    () => Promise.reject(new Error('nothing is fetched')),
  )
  const companies = await tableWith(database, 'companies', [
    { symbol: 'WMT', name: 'Walmart Inc.' },
    { symbol: 'AAPL', name: 'Apple Inc.' },
    { symbol: 'GOOG', name: 'Alphabet Inc.' },
  ])
  aircraft = await tableWith(database, 'aircraft', [
    { icao24: 'a00001', owner: 'WALMART INC' },
    { icao24: 'a00002', owner: 'WALMART INC', valid_from: '2019-01-01', valid_to: '2020-06-30' },
    { icao24: 'a00003', owner: 'WALMART INC', symbol: 'AAPL' },
    { icao24: 'a00004', owner: `O'Brien "Air"; DROP TABLE x` },
    { icao24: 'a00005', owner: 'Private' },
  ])
  events = await tableWith(database, 'events', [
    { company: 'Apple', announced_on: '2018-05-01', counterparty: 'Beats' },
    { company: 'Apple', announced_on: '2021-05-01', counterparty: 'Walmart' },
    { symbol: 'GOOG', announced_on: '2021-05-01', counterparty: 'Fitbit' },
  ])
  for (const dataset of [companies, aircraft, events]) session.catalog.add(dataset)
})

const opened = (keep: Keep = noKeep('')) => new Ownership(session, keep, () => Promise.resolve())
const decision = (
  owner: string,
  symbol: string | null,
  more: Partial<OwnerDecision> = {},
): OwnerDecision => ({
  owner,
  symbol,
  validFrom: null,
  validTo: null,
  score: 100,
  ...more,
})
const of = (matches: OwnerMatch[], owner: string) => matches.find((match) => match.owner === owner)
async function rows(sql: string): Promise<string[]> {
  return (await database.query(sql)).texts('text')
}
const fleet = () =>
  rows(
    `SELECT concat_ws(' ', icao24, symbol, valid_from::VARCHAR, valid_to::VARCHAR) AS text FROM ${aircraft.table} ORDER BY line`,
  )
const untouched = ['a00001 ', 'a00002  2019-01-01 2020-06-30', 'a00003 AAPL', 'a00004 ', 'a00005 ']

describe('owners', () => {
  it('stand beside the companies they may be, and none is accepted on its own, not even with 100', async () => {
    const matches = valueOf(await opened().matches())
    expect(of(matches, 'WALMART INC')).toMatchObject({
      aircraft: 2,
      decision: null,
      candidates: [{ symbol: 'WMT', score: 100 }],
    })
    expect(of(matches, 'Private')).toMatchObject({
      candidates: [],
      caution: expect.stringContaining('private') as string,
    })
    expect(await fleet()).toEqual(untouched)
  })

  it('once accepted fill the ticker where the file left it blank, and nowhere else; undone, all is as before', async () => {
    const ownership = opened()
    valueOf(await ownership.decide([decision('WALMART INC', 'wmt')]))
    expect((await fleet()).slice(0, 3)).toEqual([
      'a00001 WMT',
      'a00002 WMT 2019-01-01 2020-06-30',
      'a00003 AAPL',
    ])
    expect(of(valueOf(await ownership.matches()), 'WALMART INC')).toMatchObject({
      aircraft: 2,
      decision: { symbol: 'WMT' },
    })
    valueOf(await ownership.undecide('WALMART INC'))
    expect(await fleet()).toEqual(untouched)
  })

  it('accepted for some years own the aircraft within them alone', async () => {
    const ownership = opened()
    const years = { validFrom: epochDay('2020-01-01'), validTo: epochDay('2020-12-31') }
    valueOf(await ownership.decide([decision('WALMART INC', 'WMT', years)]))
    expect((await fleet()).slice(0, 2)).toEqual([
      'a00001 WMT 2020-01-01 2020-12-31',
      'a00002 WMT 2020-01-01 2020-06-30',
    ])
    const later = { validFrom: epochDay('2021-01-01') }
    valueOf(await ownership.decide([decision('WALMART INC', 'WMT', later)]))
    expect((await fleet()).slice(0, 2)).toEqual(['a00001 WMT 2021-01-01', untouched[1]])
  })

  it('with names that try to be SQL are names', async () => {
    const ownership = opened()
    valueOf(await ownership.decide([decision(`O'Brien "Air"; DROP TABLE x`, 'AAPL')]))
    expect((await fleet())[3]).toBe('a00004 AAPL')
    expect(await valueOf(await ownership.csv()).text()).toBe(
      'owner,symbol,valid_from,valid_to,score\r\n"O\'Brien ""Air""; DROP TABLE x",AAPL,,,100\r\n',
    )
  })

  it('that are none of the companies stay blank and out of the CSV', async () => {
    const ownership = opened()
    valueOf(await ownership.decide([decision('WALMART INC', null, { score: 0 })]))
    expect(await fleet()).toEqual(untouched)
    expect(await valueOf(await ownership.csv()).text()).toBe('owner,symbol,valid_from,valid_to,score\r\n')
  })

  it('are refused with a sentence where the company is unknown or the dates run backwards', async () => {
    const ownership = opened()
    const unknown = await ownership.decide([decision('WALMART INC', 'XXXX')])
    expect(unknown).toMatchObject({
      ok: false,
      message: expect.stringContaining('not among the companies') as string,
    })
    const backwards = await ownership.decide([decision('WALMART INC', 'WMT', { validFrom: 5, validTo: 4 })])
    expect(backwards.ok).toBe(false)
    expect(await fleet()).toEqual(untouched)
  })
})

describe('names in events', () => {
  it('are matched like owners and fill the ticker of events within the dates', async () => {
    const ownership = opened()
    const matches = valueOf(await ownership.matches())
    expect(of(matches, 'Apple')).toMatchObject({ events: 2, candidates: [{ symbol: 'AAPL', score: 100 }] })
    expect(of(matches, 'Walmart'), 'the other side, where likely').toMatchObject({ events: 1, aircraft: 0 })
    expect(of(matches, 'Beats'), 'the other side, where not listed').toBeUndefined()
    valueOf(await ownership.decide([decision('Apple', 'AAPL', { validFrom: epochDay('2020-01-01') })]))
    expect(await rows(`SELECT symbol AS text FROM ${events.table} ORDER BY line`)).toEqual([
      '',
      'AAPL',
      'GOOG',
    ])
    expect(session.catalog.get(events.summary.id).summary.symbols).toEqual(['AAPL', 'GOOG'])
  })
})

describe('decisions', () => {
  /** A keep that only remembers its documents. */
  function documents(): Keep {
    const kept: Record<string, unknown> = {}
    return {
      ...noKeep(''),
      state: () =>
        Promise.resolve({ kind: 'on', message: '', persistent: true, used: 0, quota: 0, lost: [] }),
      readDocument: (name) => Promise.resolve(kept[name]),
      changeDocument: (name, change) => {
        kept[name] = change(kept[name])
        return Promise.resolve(true)
      },
    }
  }

  it('are there again on the next visit, and fill files loaded later', async () => {
    const keep = documents()
    valueOf(await opened(keep).decide([decision('WALMART INC', 'WMT')]))
    const later = opened(keep)
    const more = await tableWith(database, 'aircraft', [{ icao24: 'a0000a', owner: 'WALMART INC' }])
    session.catalog.add(more)
    await later.follow()
    expect(await rows(`SELECT symbol AS text FROM ${more.table}`)).toEqual(['WMT'])
  })

  it('forgotten elsewhere are forgotten here', async () => {
    const keep = documents()
    const ownership = opened(keep)
    valueOf(await ownership.decide([decision('WALMART INC', 'WMT')]))
    await keep.changeDocument('owners', () => undefined)
    await ownership.follow()
    expect(await fleet()).toEqual(untouched)
  })
})
