import { bollinger, macd, roc, rsi, sma } from '../quant/indicators.ts'
import type { Panel } from '../quant/panel.ts'

/**
 * The bars of one symbol without the days it did not trade, so that a holiday of one exchange does not wipe
 * out the averages around it. Every indicator of the symbol is aligned with these bars.
 */
export interface TradedBars {
  /** [bars] index into the dates of the panel, ascending */
  day: Int32Array
  close: Float64Array
  volume: Float64Array
}

type Series = Float64Array<ArrayBuffer>
type Column = Float64Array | Int32Array

/** Enough for some 60 parameter values of 36 symbols × 5 years; beyond it the oldest is dropped. */
const maximumBytes = 64 * 1024 * 1024

/**
 * What was computed from one panel, once per symbol and distinct parameters, and shared by every run on it: a
 * slider then recomputes only what it moves. The panel must not change while it is in use.
 */
export class IndicatorCache {
  private readonly panel: Panel
  private readonly bars: (TradedBars | undefined)[]
  /** Per key one entry for each symbol; insertion order is age. */
  private readonly entries = new Map<string, { bySymbol: (Column[] | undefined)[]; bytes: number }>()
  private bytes = 0

  constructor(panel: Panel) {
    this.panel = panel
    this.bars = new Array<TradedBars | undefined>(panel.symbols.length)
  }

  tradedBars(symbol: number): TradedBars {
    return (this.bars[symbol] ??= withoutGaps(this.panel, symbol))
  }

  closeAverage(symbol: number, n: number): Series {
    return this.cached(`average ${n}`, symbol, () => [sma(this.tradedBars(symbol).close, n)])[0]
  }

  /** Volume ÷ its mean over n bars, the bar itself included. */
  volumeRatio(symbol: number, n: number): Series {
    return this.cached(`volume ${n}`, symbol, () => {
      const { volume } = this.tradedBars(symbol)
      const ratio = sma(volume, n)
      for (let i = 0; i < ratio.length; i++) ratio[i] = volume[i] / ratio[i]
      return [ratio]
    })[0]
  }

  /** Fraction by which the close changed over n bars. */
  change(symbol: number, n: number): Series {
    return this.cached(`change ${n}`, symbol, () => [roc(this.tradedBars(symbol).close, n)])[0]
  }

  rsi(symbol: number, n: number): Series {
    return this.cached(`rsi ${n}`, symbol, () => [rsi(this.tradedBars(symbol).close, n)])[0]
  }

  /** MACD minus its signal. */
  macdHistogram(symbol: number, fast: number, slow: number, signal: number): Series {
    return this.cached(`macd ${fast} ${slow} ${signal}`, symbol, () => [
      macd(this.tradedBars(symbol).close, fast, slow, signal).histogram,
    ])[0]
  }

  /** Mean of n closes and their population deviation. */
  closeSpread(symbol: number, n: number): { middle: Series; deviation: Series } {
    const [middle, deviation] = this.cached(`spread ${n}`, symbol, () => {
      const bands = bollinger(this.tradedBars(symbol).close, n, 1)
      const width = bands.upper
      for (let i = 0; i < width.length; i++) width[i] -= bands.middle[i]
      return [bands.middle, width]
    })
    return { middle, deviation }
  }

  /** What `compute` gave for this key and symbol the first time. The key must name every parameter. */
  cached<T extends Column[]>(key: string, symbol: number, compute: () => T): T {
    let entry = this.entries.get(key)
    const found = entry?.bySymbol[symbol]
    if (found) return found as T
    const computed = compute()
    // Looked up again: computing may have added what it builds on, and dropped the oldest.
    entry = this.entries.get(key)
    if (!entry) {
      entry = { bySymbol: new Array<Column[] | undefined>(this.panel.symbols.length), bytes: 0 }
      this.entries.set(key, entry)
    }
    const bytes = computed.reduce((sum, column) => sum + column.byteLength, 0)
    entry.bySymbol[symbol] = computed
    entry.bytes += bytes
    this.bytes += bytes
    this.dropOldest(key)
    return computed
  }

  private dropOldest(keep: string): void {
    for (const [key, entry] of this.entries) {
      if (this.bytes <= maximumBytes || key === keep) return
      this.entries.delete(key)
      this.bytes -= entry.bytes
    }
  }
}

function withoutGaps(panel: Panel, symbol: number): TradedBars {
  const days = panel.dates.length
  const from = symbol * days
  const day = new Int32Array(days)
  let bars = 0
  for (let d = 0; d < days; d++) if (!Number.isNaN(panel.close[from + d])) day[bars++] = d
  if (bars === days) {
    return {
      day,
      close: panel.close.subarray(from, from + days),
      volume: panel.volume.subarray(from, from + days),
    }
  }
  const traded = day.slice(0, bars)
  return {
    day: traded,
    close: Float64Array.from(traded, (d) => panel.close[from + d]),
    volume: Float64Array.from(traded, (d) => panel.volume[from + d]),
  }
}

const caches = new WeakMap<Panel, IndicatorCache>()

/** The cache that belongs to a panel; it lives as long as the panel does. */
export function indicatorsOf(panel: Panel): IndicatorCache {
  let cache = caches.get(panel)
  if (!cache) {
    cache = new IndicatorCache(panel)
    caches.set(panel, cache)
  }
  return cache
}
