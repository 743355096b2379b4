import type { Panel } from '../../../workers/quant/panel.ts'

/**
 * A market known by its closes, one array per symbol, on consecutive days from epoch day 1000; NaN = no trade.
 * Bars open and end at the close; volumes are 1,000 unless given.
 */
export function closesMarket(closes: number[][], volumes: number[][] = []): Panel {
  const days = closes[0].length
  const close = Float64Array.from(closes.flat())
  const volume = Float64Array.from(
    closes.flatMap((series, s) => series.map((price, d) => (price > 0 ? (volumes[s]?.[d] ?? 1000) : NaN))),
  )
  return {
    dates: Int32Array.from({ length: days }, (_, d) => 1000 + d),
    symbols: closes.map((_, s) => `S${s}`),
    open: close.slice(),
    high: close.slice(),
    low: close.slice(),
    close,
    volume,
  }
}
