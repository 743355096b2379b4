import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../workers/data/database.ts'
import { chainFindings } from '../../../../workers/data/quality/chainChecks.ts'
import { loadedTables } from '../../../../workers/data/quality/loadedTables.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { tableWith, type Cells } from './tableWith.ts'

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
}, 60_000)
afterAll(() => database.close())

const contract = { symbol: 'AAA', quote_date: '2024-03-01', expiry: '2024-04-19' }
const quote = (strike: number, right: string, bid: number, ask: number): Cells => ({
  ...contract,
  strike,
  right,
  bid,
  ask,
})
/** A sound chain of a share at 100. */
const sound = [90, 95, 100, 105, 110].flatMap((strike) => [
  quote(strike, 'call', Math.max(0, 100 - strike) + 2, Math.max(0, 100 - strike) + 2.2),
  quote(strike, 'put', Math.max(0, strike - 100) + 2, Math.max(0, strike - 100) + 2.2),
])

async function found(rows: Cells[], close: number | null = 100, simulated = false) {
  const file = await tableWith(database, 'options', rows)
  const prices = await tableWith(
    database,
    'prices',
    [
      {
        symbol: 'AAA',
        date: '2024-03-01',
        open: 1,
        high: 1,
        low: 1,
        close: close ?? 1,
        volume: 1,
        adj_factor: 1,
      },
    ],
    { simulated },
  )
  const loaded = loadedTables(close === null ? [file] : [file, prices])
  return (await chainFindings(database, file, loaded.get('prices'))).map(({ id, count, text, examples }) => ({
    rule: id.split('/')[1],
    count,
    text,
    examples,
  }))
}

describe('quotes of a chain', () => {
  it('that are sound raise no finding, with or without a price of the share', async () => {
    expect(await found(sound)).toEqual([])
    expect(await found(sound, null)).toEqual([])
  })

  it('are held against what a contract can be worth, by the price that the chain implies where there is no other', async () => {
    const rows = [...sound, quote(60, 'call', 38, 39), quote(50, 'call', 101, 103), quote(20, 'put', 21, 22)]
    for (const close of [100, null]) {
      expect(await found(rows, close)).toMatchObject([
        {
          rule: 'above-bound',
          count: 2,
          examples: [
            'AAA 2024-03-01 2024-04-19 20 put: bid 21, share 100.00',
            'AAA 2024-03-01 2024-04-19 50 call: bid 101, share 100.00',
          ],
        },
        {
          rule: 'below-intrinsic',
          count: 1,
          examples: ['AAA 2024-03-01 2024-04-19 60 call: ask 39, share 100.00'],
        },
      ])
    }
  })

  it('break parity where call and put can be turned into a riskless profit after the spread', async () => {
    const rows = [
      ...sound,
      quote(98, 'call', 6, 6.2),
      quote(98, 'put', 1, 1.2),
      quote(102, 'call', 2, 2.2),
      quote(102, 'put', 4, 6),
    ]
    expect(await found(rows)).toMatchObject([
      {
        rule: 'parity',
        count: 1,
        examples: ['AAA 2024-03-01 2024-04-19 98 call 6 to 6.2, put 1 to 1.2, share 100.00'],
      },
    ])
  })

  it('before a split beside prices after it are told, not taken for a crash', async () => {
    expect(await found(sound, 50)).toMatchObject([{ rule: 'split-0', count: 1 }])
  })

  it('are not held against simulated prices', async () => {
    expect(await found(sound, 50, true)).toEqual([])
  })
})
