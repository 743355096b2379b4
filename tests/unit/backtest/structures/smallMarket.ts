import type { ChainTables } from '../../../../workers/quant/chainTables.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { options } from '../../../../workers/systems/options.ts'
import type { Params, RiskRules, Signals } from '../../../../workers/systems/system.ts'

/** 1 January 2024, a Monday. */
const monday = 19_723

/** Weekdays from 1 January 2024; closes of one share, opens a little below, no dividends. */
export function panelOf(
  closes: readonly (readonly number[])[],
  factors?: readonly (readonly number[])[],
): Panel {
  const days = closes[0].length
  const dates = Int32Array.from({ length: days }, (_, i) => monday + 7 * Math.floor(i / 5) + (i % 5))
  const flat = (of: (close: number) => number) => Float64Array.from(closes.flat(), of)
  return {
    dates,
    symbols: closes.map((_, i) => `S${i}`),
    open: flat((close) => 0.999 * close),
    high: flat((close) => 1.002 * close),
    low: flat((close) => 0.997 * close),
    close: flat((close) => close),
    volume: flat(() => 1e6),
    ...(factors && { rawFactor: Float64Array.from(factors.flat()) }),
  }
}

/** A share that moves by about 1.5 % a day. */
export function walk(seed: number, days: number, start = 100): number[] {
  const random = new Random(seed)
  const closes = [start]
  for (let i = 1; i < days; i++) {
    const noise = random.uniform() + random.uniform() + random.uniform() - 1.5
    closes.push(closes[i - 1] * Math.exp(0.03 * noise))
  }
  return closes
}

export interface Order {
  day: number
  symbol?: number
  direction?: number
  conviction?: number
}

export function signalsOf(orders: readonly Order[]): Signals {
  return {
    day: Int32Array.from(orders, ({ day }) => day),
    symbol: Int32Array.from(orders, ({ symbol = 0 }) => symbol),
    direction: Int8Array.from(orders, ({ direction = 1 }) => direction),
    conviction: Float64Array.from(orders, ({ conviction = 1 }) => conviction),
    horizon: new Int32Array(orders.length),
  }
}

const info = systemInfos.find(({ id }) => id === 'options')!

/** The recommended rules of the options system with some parameters changed, nothing charged unless said. */
export function rulesOf(changed: Params): RiskRules {
  const free = { commissionBps: 0, slippageBps: 0, contractFee: 0, minimumTrade: 0 }
  const params = { ...defaultParams(info, 'recommended'), ...free, ...changed }
  return options.rules(params as unknown as Parameters<typeof options.rules>[0])
}

/** Quotes of one contract of S0 on some days, a spread of 4 % around a price. */
export function chainOf(
  quotes: readonly {
    day: number
    spot: number
    expiry: number
    strike: number
    right: 1 | -1
    mid: number
  }[],
): ChainTables {
  const days = [...new Set(quotes.map(({ day }) => day))].sort((a, b) => a - b)
  const rows = days.flatMap((day) =>
    quotes
      .filter((quote) => quote.day === day)
      .sort((a, b) => a.expiry - b.expiry || a.strike - b.strike || b.right - a.right),
  )
  const column = (of: (quote: (typeof rows)[number]) => number) => Float64Array.from(rows, of)
  const first = Int32Array.from([0, ...days.map((day) => rows.filter((row) => row.day <= day).length)])
  return {
    underlyings: { symbol: ['S0'], quoted: [true] },
    slices: {
      underlying: new Int32Array(days.length),
      day: Int32Array.from(days),
      spot: Float64Array.from(days, (day) => rows.find((row) => row.day === day)!.spot),
      first,
    },
    rows: {
      expiry: Int32Array.from(rows, ({ expiry }) => expiry),
      strike: column(({ strike }) => strike),
      right: Int8Array.from(rows, ({ right }) => right),
      bid: column(({ mid }) => 0.98 * mid),
      ask: column(({ mid }) => 1.02 * mid),
      last: column(({ mid }) => mid),
      volume: column(() => 500),
      openInterest: column(() => 500),
      vendorVol: column(() => NaN),
    },
    problems: [],
  }
}
