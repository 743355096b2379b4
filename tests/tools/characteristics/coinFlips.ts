import { createRandom } from '../../../datasets/random.ts'
import type { RunRequest } from '../../../workers/backtest/api.ts'
import type { LoadedPanel } from '../../../workers/backtest/engine.ts'
import type { Panel } from '../../../workers/quant/panel.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import type { Params, SignalRows } from '../../../workers/systems/system.ts'
import { marketDays, tradedSymbols } from './randomMarket.ts'

/** Bars that every trade is held, the entry bar included. */
export const held = 10

/** Entries of one strategy by panel day and symbol, in the order of the days. */
export interface Entry {
  /** At whose close it is decided. */
  day: number
  symbol: number
  direction: 1 | -1
}

/**
 * A strategy that tosses a coin: every symbol is bought or sold short for `held` bars, then left alone for a while.
 * It is in each symbol half of the time, and knows nothing.
 */
export function coinFlips(seed: number, strategy: number): Entry[] {
  const random = createRandom(seed, `coin flips ${strategy}`)
  const entries: Entry[] = []
  for (let symbol = 1; symbol <= tradedSymbols; symbol++) {
    for (let day = random.below(2 * held); day < marketDays - 1; day += held + 1 + random.below(2 * held)) {
      entries.push({ day, symbol, direction: random.chance(0.5) ? 1 : -1 })
    }
  }
  return entries.sort((a, b) => a.day - b.day || a.symbol - b.symbol)
}

/** The same strategy with half of its coins tossed again: the daily returns of two such correlate by a quarter. */
export function halfTossedAgain(entries: Entry[], seed: number, label: string): Entry[] {
  const random = createRandom(seed, label)
  return entries.map((entry) =>
    random.chance(0.5) ? { ...entry, direction: random.chance(0.5) ? 1 : -1 } : entry,
  )
}

const custom = systemInfos.find(({ id }) => id === 'custom')!

/** Share of equity in every trade at its entry. */
export const equalFraction = 0.1

/** Nothing is charged and nothing closes a trade but time, so that tossing coins earns exactly nothing on average. */
export const fairParams: Params = {
  ...defaultParams(custom, 'recommended'),
  sizing: 'equal',
  equalFraction,
  wholeShares: false,
  minimumTrade: 0,
  allowShort: true,
  stop: 0,
  target: 0,
  trimAbove: 0,
  trimTo: 0,
  gross: 2,
  commissionBps: 0,
  slippageBps: 0,
  borrowRate: 0,
}

/** A run of a signals file against the benchmark; the last two fifths are kept apart where `split`. */
export function customRequest({ dates }: Panel, split: boolean): RunRequest {
  return {
    system: 'custom',
    params: fairParams,
    from: null,
    to: null,
    outOfSampleFrom: split ? dates[Math.round(0.6 * dates.length)] : null,
    benchmark: 'QQQ',
    seed: 1,
  }
}

/** Prices and entries as if they came from two files. */
export function loadedWith(panel: Panel, entries: Entry[], name: string): LoadedPanel {
  return { panelId: name, contents: name, panel, simulated: true, signals: rowsOf(panel, entries) }
}

function rowsOf({ symbols, dates }: Panel, entries: Entry[]): SignalRows {
  const absent = new Float64Array(entries.length).fill(NaN)
  return {
    symbol: entries.map(({ symbol }) => symbols[symbol]),
    date: Int32Array.from(entries, ({ day }) => dates[day]),
    direction: Int8Array.from(entries, ({ direction }) => direction),
    conviction: new Float64Array(entries.length).fill(1),
    horizon: new Int32Array(entries.length).fill(held),
    size: absent,
    stop: absent,
    target: absent,
  }
}
