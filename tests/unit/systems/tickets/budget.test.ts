import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulate } from '../../../../workers/backtest/simulate.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import type { Signals } from '../../../../workers/systems/system.ts'
import { tickets } from '../../../../workers/systems/tickets.ts'
import type { TicketsParams } from '../../../../workers/systems/ticketsParams.ts'

const info = systemInfos.find(({ id }) => id === 'tickets')!
const days = 12

describe('The risk budget over 10,000 random markets', () => {
  test('is kept by every trade without a gap, in whole shares, by at most 30 lots', () => {
    const seen = { trades: 0, gaps: 0, full: 0 }
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, original) => {
        const random = new Random(seed)
        // Now and then a market with more symbols than there may be lots, and stops so wide that all find room.
        const wide = random.below(50) === 0
        const panel = randomPanel(random, wide ? 36 : 3)
        const fraction = () => (wide ? 0.15 + 0.1 * random.uniform() : 0.02 + 0.3 * random.uniform())
        const params = {
          ...(defaultParams(info, original ? 'original' : 'recommended') as unknown as TicketsParams),
          overlap: random.below(2) === 0,
          stopLong: fraction(),
          stopShort: fraction(),
          slippageBps: random.below(20),
          commissionBps: random.below(20),
        }
        const signals = randomSignals(random, panel, params.stopLong, params.stopShort)
        const run = simulate(panel, signals, tickets.rules(params))
        return keepsBudget(panel, params, run, seen)
      }),
      { numRuns: 10_000 },
    )
    // Otherwise nothing was tested.
    expect(seen.trades).toBeGreaterThan(10_000)
    expect(seen.gaps).toBeGreaterThan(100)
    expect(seen.full).toBeGreaterThan(50)
  })
})

function keepsBudget(
  panel: Panel,
  { stopLong, stopShort, slippageBps, capital, budget }: TicketsParams,
  { trades, equity }: ReturnType<typeof simulate>,
  seen: { trades: number; gaps: number; full: number },
): boolean {
  const held = new Int32Array(days)
  for (const trade of trades) {
    const { symbol, shares, entryDay, exitDay, entryPrice, exitPrice, direction, profit, fees } = trade
    seen.trades++
    // A lot that leaves during a bar still took its place among the lots of that morning.
    const until = trade.exitReason === 'signal' ? exitDay - 1 : exitDay
    for (let day = entryDay; day <= until; day++) held[day]++
    const raw = shares / panel.rawFactor![symbol * days + entryDay]
    if (Math.abs(raw - Math.round(raw)) > 1e-6) return false

    const stop = entryPrice * (1 - direction * (direction > 0 ? stopLong : stopShort))
    const gapped = exitDay > entryDay && direction * (panel.open[symbol * days + exitDay] - stop) < 0
    if (gapped) {
      seen.gaps++
      continue
    }
    const sizedOn = entryDay > 0 ? equity[entryDay - 1] : capital
    const slippage = (shares * exitPrice * slippageBps) / 10_000 / (1 - slippageBps / 10_000)
    if (-profit > budget * sizedOn + fees + slippage + 1e-6) return false
  }
  const most = Math.max(...held)
  if (most === 30) seen.full++
  return most <= 30
}

/** Prices that jump overnight now and then. Adjusted prices are the raw ones × 0.5 in the first half. */
function randomPanel(random: Random, symbols: number): Panel {
  const column = () => new Float64Array(symbols * days)
  const panel = {
    dates: Int32Array.from({ length: days }, (_, day) => 20_000 + day),
    symbols: Array.from({ length: symbols }, (_, i) => `S${i}`),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column().fill(1e6),
    rawFactor: column(),
  }
  for (let symbol = 0; symbol < symbols; symbol++) {
    let price = 1 + 60 * random.uniform()
    for (let day = 0; day < days; day++) {
      const at = symbol * days + day
      const jump = random.below(12) === 0 ? 0.3 : 0.02
      const open = price * (1 + jump * (random.uniform() - 0.5))
      const close = open * (1 + 0.12 * (random.uniform() - 0.5))
      panel.open[at] = open
      panel.close[at] = close
      panel.high[at] = Math.max(open, close) * (1 + 0.04 * random.uniform())
      panel.low[at] = Math.min(open, close) * (1 - 0.04 * random.uniform())
      panel.rawFactor[at] = day < days / 2 ? 2 : 1
      price = close
    }
  }
  return panel
}

function randomSignals(random: Random, { symbols }: Panel, stopLong: number, stopShort: number): Signals {
  const rows: { day: number; symbol: number; direction: 1 | -1 }[] = []
  const often = symbols.length > 10 ? 1 : 3
  for (let day = 0; day < days - 1; day++)
    for (let symbol = 0; symbol < symbols.length; symbol++)
      if (random.below(often) === 0) rows.push({ day, symbol, direction: random.below(2) === 0 ? 1 : -1 })
  return {
    day: Int32Array.from(rows, ({ day }) => day),
    symbol: Int32Array.from(rows, ({ symbol }) => symbol),
    direction: Int8Array.from(rows, ({ direction }) => direction),
    conviction: new Float64Array(rows.length).fill(0.8),
    horizon: Int32Array.from(rows, () => random.below(10)),
    stopFraction: Float64Array.from(rows, ({ direction }) => (direction > 0 ? stopLong : stopShort)),
    targetFraction: Float64Array.from(rows, () => 0.01 + 0.2 * random.uniform()),
  }
}
