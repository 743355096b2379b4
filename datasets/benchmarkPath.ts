import type { SymbolPath } from './bars.ts'
import type { Factors } from './factors.ts'
import {
  BENCHMARK_BETA,
  BENCHMARK_VOLATILITY,
  daily,
  MOST_SURPRISE,
  OVERNIGHT,
  PREMIUM,
  VOLUME_PER_SURPRISE,
} from './parameters.ts'
import { createRandom } from './random.ts'
import { YEAR } from './returns.ts'

/** The benchmark holds the market with a heavy hand in its first sector. */
export function drawBenchmark(days: number, seed: number, { market, sectors }: Factors): SymbolPath {
  const random = createRandom(seed, 'benchmark')
  const weights = sectors.map((_, i) => (i === 0 ? 0.44 : 0.08))
  const usual = daily(BENCHMARK_VOLATILITY)
  const path = {
    startPrice: random.between(190, 230),
    total: new Float64Array(days),
    overnight: new Float64Array(days),
    intraday: new Float64Array(days),
    volume: new Float64Array(days),
  }
  let mood = 0
  for (let day = 0; day < days; day++) {
    const own = daily(0.02) * random.normal()
    const drift = (BENCHMARK_BETA * PREMIUM) / YEAR - (usual * usual) / 2
    let total = drift + BENCHMARK_BETA * market.value[day] + own
    let overnight = OVERNIGHT * (drift + own) + BENCHMARK_BETA * market.overnight[day]
    let variance = BENCHMARK_BETA * BENCHMARK_BETA * market.deviation[day] * market.deviation[day]
    sectors.forEach((sector, i) => {
      total += weights[i] * sector.value[day]
      overnight += weights[i] * sector.overnight[day]
      variance += weights[i] * weights[i] * sector.deviation[day] * sector.deviation[day]
    })
    path.total[day] = total
    path.overnight[day] = overnight
    path.intraday[day] = Math.sqrt((1 - OVERNIGHT) * variance)
    mood = 0.85 * mood + 0.12 * random.normal()
    path.volume[day] =
      mood + 0.18 * random.normal() + VOLUME_PER_SURPRISE * Math.min(MOST_SURPRISE, Math.abs(total) / usual)
  }
  return {
    ...path,
    dollarVolume: 9e9,
    endDay: days,
    lastPayoutDay: days,
    payout: { yield: 0.006, firstDay: 52, splitAbove: Infinity },
  }
}
