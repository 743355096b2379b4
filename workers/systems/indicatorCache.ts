import { bandDistance, macd, macdRoom, rsi, sma } from '../quant/indicators.ts'
import type { Panel } from '../quant/panel.ts'
import { Calls } from './calls.ts'
import type { CallList } from './calls.ts'
import { RecentlyUsed } from './recentlyUsed.ts'
import type { Sized } from './recentlyUsed.ts'

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

/**
 * [symbols][bars] an indicator of every symbol. To be read before more indicators are asked for than one system
 * has: what was used least recently is written over.
 */
export type Indicator = readonly Float64Array[]

interface Column extends Sized {
  bySymbol: Float64Array[]
}

/** Some 130 indicators of 36 symbols × 5 years. */
const indicatorBytes = 48 * 1024 * 1024
const callBytes = 16 * 1024 * 1024
/** Where columns are so large that few fit, one run’s own still do. */
const fewestIndicators = 8
/** Of an entry and its key, and of one view of its memory; measured in V8. */
const entryBytes = 600
const viewBytes = 120

/**
 * What was computed from one panel, once per distinct parameters, and shared by every run on it: a slider then
 * recomputes only what it moves. The panel must not change while it is in use.
 */
export class IndicatorCache {
  /** [symbols] */
  readonly bars: readonly TradedBars[]
  private readonly panel: Panel
  private readonly columnBytes: number
  private readonly columns: RecentlyUsed<Column>
  private readonly lists = new RecentlyUsed<CallList>(callBytes)
  private readonly calls = new Calls()

  constructor(panel: Panel) {
    this.panel = panel
    this.bars = panel.symbols.map((_, symbol) => withoutGaps(panel, symbol))
    const bars = this.bars.reduce((sum, { day }) => sum + day.length, 0)
    this.columnBytes = entryBytes + viewBytes * panel.symbols.length + bars * Float64Array.BYTES_PER_ELEMENT
    this.columns = new RecentlyUsed(Math.max(indicatorBytes, fewestIndicators * this.columnBytes))
  }

  /** Memory taken by what can be dropped. */
  get bytes(): number {
    return this.columns.bytes + this.lists.bytes
  }

  closeAverage(n: number): Indicator {
    return this.indicator(`average ${n}`, (bars, out) => sma(bars.close, n, out))
  }

  /** Volume ÷ its mean over n bars, the bar itself included. */
  volumeRatio(n: number): Indicator {
    return this.indicator(`volume ${n}`, ({ volume }, out) => {
      sma(volume, n, out)
      for (let i = 0; i < out.length; i++) out[i] = volume[i] / out[i]
    })
  }

  rsi(n: number): Indicator {
    return this.indicator(`rsi ${n}`, (bars, out) => rsi(bars.close, n, out))
  }

  /** MACD minus its signal. */
  macdHistogram(fast: number, slow: number, signal: number): Indicator {
    const room = macdRoom(this.panel.dates.length)
    return this.indicator(`macd ${fast} ${slow} ${signal}`, (bars, out) => {
      room.histogram = out
      macd(bars.close, fast, slow, signal, room)
    })
  }

  /** Distance of the close from its mean over n bars, in their population deviations. */
  bandDistance(n: number): Indicator {
    return this.indicator(`bands ${n}`, (bars, out) => bandDistance(bars.close, n, out))
  }

  /** The calls that `find` finds, found the first time only. The key must name every parameter they depend on. */
  callsOf(key: string, find: (calls: Calls) => void): CallList {
    const known = this.lists.get(key)
    if (known !== undefined) return known
    this.calls.clear()
    find(this.calls)
    const list = this.calls.inOrder(this.panel.dates.length, entryBytes)
    this.lists.add(key, list)
    return list
  }

  private indicator(key: string, compute: (bars: TradedBars, out: Float64Array) => void): Indicator {
    const known = this.columns.get(key)
    if (known !== undefined) return known.bySymbol
    const column = this.columns.dropFor(this.columnBytes) ?? this.newColumn()
    for (let symbol = 0; symbol < this.bars.length; symbol++) {
      compute(this.bars[symbol], column.bySymbol[symbol])
    }
    this.columns.add(key, column)
    return column.bySymbol
  }

  /** One piece of memory, used again when it is dropped: fresh memory takes longer than an indicator. */
  private newColumn(): Column {
    let bars = 0
    for (const { day } of this.bars) bars += day.length
    const values = new Float64Array(bars)
    let from = 0
    const bySymbol = this.bars.map(({ day }) => values.subarray(from, (from += day.length)))
    return { bySymbol, bytes: this.columnBytes }
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
