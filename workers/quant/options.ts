import { americanValue } from './options/american.ts'
import { americanGreeks as greeksOf } from './options/americanGreeks.ts'
import { europeanGreeks, writeEuropeanGreeks, type Greeks, type Sign } from './options/european.ts'
import { americanVol, europeanVol } from './options/impliedVol.ts'

export type Right = 'call' | 'put'

/** One option on one share. Rates and the dividend yield are continuous, a year, as decimals. */
export interface Contract {
  right: Right
  spot: number
  strike: number
  /** Time to expiry. */
  years: number
  rate: number
  dividendYield: number
}

export interface Option extends Contract {
  /** A year, as a decimal. */
  vol: number
}

/** A chain as columns of equal length. */
export interface ContractColumns {
  /** +1 call, −1 put. */
  right: Int8Array
  spot: Float64Array
  strike: Float64Array
  years: Float64Array
  rate: Float64Array
  dividendYield: Float64Array
}

export interface OptionColumns extends ContractColumns {
  vol: Float64Array
}

export type GreekColumns = Record<keyof Greeks, Float64Array>

const greekNames = ['price', 'delta', 'gamma', 'vega', 'theta', 'rho'] as const

const signOf = (right: Right): Sign => (right === 'call' ? 1 : -1)
const signAt = (right: Int8Array, i: number): Sign => (right[i] > 0 ? 1 : -1)

/**
 * Price and greeks of a European option (Black, Scholes and Merton 1973): theta per year, vega and rho per
 * 1.0. Without time or volatility the limits; NaN for NaN and for negative prices, times or volatilities.
 */
export function blackScholes({ right, spot, strike, years, rate, dividendYield, vol }: Option): Greeks {
  return europeanGreeks(signOf(right), spot, strike, years, rate, dividendYield, vol)
}

/** `blackScholes` for every row. */
export function blackScholesColumns(chain: OptionColumns): GreekColumns {
  const rows = chain.strike.length
  const result = greekColumns(rows)
  const { right, spot, strike, years, rate, dividendYield, vol } = chain
  const row = new Float64Array(6)
  for (let i = 0; i < rows; i++) {
    writeEuropeanGreeks(
      row,
      signAt(right, i),
      spot[i],
      strike[i],
      years[i],
      rate[i],
      dividendYield[i],
      vol[i],
    )
    result.price[i] = row[0]
    result.delta[i] = row[1]
    result.gamma[i] = row[2]
    result.vega[i] = row[3]
    result.theta[i] = row[4]
    result.rho[i] = row[5]
  }
  return result
}

function greekColumns(rows: number): GreekColumns {
  const column = () => new Float64Array(rows)
  return {
    price: column(),
    delta: column(),
    gamma: column(),
    vega: column(),
    theta: column(),
    rho: column(),
  }
}

/**
 * Volatility at which `blackScholes` gives the price; NaN outside the no-arbitrage bounds and without time,
 * 0 at the lower bound.
 */
export function impliedVol(quote: Contract & { price: number }): number {
  const { right, price, spot, strike, years, rate, dividendYield } = quote
  return europeanVol(signOf(right), price, spot, strike, years, rate, dividendYield)
}

/** `impliedVol` for every row. @param price [rows] */
export function impliedVolColumn(chain: ContractColumns, price: Float64Array): Float64Array {
  const { right, spot, strike, years, rate, dividendYield } = chain
  return price.map((p, i) =>
    europeanVol(signAt(right, i), p, spot[i], strike[i], years[i], rate[i], dividendYield[i]),
  )
}

/**
 * Price of an American option, by collocation of its exercise boundary (Andersen, Lake and Offengenden 2016).
 * Never below its intrinsic value or the European price; the error is a few millionths of the strike. Dividends are a
 * continuous yield, not discrete payments. NaN for NaN and for negative prices, times or volatilities; rates may be
 * negative.
 */
export function americanPrice({ right, spot, strike, years, rate, dividendYield, vol }: Option): number {
  return americanValue(signOf(right), spot, strike, years, rate, dividendYield, vol)
}

/** `americanPrice` for every row. */
export function americanPriceColumn(chain: OptionColumns): Float64Array {
  const { right, spot, strike, years, rate, dividendYield, vol } = chain
  return vol.map((v, i) =>
    americanValue(signAt(right, i), spot[i], strike[i], years[i], rate[i], dividendYield[i], v),
  )
}

/**
 * Price and greeks of an American option, in the units of `blackScholes`; where it is to be exercised it moves as the
 * share does, and with nothing else.
 */
export function americanGreeks({ right, spot, strike, years, rate, dividendYield, vol }: Option): Greeks {
  return greeksOf(signOf(right), spot, strike, years, rate, dividendYield, vol)
}

/** `americanGreeks` for every row. */
export function americanGreeksColumns(chain: OptionColumns): GreekColumns {
  const rows = chain.strike.length
  const result = greekColumns(rows)
  const { right, spot, strike, years, rate, dividendYield, vol } = chain
  for (let i = 0; i < rows; i++) {
    const row = greeksOf(signAt(right, i), spot[i], strike[i], years[i], rate[i], dividendYield[i], vol[i])
    for (const name of greekNames) result[name][i] = row[name]
  }
  return result
}

/**
 * Volatility at which `americanPrice` gives the price; NaN at the intrinsic value and below it, and above
 * what the option can be worth.
 */
export function americanImpliedVol(quote: Contract & { price: number }): number {
  const { right, price, spot, strike, years, rate, dividendYield } = quote
  return americanVol(signOf(right), price, spot, strike, years, rate, dividendYield)
}

/** `americanImpliedVol` for every row. @param price [rows] */
export function americanImpliedVolColumn(chain: ContractColumns, price: Float64Array): Float64Array {
  const { right, spot, strike, years, rate, dividendYield } = chain
  return price.map((p, i) =>
    americanVol(signAt(right, i), p, spot[i], strike[i], years[i], rate[i], dividendYield[i]),
  )
}
