import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../workers/data/database.ts'
import { readChains } from '../../../../workers/data/chains/readChains.ts'
import { noSharePrices, type SharePrices } from '../../../../workers/data/chains/sharePrices.ts'
import { openEmptyDatabase } from '../emptyDatabase.ts'
import { tableWith, type Cells } from '../quality/tableWith.ts'

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
}, 60_000)
afterAll(() => database.close())

const contract: Cells = {
  symbol: 'AAA',
  quote_date: '2024-03-01',
  expiry: '2024-04-19',
  strike: 100,
  right: 'call',
  bid: 2,
  ask: 2.2,
  last: 2.1,
  volume: 10,
  open_interest: 50,
  implied_vol: 0.2,
}

async function read(files: Cells[][], priceOf: SharePrices = noSharePrices) {
  const loaded = []
  for (const rows of files)
    loaded.push(
      await tableWith(
        database,
        'options',
        rows.map((row) => ({ ...contract, ...row })),
      ),
    )
  return readChains(database, loaded, priceOf)
}

/** Calls and puts around 100 with so many to each side; strikes, prices and the share `times` as large. */
function ladder(times: number, more: Cells = {}): Cells[] {
  return [80, 85, 90, 95, 100, 105, 110, 115, 120].flatMap((strike) => {
    const call = Math.max(0, 100 - strike) + 3
    const put = Math.max(0, strike - 100) + 3
    return [
      { right: 'call', price: call },
      { right: 'put', price: put },
    ].map(({ right, price }) => ({
      ...more,
      right,
      strike: strike * times,
      bid: (price - 0.1) * times,
      ask: (price + 0.1) * times,
    }))
  })
}

describe('quotes of several files', () => {
  it('stand by underlying, day, expiry and strike, calls before puts, whatever their order in the files', async () => {
    const chains = await read([
      [{ symbol: 'BBB' }, { right: 'put' }, { strike: 95.33000000000001 }, { quote_date: '2024-02-23' }],
      [{ expiry: '2024-03-15', right: 'put' }],
    ])
    expect(chains?.underlyings.symbol).toEqual(['AAA', 'BBB'])
    expect(chains?.slices.underlying).toEqual(Int32Array.of(0, 0, 1))
    expect(chains?.slices.first).toEqual(Int32Array.of(0, 1, 4, 5))
    expect(chains?.rows.right).toEqual(Int8Array.of(1, -1, 1, -1, 1))
    expect(chains?.rows.strike).toEqual(Float64Array.of(100, 100, 95.33, 100, 100))
  })

  it('count once where a contract comes again: the file loaded last, unless it has no price', async () => {
    const chains = await read([
      [{ bid: 1 }, { strike: 105, bid: 3, ask: 3.4 }],
      [{ bid: 1.5 }, { strike: 105, bid: null, ask: null, last: null }],
    ])
    expect(chains?.rows.bid).toEqual(Float64Array.of(1.5, 3))
    expect(chains?.problems).toMatchObject([
      { count: 2, text: expect.stringMatching(/^2 quotes come again/) as string },
    ])
  })
})

describe('a price', () => {
  it('of an earlier day is no price of the day: by the time of the trade, or because nobody traded', async () => {
    const chains = await read([
      [
        { strike: 90, last_trade: '2024-02-29 20:00:00' },
        { strike: 95, last_trade: '2024-03-01 15:00:00' },
        { strike: 100, volume: 0 },
        { strike: 105, volume: null },
      ],
    ])
    expect(chains?.rows.last).toEqual(Float64Array.of(NaN, 2.1, NaN, 2.1))
  })

  it('of an untraded contract stays in a file without bids and asks, and that is told', async () => {
    const chains = await read([[{ bid: null, ask: null, volume: 0 }]])
    expect(chains?.underlyings.quoted).toEqual([false])
    expect(chains?.rows.last).toEqual(Float64Array.of(2.1))
    expect(chains?.problems[0].text).toMatch(/^1 price is of contracts not traded that day/)
  })

  it('that nothing has makes the day go, and without any day there are no chains', async () => {
    expect(await read([[{ bid: 0, ask: null, last: 0 }]])).toBeUndefined()
    expect(await read([])).toBeUndefined()
  })
})

describe('a volatility of 0.0001 or less', () => {
  it('is a placeholder and is left aside', async () => {
    const chains = await read([[{ implied_vol: 0.00001 }, { strike: 105, implied_vol: 0.3 }]])
    expect(chains?.rows.vendorVol).toEqual(Float64Array.of(NaN, 0.3))
  })
})

describe('the price of the share', () => {
  it('stands beside its chain where both agree', async () => {
    const chains = await read([ladder(1)], () => 100.4)
    expect(chains?.slices.spot).toEqual(Float64Array.of(100.4))
    expect(chains?.problems).toEqual([])
  })

  it('is not believed where strikes are seven times too large for it, and the day is named', async () => {
    const chains = await read([ladder(7)], () => 100)
    expect(chains?.slices.spot).toEqual(Float64Array.of(NaN))
    expect(chains?.rows.strike).toHaveLength(18)
    expect(chains?.problems[0].text).toMatch(
      /^The AAA chain seems to be quoted before a split and the prices in use after it \(of 2024-03-01\): strikes are 7 times too large/,
    )
  })

  it('tells that a chain is quoted after a split that the prices do not have, once for all its days', async () => {
    const chains = await read([[...ladder(0.5), ...ladder(0.5, { quote_date: '2024-03-08' })]], () => 100)
    expect(chains?.problems).toMatchObject([
      {
        count: 2,
        text: expect.stringMatching(
          /2 days from 2024-03-01 to 2024-03-08\): strikes are 2 times too small/,
        ) as string,
      },
    ])
  })

  it('a few percent off is told as such', async () => {
    const chains = await read([ladder(1)], () => 95)
    expect(chains?.slices.spot).toEqual(Float64Array.of(NaN))
    expect(chains?.problems[0].text).toContain('AAA 2024-03-01: 100.00, not 95.00')
  })

  it('sorts out contracts as they were before a split, listed beside those after it', async () => {
    const both = [...ladder(1), ...ladder(7, { volume: 0 })]
    for (const priceOf of [() => 100, noSharePrices]) {
      const chains = await read([both], priceOf)
      expect([...new Set(chains?.rows.strike)].at(-1)).toBe(120)
      expect(chains?.rows.strike).toHaveLength(18)
      expect(chains?.problems[0].text).toMatch(/^18 quotes are of contracts as they were before a split/)
    }
  })
})
