import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  americanGreeks,
  americanGreeksColumns,
  americanImpliedVol,
  americanImpliedVolColumn,
  americanPrice,
  americanPriceColumn,
  blackScholes,
  type Option,
} from '../../../../workers/quant/options.ts'
import { describeShared, sharedJson, sharedText } from '../../shared.ts'
import { binomialBlackScholes } from './binomialBlackScholes.ts'
import { columnsOf, contracts, option } from './contracts.ts'
import { lattice } from './lattice.ts'

const intrinsic = ({ right, spot, strike }: Option) =>
  Math.max(0, right === 'call' ? spot - strike : strike - spot)

describeShared('American options as others price them', () => {
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

  it('lie as near to published approximations as a fine tree does', () => {
    expect(tables.american_ju).toHaveLength(47)
    for (const row of tables.american_ju) {
      expect(Math.abs(americanPrice(terms(row)) - row[7]), String(row)).toBeLessThan(8e-2)
    }
    expect(tables.american_baw).toHaveLength(37)
    for (const row of tables.american_baw) {
      expect(Math.abs(americanPrice(terms(row)) - row[7]), String(row)).toBeLessThan(5e-2)
    }
  })

  it('equal an own fine tree on the same contracts', () => {
    for (const row of [...tables.american_ju, ...tables.american_baw]) {
      const price = americanPrice(terms(row))
      const tree = binomialBlackScholes(terms(row), 200)
      expect(Math.abs(price - tree), String(row)).toBeLessThan(2e-3 + 1e-4 * tree)
    }
  })

  it('stay sane at volatilities of nearly nothing and of 1000 %', () => {
    for (const row of tables.american_bjst) {
      const price = americanPrice(terms(row))
      expect(price, String(row)).toBeGreaterThanOrEqual(intrinsic(terms(row)))
      expect(price).toBeLessThanOrEqual(Math.max(terms(row).spot, terms(row).strike))
    }
  })

  it('imply the volatility and greeks that a vendor publishes, from its prices', () => {
    const [, , , ...lines] = sharedText(
      'oracles',
      'indicators-greeks-lean',
      'greeksindicator',
      'american',
      'third_party_2_greeks.csv',
    )
      .trim()
      .split(/\r?\n/)
    let compared = 0
    for (const line of lines) {
      const cells = line.split(',')
      const number = (i: number) => Number(cells[i])
      const [strike, spot, years] = [number(2), number(18), number(19)]
      const shared = { spot, strike, years, rate: number(20), dividendYield: number(21) }
      for (const [right, price, vol] of [
        ['put', number(4), number(6)],
        ['call', number(5), number(7)],
      ] as const) {
        // In the money and far out a few cents are more than a volatility can bear.
        const outside = right === 'call' ? strike > 0.99 * spot : strike < 1.01 * spot
        if (!outside || Math.abs(strike / spot - 1) > 0.06) continue
        const own = americanImpliedVol({ ...shared, right, price })
        expect(Math.abs(own - vol), line).toBeLessThan(0.01)
        compared++
        // Its greeks of puts are the mirror of those of calls, early exercise left out; and all are of a smile of its
        // own, which is that of the price near the money only.
        if (right === 'put' || Math.abs(strike / spot - 1) > 0.04) continue
        const { delta, vega, theta } = americanGreeks({ ...shared, right, vol: own })
        expect(Math.abs(delta - number(9)), line).toBeLessThan(0.03)
        // Vega is shown for a point, theta for a day.
        expect(Math.abs(vega / 100 / number(13) - 1), line).toBeLessThan(0.1)
        expect(Math.abs(theta / 365 / number(15) - 1), line).toBeLessThan(0.15)
      }
    }
    expect(compared).toBeGreaterThan(10)
  })
})

describe('an American option', () => {
  it('equals a fine tree to 6 parts in 100,000, over maturities, rates, yields, volatilities and strikes', () => {
    let worst = 0
    for (const right of ['call', 'put'] as const) {
      for (const years of [0.02, 0.25, 1.5]) {
        for (const [rate, dividendYield] of [
          [0.03, 0],
          [0.05, 0.05],
          [0.02, 0.06],
          [0.06, 0.02],
          [0.01, -0.01],
        ]) {
          for (const vol of [0.15, 0.5]) {
            for (const distance of [-1, 0, 1]) {
              const strike = 100 * Math.exp(distance * vol * Math.sqrt(years))
              const terms = { right, spot: 100, strike, years, rate, dividendYield, vol }
              const tree = binomialBlackScholes(terms, 500)
              worst = Math.max(worst, Math.abs(americanPrice(terms) - tree) / tree)
            }
          }
        }
      }
    }
    expect(worst).toBeLessThan(6e-5)
  }, 60_000)

  it('equals a lattice of 5,000 steps to 1e-4 of the strike, at the ends of what there is', () => {
    const ends: Partial<Option>[] = [
      { right: 'put', years: 10, rate: 0.15, dividendYield: 0, vol: 0.15 },
      { right: 'put', years: 10, rate: 0.04, dividendYield: 0.2, vol: 0.3, strike: 140 },
      { right: 'put', years: 5, rate: 0.12, dividendYield: 0.11, vol: 1.2 },
      { right: 'call', years: 3, rate: -0.02, dividendYield: 0.03, vol: 0.2, strike: 90 },
      { right: 'call', years: 7, rate: 0, dividendYield: 0.25, vol: 0.4, strike: 120 },
      { right: 'call', years: 1, rate: 0.2, dividendYield: 0.2, vol: 0.1 },
      { right: 'put', years: 2, rate: 0.03, dividendYield: -0.02, vol: 0.6, strike: 110 },
      { right: 'put', years: 0.02, rate: 0.05, dividendYield: 0, vol: 0.9, strike: 102 },
      { right: 'put', years: 3, rate: -0.01, dividendYield: -0.04, vol: 0.25 },
      { right: 'put', years: 1.5, rate: 1e-4, dividendYield: 0, vol: 0.05 },
    ]
    for (const over of ends) {
      const terms = option(over)
      const error = Math.abs(americanPrice(terms) - lattice(terms, 5000)) / terms.strike
      expect(error, JSON.stringify(over)).toBeLessThan(1e-4)
    }
  })

  it('is worth at least its intrinsic value and the European option, and no more than it can be', () => {
    fc.assert(
      fc.property(contracts, fc.constantFrom('call' as const, 'put' as const), (drawn, right) => {
        const terms = { ...drawn, right }
        const price = americanPrice(terms)
        const most =
          right === 'call'
            ? terms.spot * Math.exp(Math.max(0, -terms.dividendYield) * terms.years)
            : terms.strike * Math.exp(Math.max(0, -terms.rate) * terms.years)
        expect(price).toBeGreaterThanOrEqual(intrinsic(terms))
        expect(price).toBeGreaterThanOrEqual(blackScholes(terms).price)
        expect(price).toBeLessThanOrEqual(most * (1 + 1e-12))
      }),
      { numRuns: 1000 },
    )
  })

  it('rises with volatility and with time', () => {
    fc.assert(
      fc.property(contracts, fc.constantFrom('call' as const, 'put' as const), (drawn, right) => {
        const terms = { ...drawn, right }
        // Rising on a price of 100 means: but for the error of the method.
        const slack = 1e-5 * (terms.spot + terms.strike)
        const price = americanPrice(terms)
        expect(americanPrice({ ...terms, vol: terms.vol * 1.1 })).toBeGreaterThanOrEqual(price - slack)
        expect(americanPrice({ ...terms, years: terms.years * 1.1 })).toBeGreaterThanOrEqual(price - slack)
      }),
      { numRuns: 500 },
    )
  })

  it('is the put with spot and strike, rate and yield exchanged', () => {
    fc.assert(
      fc.property(contracts, (terms) => {
        const { spot, strike, rate, dividendYield } = terms
        const exchanged = { ...terms, spot: strike, strike: spot, rate: dividendYield, dividendYield: rate }
        expect(americanPrice({ ...terms, right: 'call' })).toBeCloseTo(
          americanPrice({ ...exchanged, right: 'put' }),
          9,
        )
      }),
    )
  })

  it('keeps the bounds that parity leaves', () => {
    fc.assert(
      fc.property(contracts, (drawn) => {
        const terms = {
          ...drawn,
          rate: Math.max(0, drawn.rate),
          dividendYield: Math.max(0, drawn.dividendYield),
        }
        const gap = americanPrice({ ...terms, right: 'call' }) - americanPrice({ ...terms, right: 'put' })
        const slack = 1e-5 * (terms.spot + terms.strike)
        expect(gap).toBeGreaterThanOrEqual(
          terms.spot * Math.exp(-terms.dividendYield * terms.years) - terms.strike - slack,
        )
        expect(gap).toBeLessThanOrEqual(
          terms.spot - terms.strike * Math.exp(-terms.rate * terms.years) + slack,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('is European where early exercise earns nothing', () => {
    for (const [right, rate, dividendYield] of [
      ['call', 0.05, 0],
      ['put', 0, 0.03],
      ['put', -0.01, 0.02],
      ['call', 0.02, -0.01],
    ] as const) {
      const terms = option({ right, rate, dividendYield })
      expect(americanPrice(terms)).toBe(blackScholes(terms).price)
    }
  })

  it('has the right limits without time, volatility or a price of the share', () => {
    const put = (over: Partial<Option>) => americanPrice(option({ right: 'put', ...over }))
    expect(put({ spot: 90, years: 0 })).toBe(10)
    expect(put({ spot: 90, vol: 0 })).toBe(10)
    expect(put({ spot: 110, vol: 0, rate: -0.2, dividendYield: 0 })).toBeCloseTo(
      100 * Math.exp(0.2) - 110,
      12,
    )
    expect(put({ spot: 0 })).toBe(100)
    expect(put({ strike: 0 })).toBe(0)
    expect(put({ spot: 1, vol: 0.2 })).toBe(99)
    expect(put({ spot: 1e6 })).toBeCloseTo(0, 200)
    expect(americanPrice(option({ spot: 1e6, dividendYield: 0.05 }))).toBe(1e6 - 100)
    // Without volatility the gain peaks in between: interest first, dividends later.
    const peak = put({ spot: 100, strike: 100, vol: 0, rate: 0.02, dividendYield: 0.1, years: 50 })
    expect(peak).toBeGreaterThan(100 * (Math.exp(-0.02 * 50) - Math.exp(-0.1 * 50)) + 10)
    expect(put({ vol: 1e-6 })).toBeCloseTo(put({ vol: 0 }), 4)
    expect(put({ years: 1e-9 })).toBeLessThan(1e-2)
    expect(put({ rate: 1e-12 })).toBeCloseTo(blackScholes(option({ right: 'put', rate: 0 })).price, 8)
    expect(put({ vol: 20 })).toSatisfy((price: number) => price > 99 && price <= 100)
  })

  it('has two boundaries where rate and yield are both negative, and still a price', () => {
    const terms = option({ right: 'put', rate: -0.01, dividendYield: -0.03, vol: 0.2, years: 2 })
    for (const spot of [60, 100, 140]) {
      const price = americanPrice({ ...terms, spot })
      const tree = binomialBlackScholes({ ...terms, spot }, 400)
      expect(Math.abs(price - tree) / tree).toBeLessThan(5e-4)
    }
  })

  it('has greeks that are the slopes of its price, and moves with the share alone where exercise is due', () => {
    fc.assert(
      fc.property(contracts, fc.constantFrom('call' as const, 'put' as const), (drawn, right) => {
        const terms = {
          ...drawn,
          right,
          vol: Math.max(0.1, drawn.vol),
          years: Math.max(0.05, drawn.years),
          // Without two boundaries: trees have no slopes to speak of.
          rate: Math.max(0, drawn.rate),
          dividendYield: Math.max(0, drawn.dividendYield),
        }
        const { spot, strike } = terms
        const greeks = americanGreeks(terms)
        const price = (over: Partial<Option>) => americanPrice({ ...terms, ...over })
        expect(greeks.price).toBeCloseTo(price({}), 10)
        if (greeks.price === intrinsic(terms)) {
          expect(greeks).toMatchObject({
            delta: right === 'call' ? 1 : -1,
            gamma: 0,
            vega: 0,
            theta: 0,
            rho: 0,
          })
          return
        }
        const h = 0.002 * terms.vol * Math.sqrt(terms.years) * spot
        const slope = (price({ spot: spot + h }) - price({ spot: spot - h })) / (2 * h)
        expect(Math.abs(greeks.delta - slope)).toBeLessThan(2e-3)
        const e = 1e-3 * terms.vol
        const byVol = (price({ vol: terms.vol + e }) - price({ vol: terms.vol - e })) / (2 * e)
        expect(Math.abs(greeks.vega - byVol)).toBeLessThan(2e-3 * (spot + strike))
        expect(greeks.gamma).toBeGreaterThan(-1e-3 / spot)
        expect(greeks.vega).toBeGreaterThan(-1e-4 * (spot + strike))
      }),
      { numRuns: 300 },
    )
  })

  it('has the greeks of a fine tree', () => {
    for (const over of [
      { right: 'put', strike: 105, rate: 0.06, dividendYield: 0 },
      { right: 'call', strike: 95, rate: 0.02, dividendYield: 0.06 },
      { right: 'put', strike: 90, rate: 0.03, dividendYield: 0.03, years: 0.1 },
    ] as const) {
      const terms = option(over)
      const { delta, gamma, theta, vega, rho } = americanGreeks(terms)
      const tree = (more: Partial<Option> = {}) => binomialBlackScholes({ ...terms, ...more }, 300)
      const along = (key: 'vol' | 'rate' | 'years', e: number) =>
        (tree({ [key]: terms[key] + e }) - tree({ [key]: terms[key] - e })) / (2 * e)
      const h = 0.1 * terms.spot * terms.vol * Math.sqrt(terms.years)
      const [up, middle, down] = [h, 0, -h].map((step) => tree({ spot: terms.spot + step }))
      expect(delta).toBeCloseTo((up - down) / (2 * h), 2)
      expect(gamma / ((up - 2 * middle + down) / (h * h))).toBeCloseTo(1, 1)
      expect(vega / along('vol', 0.01)).toBeCloseTo(1, 2)
      expect(rho / along('rate', 0.005)).toBeCloseTo(1, 1)
      expect(-theta / along('years', 0.05 * terms.years)).toBeCloseTo(1, 1)
    }
  })

  it('is NaN where it is asked nonsense', () => {
    for (const key of ['spot', 'strike', 'years', 'rate', 'dividendYield', 'vol'] as const) {
      expect(americanPrice(option({ [key]: NaN }))).toBeNaN()
    }
    for (const key of ['spot', 'strike', 'years', 'vol'] as const) {
      expect(americanPrice(option({ [key]: -1 }))).toBeNaN()
    }
  })

  it('has the same numbers in columns', () => {
    const options = fc
      .sample(contracts, { numRuns: 40, seed: 11 })
      .map((terms, i): Option => ({ ...terms, right: i % 2 === 0 ? 'call' : 'put' }))
    const prices = americanPriceColumn(columnsOf(options))
    expect(Array.from(prices)).toEqual(options.map(americanPrice))
    expect(Array.from(americanImpliedVolColumn(columnsOf(options), prices))).toEqual(
      options.map((terms, i) => americanImpliedVol({ ...terms, price: prices[i] })),
    )
    const { delta, rho } = americanGreeksColumns(columnsOf(options))
    const greeks = options.map(americanGreeks)
    expect(Array.from(delta)).toEqual(greeks.map((row) => row.delta))
    expect(Array.from(rho)).toEqual(greeks.map((row) => row.rho))
  })
})

describe('the implied volatility of an American option', () => {
  it('is the volatility that the price was made with, where the price depends on it', () => {
    fc.assert(
      fc.property(contracts, fc.constantFrom('call' as const, 'put' as const), (drawn, right) => {
        const terms = { ...drawn, right }
        const price = americanPrice(terms)
        const vega = (americanPrice({ ...terms, vol: terms.vol * 1.001 }) - price) / (0.001 * terms.vol)
        if (!(vega > 1e-3 * terms.spot)) return
        expect(Math.abs(americanImpliedVol({ ...terms, price }) - terms.vol)).toBeLessThan(1e-6)
      }),
      { numRuns: 500 },
    )
  })

  it('is NaN at the intrinsic value and outside the bounds', () => {
    const terms = option({ right: 'put', spot: 80 })
    expect(americanImpliedVol({ ...terms, price: 20 })).toBeNaN()
    expect(americanImpliedVol({ ...terms, price: 19 })).toBeNaN()
    expect(americanImpliedVol({ ...terms, price: 100 })).toBeNaN()
    expect(americanImpliedVol({ ...terms, price: NaN })).toBeNaN()
    expect(americanImpliedVol({ ...terms, price: 25, years: 0 })).toBeNaN()
    expect(americanImpliedVol({ ...terms, price: 25 })).toBeGreaterThan(0.1)
  })
})
