import { sliceOf } from '../../quant/chainTables.ts'
import type { ChainSlice } from '../../quant/chainTables.ts'
import { log } from '../../quant/elementary.ts'
import { analyseExpiries } from '../../quant/chains/analyseExpiries.ts'
import type { ExpiryAnalysis } from '../../quant/chains/analysis.ts'
import { exercisePremium } from '../../quant/chains/earlyExercise.ts'
import { surfaceVol, yieldAt } from '../../quant/chains/smile.ts'
import { europeanGreeks, europeanPrice } from '../../quant/options/european.ts'
import type { Greeks, Sign } from '../../quant/options/european.ts'
import { americanVol } from '../../quant/options/impliedVol.ts'
import type { Panel } from '../../quant/panel.ts'
import type { SurfaceModel } from '../../systems/system.ts'
import { daysPerYear } from '../sizing.ts'
import { CorporateActions } from './splits.ts'

/** The chain that counts on a day: the newest that is not stale. */
export interface KnownChain {
  slice: ChainSlice
  expiries: ExpiryAnalysis[]
  /** It is of this very day, so that its quotes can be traded on. */
  today: boolean
}

/** What an option is priced by on a day. */
export interface PricingState {
  spot: number
  years: number
  dividendYield: number
  vol: number
  /** From the smile of a chain, else from realised volatility. */
  fromChain: boolean
}

export interface Quote {
  bid: number
  ask: number
  mid: number
}

/** Fewest returns that a realised volatility is taken from. */
const leastReturns = 10
/** The skew of the model is that of a tenth of a year in what is shorter. */
const leastYears = 0.1
/** The share of the chain and that of the prices are one if they differ by less; else splits were told apart differently. */
const sameShare = 0.15

/**
 * What options cost on every day of a panel: quotes where a chain has them, the smile of the newest chain while it is
 * fresh, else a model on realised volatility. Nothing here looks beyond the day it is asked about.
 */
export class OptionMarket {
  readonly actions: CorporateActions
  private readonly volatility: Float64Array
  /** [symbols] slices of its chain by day, ascending; empty without */
  private readonly slices: { day: number; slice: number }[][]
  private readonly read: ReadChains
  private latest: { symbol: number; day: number; chain: KnownChain | null } = {
    symbol: -1,
    day: -1,
    chain: null,
  }

  constructor(
    readonly panel: Panel,
    readonly model: SurfaceModel,
  ) {
    this.actions = new CorporateActions(panel)
    this.read = chainsReadOf(panel, model.rate)
    this.volatility = realisedVolatilities(panel, model.days)
    this.slices = panel.symbols.map(() => [])
    const { chains } = panel
    if (!chains) return
    const symbolOf = chains.underlyings.symbol.map((name) => panel.symbols.indexOf(name))
    chains.slices.day.forEach((day, slice) => {
      const symbol = symbolOf[chains.slices.underlying[slice]]
      if (symbol >= 0) this.slices[symbol].push({ day, slice })
    })
  }

  /** Raw close; NaN where the symbol did not trade. */
  spotOf(symbol: number, day: number): number {
    const at = symbol * this.panel.dates.length + day
    return this.panel.close[at] * (this.panel.rawFactor?.[at] ?? 1)
  }

  chainOf(symbol: number, day: number): KnownChain | null {
    const { latest } = this
    if (latest.symbol === symbol && latest.day === day) return latest.chain
    const chain = this.findChain(symbol, day)
    this.latest = { symbol, day, chain }
    return chain
  }

  private findChain(symbol: number, day: number): KnownChain | null {
    const known = this.slices[symbol]
    if (known.length === 0) return null
    const date = this.panel.dates[day]
    let low = 0
    let high = known.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (known[middle].day <= date) low = middle + 1
      else high = middle
    }
    if (low === 0 || date - known[low - 1].day > this.model.staleAfter) return null
    const chain = this.read(known[low - 1].slice)
    if (chain === null) return null
    const today = chain.slice.day === date
    // Strikes of a chain from before a split are not those of today.
    for (let at = day; !today && at > 0 && this.panel.dates[at] > chain.slice.day; at--)
      if (this.actions.splitOn(symbol, at) !== 1) return null
    if (today && !(Math.abs(chain.slice.spot / this.spotOf(symbol, day) - 1) < sameShare)) return null
    return { ...chain, today }
  }

  /** Bid and ask of a contract on this very day; null where it cannot be traded at them. */
  quoteOf(symbol: number, day: number, right: Sign, strike: number, expiry: number): Quote | null {
    const chain = this.chainOf(symbol, day)
    if (!chain?.today || !chain.slice.quoted) return null
    const row = rowOf(chain.slice, right, strike, expiry)
    if (row < 0) return null
    const bid = chain.slice.rows.bid[row]
    const ask = chain.slice.rows.ask[row]
    return bid > 0 && ask >= bid ? { bid, ask, mid: (bid + ask) / 2 } : null
  }

  /** What a contract is priced by where nobody quotes it; vol is NaN where nothing is known. */
  stateOf(symbol: number, day: number, strike: number, expiry: number): PricingState {
    const spot = this.spotOf(symbol, day)
    const years = Math.max(0, (expiry - this.panel.dates[day]) / 365)
    const { rate } = this.model
    const chain = this.chainOf(symbol, day)
    if (chain !== null) {
      const carry = yieldAt(chain.expiries, years)
      const x = log(strike / spot) - (rate - carry) * years
      const vol = surfaceVol(chain.expiries, years, x)
      if (vol > 0) return { spot, years, dividendYield: carry, vol, fromChain: true }
    }
    const dividendYield = this.actions.dividendYield(symbol, day)
    const y = (log(strike / spot) - (rate - dividendYield) * years) / Math.sqrt(Math.max(leastYears, years))
    const { premium, skew, curvature } = this.model
    const base = premium * this.volatility[symbol * this.panel.dates.length + day]
    // Far out the parabola is a guess; it stays within half and twice the volatility at the money.
    const vol = Math.min(2 * base, Math.max(0.5 * base, base + skew * y + curvature * y * y))
    return { spot, years, dividendYield, vol, fromChain: false }
  }

  /**
   * Value of an American option: European, plus what early exercise adds (Ju and Zhong 1999; some thousandths of that
   * premium are missed, far less than any spread), which lets a run price a hundred thousand marks.
   */
  valueOf(right: Sign, strike: number, { spot, years, dividendYield, vol }: PricingState): number {
    const { rate } = this.model
    if (!(years > 0)) return Math.max(0, right * (spot - strike))
    const european = europeanPrice(right, spot, strike, years, rate, dividendYield, vol)
    return european + exercisePremium(right, spot, strike, years, rate, dividendYield, vol, european)
  }

  /** Greeks of the European option at the same volatility. */
  greeksOf(right: Sign, strike: number, { spot, years, dividendYield, vol }: PricingState): Greeks {
    return europeanGreeks(right, spot, strike, years, this.model.rate, dividendYield, vol)
  }

  /** Volatility at which the option is worth a price; NaN where none is. */
  volOf(right: Sign, strike: number, price: number, { spot, years, dividendYield }: PricingState): number {
    return americanVol(right, price, spot, strike, years, this.model.rate, dividendYield)
  }

  /** Half of the spread that is assumed where nobody quotes: least at a delta of a half, four times as much far from it. */
  halfSpreadOf(price: number, delta: number): number {
    const away = 2 * Math.abs(delta) - 1
    return Math.max(0.005, this.model.halfSpread * (1 + 3 * away * away) * price)
  }
}

type ReadChains = (slice: number) => { slice: ChainSlice; expiries: ExpiryAnalysis[] } | null

const readings = new WeakMap<Panel, Map<number, ReadChains>>()

/** The chains of a panel, each read once at a rate; null where the price of the share is not known. */
function chainsReadOf(panel: Panel, rate: number): ReadChains {
  let rates = readings.get(panel)
  if (rates === undefined) readings.set(panel, (rates = new Map<number, ReadChains>()))
  let read = rates.get(rate)
  if (read === undefined) {
    const chains = new Map<number, { slice: ChainSlice; expiries: ExpiryAnalysis[] } | null>()
    read = (slice) => {
      let chain = chains.get(slice)
      if (chain === undefined) {
        const one = sliceOf(panel.chains!, slice)
        chain = one.spot > 0 ? { slice: one, expiries: analyseExpiries(one, rate).expiries } : null
        chains.set(slice, chain)
      }
      return chain
    }
    rates.set(rate, read)
  }
  return read
}

/** Row of a contract in a chain; −1 where it is not listed. */
export function rowOf({ rows }: ChainSlice, right: Sign, strike: number, expiry: number): number {
  let low = 0
  let high = rows.strike.length
  const near = 1e-6 * strike
  while (low < high) {
    const middle = (low + high) >> 1
    const before =
      rows.expiry[middle] < expiry || (rows.expiry[middle] === expiry && rows.strike[middle] < strike - near)
    if (before) low = middle + 1
    else high = middle
  }
  for (let row = low; row < rows.strike.length && rows.expiry[row] === expiry; row++) {
    if (rows.strike[row] > strike + near) break
    if (rows.right[row] === right) return row
  }
  return -1
}

/** [symbols × days] sample deviation of the last log returns, a year; NaN before there are enough. */
function realisedVolatilities({ dates, symbols, close }: Panel, count: number): Float64Array {
  const days = dates.length
  const out = new Float64Array(symbols.length * days).fill(NaN)
  const window = new Float64Array(count)
  for (let s = 0; s < symbols.length; s++) {
    let before = NaN
    let seen = 0
    for (let day = 0; day < days; day++) {
      const at = s * days + day
      const price = close[at]
      if (price > 0) {
        if (before > 0) window[seen++ % count] = log(price / before)
        before = price
      }
      const n = Math.min(seen, count)
      if (n < leastReturns) continue
      let sum = 0
      let squares = 0
      for (let i = 0; i < n; i++) {
        sum += window[i]
        squares += window[i] * window[i]
      }
      out[at] = Math.sqrt((Math.max(0, squares - (sum * sum) / n) / (n - 1)) * daysPerYear)
    }
  }
  return out
}

const kept = new WeakMap<Panel, Map<string, OptionMarket>>()
const mostKept = 8

/** The same, made once for a panel and a model; the panel must not change afterwards. */
export function optionMarketOf(panel: Panel, model: SurfaceModel): OptionMarket {
  let markets = kept.get(panel)
  if (markets === undefined) kept.set(panel, (markets = new Map<string, OptionMarket>()))
  const key = JSON.stringify(model)
  let market = markets.get(key)
  if (market === undefined) {
    if (markets.size >= mostKept) markets.clear()
    markets.set(key, (market = new OptionMarket(panel, model)))
  }
  return market
}
