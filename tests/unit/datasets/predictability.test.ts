import { describe, expect, it } from 'vitest'
import { generateMarket, type SimulatedMarket } from '../../../datasets/market.ts'
import { scalePredictability } from '../../../datasets/regimes.ts'
import { createRandom } from '../../../datasets/random.ts'

/** Mean return after the moves that start an episode, with the sign that the regime foretells, in deviations. */
function answers(market: SimulatedMarket): number {
  const { truth, prices, adjFactor, dates } = market
  const { regimes, episodes, ownVolatility } = truth
  let sum = 0
  let count = 0
  for (const { symbol, kind, direction, day } of episodes) {
    if (kind === 'innocent' || day + 40 >= Math.min(dates.length, regimes.turningDay)) continue
    const { lag, halfLife } = regimes[kind]
    const from = symbol * dates.length + day + lag - 1
    const to = from + Math.floor(halfLife)
    const move = Math.log((prices.close[to] * adjFactor[to]) / (prices.close[from] * adjFactor[from]))
    if (!Number.isFinite(move)) continue
    sum += ((kind === 'trending' ? direction : -direction) * move) / (ownVolatility[symbol] / Math.sqrt(252))
    count++
  }
  return sum / count
}

const meanAnswer = (strength: number) => {
  let sum = 0
  for (let seed = 1; seed <= 6; seed++) sum += answers(generateMarket({ seed, strength }))
  return sum / 6
}

describe('strength', () => {
  it('scales what a regime foretells, from all of it to nothing', () => {
    const [whole, half, none] = [1, 0.5, 0].map(meanAnswer)
    expect(whole).toBeGreaterThan(1)
    expect(half).toBeGreaterThan(0.3 * whole)
    expect(half).toBeLessThan(0.7 * whole)
    expect(Math.abs(none)).toBeLessThan(0.2 * whole)
  }, 60_000)

  it('leaves deals, episodes, volumes of the benchmark, and the benchmark itself as they are', () => {
    const whole = generateMarket({ seed: 3, strength: 1 })
    const none = generateMarket({ seed: 3, strength: 0 })
    expect(none.truth.deals).toEqual(whole.truth.deals)
    expect(none.truth.episodes).toEqual(whole.truth.episodes)
    expect(none.truth.regimes).toEqual(whole.truth.regimes)
    const benchmark = whole.symbols.indexOf('QQQ') * whole.dates.length
    expect(none.prices.close.slice(benchmark)).toEqual(whole.prices.close.slice(benchmark))
    expect(none.volume.slice(benchmark)).toEqual(whole.volume.slice(benchmark))
    expect(none.prices.close).not.toEqual(whole.prices.close)
  })

  it('keeps at 0 every expected return, on permuted days', () => {
    const expected = Float64Array.from({ length: 100 }, (_, i) => (i % 7 === 0 ? i : 0))
    const null0 = expected.slice()
    scalePredictability(null0, 80, () => 0, createRandom(1, 'test'))
    expect(null0.slice(0, 80).toSorted()).toEqual(expected.slice(0, 80).toSorted())
    expect(null0.slice(80)).toEqual(expected.slice(80))
    expect(null0).not.toEqual(expected)

    const whole = expected.slice()
    scalePredictability(whole, 80, () => 1, createRandom(1, 'test'))
    expect(whole).toEqual(expected)
  })

  it('lets some worlds lose their edge halfway, and some turn it round', () => {
    const fates = Array.from(
      { length: 30 },
      (_, seed) => generateMarket({ seed, years: 1 }).truth.regimes.fate,
    )
    expect(new Set(fates)).toEqual(new Set(['lasting', 'fading', 'reversing']))
    expect(fates.filter((fate) => fate === 'lasting').length).toBeGreaterThan(10)
  }, 60_000)
})
