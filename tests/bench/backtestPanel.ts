import { Random } from '../../workers/quant/random.ts'
import type { Panel } from '../../workers/quant/panel.ts'

/** A seeded random market: the first symbol is QQQ. Shapes and sizes of real daily bars, no more. */
export function benchPanel(symbols: number, days: number, seed: number): Panel {
  const random = new Random(seed)
  // Twelve uniforms less six: near enough to a normal, and the same on every machine.
  const normal = () => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += random.uniform()
    return sum
  }
  const size = symbols * days
  const panel: Panel = {
    dates: new Int32Array(days),
    symbols: Array.from({ length: symbols }, (_, i) => (i === 0 ? 'QQQ' : `S${i}`)),
    open: new Float64Array(size),
    high: new Float64Array(size),
    low: new Float64Array(size),
    close: new Float64Array(size),
    volume: new Float64Array(size),
  }
  for (let day = 0; day < days; day++) panel.dates[day] = 18_262 + Math.floor(day / 5) * 7 + (day % 5)
  const market = Float64Array.from({ length: days }, () => 0.0003 + 0.009 * normal())
  for (let symbol = 0; symbol < symbols; symbol++) {
    let price = 20 + 180 * random.uniform()
    for (let day = 0; day < days; day++) {
      const at = symbol * days + day
      const open = price * (1 + 0.3 * market[day] + 0.006 * normal())
      const shock = 0.013 * normal()
      const close = open * (1 + 0.7 * market[day] + shock)
      panel.open[at] = open
      panel.close[at] = close
      panel.high[at] = Math.max(open, close) * (1 + 0.006 * random.uniform())
      panel.low[at] = Math.min(open, close) * (1 - 0.006 * random.uniform())
      panel.volume[at] = 1e6 * (0.5 + random.uniform() + 40 * Math.abs(shock))
      price = close
    }
  }
  return panel
}
