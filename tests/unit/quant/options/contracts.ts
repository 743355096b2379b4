import fc from 'fast-check'
import type { Option, OptionColumns } from '../../../../workers/quant/options.ts'

/** An option at the money for a year, but for what is said. */
export function option(over: Partial<Option> = {}): Option {
  return {
    right: 'call',
    spot: 100,
    strike: 100,
    years: 1,
    rate: 0.03,
    dividendYield: 0.01,
    vol: 0.25,
    ...over,
  }
}

/** Options that a market could list, within four deviations of the money; rates and yields may be negative. */
export const contracts = fc
  .record({
    spot: fc.double({ min: 1, max: 1000, noNaN: true }),
    distance: fc.double({ min: -4, max: 4, noNaN: true }),
    years: fc.double({ min: 1 / 365, max: 3, noNaN: true }),
    rate: fc.double({ min: -0.02, max: 0.1, noNaN: true }),
    dividendYield: fc.double({ min: -0.01, max: 0.1, noNaN: true }),
    vol: fc.double({ min: 0.03, max: 1.5, noNaN: true }),
  })
  .map(({ distance, ...terms }) => ({
    ...terms,
    strike: terms.spot * Math.exp(distance * terms.vol * Math.sqrt(terms.years)),
  }))

export function columnsOf(options: readonly Option[]): OptionColumns {
  const column = (pick: (o: Option) => number) => Float64Array.from(options, pick)
  return {
    right: Int8Array.from(options, ({ right }) => (right === 'call' ? 1 : -1)),
    spot: column((o) => o.spot),
    strike: column((o) => o.strike),
    years: column((o) => o.years),
    rate: column((o) => o.rate),
    dividendYield: column((o) => o.dividendYield),
    vol: column((o) => o.vol),
  }
}
