import {
  daily,
  MARKET_GARCH,
  MARKET_VOLATILITY,
  OVERNIGHT,
  OWN_GARCH,
  OWN_VOLATILITY,
} from '../../../datasets/parameters.ts'
import { createRandom } from '../../../datasets/random.ts'
import type { Random } from '../../../datasets/random.ts'
import { garch } from '../../../datasets/returns.ts'
import type { Panel } from '../../../workers/quant/panel.ts'

/** Five years. */
export const marketDays = 1260
/** Beside the benchmark, which comes first. */
export const tradedSymbols = 12

/** Simple returns of a market, [1 + tradedSymbols][days]: from the last close to the open, and from there to the close. */
export interface MarketReturns {
  night: Float64Array[]
  day: Float64Array[]
  volume: Float64Array[]
}

/**
 * A market in which nobody can expect to earn anything: every price is a martingale. Volatility clusters and tails
 * are fat as in the simulated market (GJR-GARCH with Student’s t shocks, datasets/returns.ts); every symbol follows
 * the first one, the benchmark, with a beta of its own.
 */
export function martingaleReturns(seed: number): MarketReturns {
  const stream = (label: string) => createRandom(seed, `martingale ${label}`)
  const market = moves({ deviation: daily(MARKET_VOLATILITY), ...MARKET_GARCH }, stream('market'))
  const returns: MarketReturns = { night: [market.night], day: [market.day], volume: [volumes(market.day, stream('volume 0'))] } // prettier-ignore
  for (let symbol = 1; symbol <= tradedSymbols; symbol++) {
    const random = stream(`symbol ${symbol}`)
    const beta = random.between(0.7, 1.5)
    const own = moves({ deviation: daily(OWN_VOLATILITY * random.between(0.75, 1.25)), ...OWN_GARCH }, random)
    const day = own.day.map((value, t) => value + beta * market.day[t])
    returns.night.push(own.night.map((value, t) => value + beta * market.night[t]))
    returns.day.push(day)
    returns.volume.push(volumes(day, stream(`volume ${symbol}`)))
  }
  return returns
}

function moves(
  spec: Parameters<typeof garch>[1],
  random: Random,
): { night: Float64Array; day: Float64Array } {
  const deviation = spec.deviation * Math.sqrt(1 - OVERNIGHT)
  const shocks = garch(marketDays, { ...spec, deviation }, random)
  const atNight = Math.sqrt(OVERNIGHT / (1 - OVERNIGHT))
  return {
    night: shocks.deviation.map((sd) => atNight * sd * random.normal()),
    day: shocks.value,
  }
}

function volumes(day: Float64Array, random: Random): Float64Array {
  return day.map((value) => 1e6 * (0.5 + random.uniform() + 40 * Math.abs(value)))
}

/**
 * The prices that come of the returns. The last symbol is delisted after four fifths of the days: data without a
 * delisted symbol are never given the best verdict.
 *
 * @param push [symbols × days] symbol-major, added to the return from open to close; null = nothing
 */
export function panelOf(
  { night, day: daytime, volume }: MarketReturns,
  push: Float64Array | null = null,
): Panel {
  const symbols = night.length
  const size = symbols * marketDays
  const panel: Panel = {
    dates: Int32Array.from({ length: marketDays }, (_, day) => 18_262 + Math.floor(day / 5) * 7 + (day % 5)),
    symbols: Array.from({ length: symbols }, (_, i) => (i === 0 ? 'QQQ' : `S${i}`)),
    open: new Float64Array(size).fill(NaN),
    high: new Float64Array(size).fill(NaN),
    low: new Float64Array(size).fill(NaN),
    close: new Float64Array(size).fill(NaN),
    volume: new Float64Array(size).fill(NaN),
  }
  for (let symbol = 0; symbol < symbols; symbol++) {
    let price = 100
    const listed = symbol === symbols - 1 ? Math.floor(0.8 * marketDays) : marketDays
    for (let day = 0; day < listed; day++) {
      const at = symbol * marketDays + day
      const open = price * (1 + night[symbol][day])
      price = open * (1 + daytime[symbol][day] + (push?.[at] ?? 0))
      panel.open[at] = open
      panel.close[at] = price
      panel.high[at] = Math.max(open, price)
      panel.low[at] = Math.min(open, price)
      panel.volume[at] = volume[symbol][day]
    }
  }
  return panel
}
