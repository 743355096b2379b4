import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  americanImpliedVol,
  blackScholes,
  blackScholesColumns,
  impliedVol,
  impliedVolColumn,
  type Contract,
  type Option,
} from '../../../../workers/quant/options.ts'
import { describeShared, sharedJson } from '../../shared.ts'
import { columnsOf, contracts, option } from './contracts.ts'

const call = (over: Partial<Option> = {}) => blackScholes(option({ ...over, right: 'call' }))
const put = (over: Partial<Option> = {}) => blackScholes(option({ ...over, right: 'put' }))
const forward = ({ spot, strike, years, rate, dividendYield }: Omit<Contract, 'right'>) =>
  spot * Math.exp(-dividendYield * years) - strike * Math.exp(-rate * years)

describeShared('European options as others price them', () => {
  it('agree with 101 spots of a trusted implementation, greeks included', () => {
    const { columns, data } = sharedJson<{ columns: string[]; data: number[][] }>(
      'oracles',
      'options-pyvollib',
      'test_data.json',
    )
    expect(data).toHaveLength(101)
    for (const row of data) {
      const at = (name: string) => row[columns.indexOf(name)]
      const terms = {
        spot: at('S'),
        strike: at('K'),
        years: at('t'),
        rate: at('R'),
        dividendYield: 0,
        vol: at('v'),
      }
      for (const [right, price, letter] of [
        ['call', 'bs_call', 'C'],
        ['put', 'bs_put', 'P'],
      ] as const) {
        const { price: own, delta, gamma, theta, vega, rho } = blackScholes({ right, ...terms })
        const where = `${right} at ${terms.spot}`
        expect(Math.abs(own - at(price)), where).toBeLessThan(1e-6)
        expect(Math.abs(delta - at(`${letter}D`)), where).toBeLessThan(1e-8)
        expect(Math.abs(gamma - at(`${letter}G`)), where).toBeLessThan(1e-8)
        expect(Math.abs(theta - at(`${letter}T`)), where).toBeLessThan(1e-6)
        expect(Math.abs(vega - at(`${letter}V`)), where).toBeLessThan(1e-6)
        expect(Math.abs(rho - at(`${letter}R`)), where).toBeLessThan(1e-6)
      }
    }
  })

  it('agree with published values where there are dividends', () => {
    type Row = [type: string, ...numbers: number[]]
    const tables = sharedJson<Record<string, Row[]>>('oracles', 'options-quantlib', 'tables.json')
    const terms = ([type, strike, spot, dividendYield, rate, years, vol]: Row): Option => ({
      right: type === 'Call' ? 'call' : 'put',
      strike,
      spot,
      dividendYield,
      rate,
      years,
      vol,
    })
    expect(tables.european_values).toHaveLength(43)
    for (const row of tables.european_values) {
      expect(Math.abs(blackScholes(terms(row)).price - row[7]), String(row)).toBeLessThan(1e-4)
    }
    const greek: ((option: Option) => number)[] = [
      (o) => blackScholes(o).delta,
      (o) => blackScholes(o).delta,
      (o) => (blackScholes(o).delta * o.spot) / blackScholes(o).price,
      (o) => blackScholes(o).gamma,
      (o) => blackScholes(o).gamma,
      (o) => blackScholes(o).vega,
      (o) => blackScholes(o).vega,
      (o) => blackScholes(o).theta,
      (o) => blackScholes(o).theta / 365,
      (o) => blackScholes(o).rho,
    ]
    greek.forEach((measure, i) => {
      const row = tables.european_greeks[i]
      expect(Math.abs(measure(terms(row)) - row[7]), String(row)).toBeLessThan(1e-4)
    })
  })
})

describe('a European option', () => {
  it('keeps put–call parity, its bounds and its order in volatility', () => {
    fc.assert(
      fc.property(contracts, (terms) => {
        const c = call(terms)
        const p = put(terms)
        const scale = terms.spot + terms.strike
        const growth = Math.exp(Math.max(0, -terms.rate, -terms.dividendYield) * terms.years)
        expect(Math.abs(c.price - p.price - forward(terms))).toBeLessThan(1e-13 * scale * growth)
        expect(c.price).toBeGreaterThanOrEqual(Math.max(0, forward(terms)) - 1e-13 * scale * growth)
        expect(c.price).toBeLessThanOrEqual(
          terms.spot * Math.exp(-terms.dividendYield * terms.years) * (1 + 1e-14),
        )
        expect(p.price).toBeLessThanOrEqual(terms.strike * Math.exp(-terms.rate * terms.years) * (1 + 1e-14))
        const wilder = { ...terms, vol: terms.vol * 1.01 }
        expect(call(wilder).price).toBeGreaterThanOrEqual(c.price * (1 - 1e-14))
        expect(c.gamma).toBe(p.gamma)
        expect(c.vega).toBe(p.vega)
        for (const greeks of [c, p]) expect(Object.values(greeks).every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('has greeks that are the slopes of its price', () => {
    fc.assert(
      fc.property(contracts, fc.constantFrom('call' as const, 'put' as const), (drawn, right) => {
        const terms = { ...drawn, right, vol: Math.max(0.05, drawn.vol), years: Math.max(0.05, drawn.years) }
        const price = (over: Partial<Option>) => blackScholes({ ...terms, ...over }).price
        const { delta, gamma, vega, theta, rho } = blackScholes(terms)
        const h = 1e-3 * terms.vol * Math.sqrt(terms.years) * terms.spot
        const scale = terms.spot + terms.strike
        const slope = (price({ spot: terms.spot + h }) - price({ spot: terms.spot - h })) / (2 * h)
        expect(Math.abs(delta - slope)).toBeLessThan(1e-5)
        const up = blackScholes({ ...terms, spot: terms.spot + h }).delta
        const down = blackScholes({ ...terms, spot: terms.spot - h }).delta
        expect(Math.abs(gamma - (up - down) / (2 * h))).toBeLessThan(1e-4 * Math.max(gamma, 1 / terms.spot))
        const e = 1e-4
        const along = (key: 'vol' | 'years' | 'rate') =>
          (price({ [key]: terms[key] + e }) - price({ [key]: terms[key] - e })) / (2 * e)
        expect(Math.abs(vega - along('vol'))).toBeLessThan(1e-4 * scale)
        expect(Math.abs(theta + along('years'))).toBeLessThan(1e-4 * scale)
        expect(Math.abs(rho - along('rate'))).toBeLessThan(1e-4 * scale)
      }),
      { numRuns: 300 },
    )
  })

  it('has the right limits without time, volatility or a price of the share', () => {
    const limits = [{ years: 0 }, { vol: 0, rate: 0, dividendYield: 0 }, { years: 0, vol: 0 }]
    for (const over of limits) {
      const inside = call({ spot: 110, ...over })
      expect(inside).toMatchObject({ price: 10, delta: 1, gamma: 0, vega: 0 })
      expect(call({ spot: 90, ...over })).toMatchObject({ price: 0, delta: 0, gamma: 0, vega: 0, theta: 0 })
      expect(put({ spot: 90, ...over })).toMatchObject({ price: 10, delta: -1 })
      for (const value of Object.values(call({ spot: 100, ...over })))
        expect(value).toSatisfy(Number.isFinite)
      expect(call({ spot: 100, ...over })).toMatchObject({ price: 0, delta: 0.5 })
    }
    expect(call({ spot: 100, vol: 0, rate: 0.05, years: 2, dividendYield: 0 }).price).toBeCloseTo(
      100 - 100 * Math.exp(-0.1),
      12,
    )
    expect(call({ spot: 0 })).toMatchObject({ price: 0, delta: 0, gamma: 0, vega: 0 })
    expect(put({ spot: 0, rate: 0.05, years: 1 }).price).toBeCloseTo(100 * Math.exp(-0.05), 12)
    expect(call({ strike: 0, dividendYield: 0 })).toMatchObject({ price: 100, delta: 1 })
    expect(call({ spot: 1e-300 }).price).toBe(0)
    expect(put({ spot: 1e6 }).price).toBeCloseTo(0, 200)
    expect(call({ vol: Infinity, dividendYield: 0 }).price).toBe(100)
  })

  it('keeps the digits of a price far out of the money', () => {
    // With 40 digits.
    const far = (strike: number) => call({ strike, years: 0.25, vol: 0.2 }).price
    expect(far(150) / 8.5200150892416e-5).toBeCloseTo(1, 12)
    expect(far(200) / 5.817252588284887e-12).toBeCloseTo(1, 12)
    expect(far(400) / 1.516421155605607e-43).toBeCloseTo(1, 11)
  })

  it('is NaN where it is asked nonsense', () => {
    for (const over of [
      { spot: NaN },
      { strike: NaN },
      { years: NaN },
      { rate: NaN },
      { dividendYield: NaN },
      { vol: NaN },
      { spot: -1 },
      { strike: -1 },
      { years: -1 },
      { vol: -0.1 },
    ]) {
      for (const value of Object.values(call(over))) expect(value, JSON.stringify(over)).toBeNaN()
    }
  })

  it('has the same numbers in columns', () => {
    const rows = fc.sample(contracts, { numRuns: 50, seed: 7 })
    const options = rows.map((terms, i): Option => ({ ...terms, right: i % 2 === 0 ? 'call' : 'put' }))
    const columns = blackScholesColumns(columnsOf(options))
    options.forEach((terms, i) => {
      for (const [name, value] of Object.entries(blackScholes(terms))) {
        expect(columns[name as keyof typeof columns][i]).toBe(value)
      }
    })
    const prices = columns.price
    const vols = impliedVolColumn(columnsOf(options), prices)
    options.forEach((terms, i) => expect(vols[i]).toEqual(impliedVol({ ...terms, price: prices[i] })))
  })
})

describe('the implied volatility of a European option', () => {
  it('is the volatility that the price was made with', () => {
    fc.assert(
      fc.property(contracts, fc.constantFrom('call' as const, 'put' as const), (terms, right) => {
        const { price, vega } = blackScholes({ ...terms, right })
        // What a price in doubles can say of the volatility at all.
        const known = (4e-16 * (price + terms.spot * 1e-2)) / vega
        if (!(known < 1e-6)) return
        const found = impliedVol({ ...terms, right, price })
        expect(Math.abs(found - terms.vol)).toBeLessThan(1e-10 + 100 * known)
      }),
      { numRuns: 2000 },
    )
  })

  it('comes back to 1e-9 out of the money, and in it wherever the price tells', () => {
    const sides = fc.constantFrom('call' as const, 'put' as const)
    fc.assert(
      fc.property(contracts, sides, (terms, right) => {
        const { price, vega } = blackScholes({ ...terms, right })
        const outside = right === 'call' ? forward(terms) <= 0 : forward(terms) >= 0
        // A price below the smallest doubles has lost its digits.
        if (outside ? price < 1e-290 : vega < 1e-6 * terms.spot) return
        expect(Math.abs(impliedVol({ ...terms, right, price }) - terms.vol)).toBeLessThan(1e-9)
      }),
      { numRuns: 3000 },
    )
  })

  it('has an answer to whatever it is asked: a volatility, or NaN', () => {
    const any = fc.oneof(
      fc.double(),
      fc.double({ min: 0, max: 200, noNaN: true }),
      fc.constantFrom(0, 5e-324, 1e-300, 1e-16, 1, 100, 1e16, 1e300, Infinity, -1, NaN),
    )
    const asked = fc.record({
      right: fc.constantFrom('call' as const, 'put' as const),
      price: any,
      spot: any,
      strike: any,
      years: any,
      rate: any,
      dividendYield: any,
    })
    fc.assert(
      fc.property(asked, (quote) => {
        const vol = impliedVol(quote)
        expect(Number.isNaN(vol) || vol >= 0).toBe(true)
      }),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(asked, (quote) => {
        // Two boundaries are a matter for trees, and slow.
        const earning = quote.rate >= 0 && quote.dividendYield >= 0
        const vol = earning ? americanImpliedVol(quote) : NaN
        expect(Number.isNaN(vol) || vol >= 0).toBe(true)
      }),
      {
        numRuns: 300,
        examples: [
          [
            {
              right: 'call',
              price: 5e-324,
              spot: 5.074270391263523e-303,
              strike: 1e300,
              years: 1e16,
              rate: 5e-324,
              dividendYield: 5.445983084395992e-290,
            },
          ],
        ],
      },
    )
  })

  it('is found far out of the money and for the smallest and largest volatilities', () => {
    for (const vol of [0.001, 0.01, 0.2, 1, 4]) {
      for (const strike of [20, 60, 95, 100, 105, 170, 500]) {
        const terms = option({ strike, vol, right: strike < 101 ? 'put' : 'call', years: 0.5 })
        const { price } = blackScholes(terms)
        if (price < 1e-290) continue
        expect(impliedVol({ ...terms, price }) / vol, `${vol} ${strike}`).toBeCloseTo(1, 10)
      }
    }
  })

  it('is NaN outside the no-arbitrage bounds, and 0 at the lower one', () => {
    const terms = option({ right: 'call', spot: 120, rate: 0, dividendYield: 0 })
    expect(impliedVol({ ...terms, price: 19.99 })).toBeNaN()
    expect(impliedVol({ ...terms, price: 20 })).toBe(0)
    expect(impliedVol({ ...terms, price: 120 })).toBeNaN()
    expect(impliedVol({ ...terms, price: 130 })).toBeNaN()
    expect(impliedVol({ ...terms, price: -1 })).toBeNaN()
    expect(impliedVol({ ...terms, price: NaN })).toBeNaN()
    expect(impliedVol({ ...terms, price: 25, years: 0 })).toBeNaN()
    expect(impliedVol({ ...terms, right: 'put', price: 100 })).toBeNaN()
  })
})
