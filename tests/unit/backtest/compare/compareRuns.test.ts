import { describe, expect, it } from 'vitest'
import type { ComparedRun, Comparison } from '../../../../workers/backtest/api.ts'
import { compareRuns } from '../../../../workers/backtest/compare/compareRuns.ts'
import { figuresOf } from '../../../../workers/backtest/compare/figures.ts'
import {
  optimalBlockLength,
  percentileInterval,
  stationaryIndices,
} from '../../../../workers/quant/bootstrap.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { performance } from '../../../../workers/quant/statistics.ts'

const goOn = () => Promise.resolve(true)

/** A run of so many days from day `first`, with these daily returns. */
function run(
  returns: ArrayLike<number>,
  { first = 18_000, splitFrom = null as number | null } = {},
): ComparedRun {
  const equity = Float64Array.from({ length: returns.length + 1 }, () => 100)
  for (let i = 0; i < returns.length; i++) equity[i + 1] = equity[i] * (1 + returns[i])
  return { dates: Int32Array.from(equity, (_, i) => first + i), equity, splitFrom, cashRate: 0.02 }
}

/** Box & Muller. */
const normalFrom = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())

function noise(seed: number, days: number, mean = 0.0003): Float64Array {
  const random = new Random(seed, 0)
  return Float64Array.from({ length: days }, () => mean + 0.01 * normalFrom(random))
}

async function compared(runs: ComparedRun[], base = 0): Promise<Comparison> {
  const comparison = await compareRuns(runs, base, goOn)
  if (comparison === null || typeof comparison === 'string') throw new Error(String(comparison))
  return comparison
}

describe('two runs held against each other', () => {
  it('have figures as the report has them', async () => {
    const returns = noise(1, 300)
    const { parts } = await compared([run(returns), run(noise(2, 300))])
    const expected = performance(returns, { periodsPerYear: 252, riskFree: 0.02 })
    for (const figure of ['sharpe', 'cagr', 'maxDrawdown'] as const)
      expect(parts[0].values[0][figure].value).toBeCloseTo(expected[figure], 9)
  })

  it('differ by the same with the other sign when they change places', async () => {
    const a = run(noise(1, 300))
    const b = run(noise(2, 300))
    const { parts: one } = await compared([a, b])
    const { parts: other } = await compared([b, a])
    for (const figure of ['meanReturn', 'sharpe', 'cagr', 'maxDrawdown'] as const) {
      const there = one[0].differences[1][figure]
      const back = other[0].differences[1][figure]
      expect(back.value).toBeCloseTo(-there.value, 12)
      expect(back.low).toBeCloseTo(-there.high, 12)
      expect(back.high).toBeCloseTo(-there.low, 12)
    }
  })

  it('that are the same differ by nothing, without any doubt', async () => {
    const { parts } = await compared([run(noise(1, 200)), run(noise(1, 200))])
    for (const difference of Object.values(parts[0].differences[1]))
      expect(difference).toEqual({ value: 0, low: 0, high: 0 })
  })

  it('agree with a direct computation of the paired bootstrap', async () => {
    const a = noise(3, 120)
    const b = noise(4, 120)
    const { parts } = await compared([run(a), run(b)])
    const difference = b.map((value, i) => value - a[i])
    const meanBlock = Math.max(...[a, b, difference].map(optimalBlockLength))
    expect(parts[0].meanBlock).toBeCloseTo(meanBlock, 6)
    const drawn = Array.from({ length: 1000 }, (_, resample) => {
      const days = new Int32Array(120)
      stationaryIndices(days, parts[0].meanBlock, 19_940_101, resample)
      return days.reduce((sum, day) => sum + difference[day], 0) / 120
    })
    const { low, high } = percentileInterval(drawn)
    expect(parts[0].differences[1].meanReturn.low).toBeCloseTo(low, 10)
    expect(parts[0].differences[1].meanReturn.high).toBeCloseTo(high, 10)
  })

  it('that move alike are told apart by less than their own intervals suggest', async () => {
    const market = noise(5, 500)
    const better = market.map((value, i) => value + 0.0004 + (i % 2 ? 1e-4 : -1e-4))
    const { parts } = await compared([run(market), run(better)])
    const [own, difference] = [parts[0].values[1].meanReturn, parts[0].differences[1].meanReturn]
    expect(own.low).toBeLessThan(0)
    expect(difference.low).toBeGreaterThan(0)
    expect(difference.high - difference.low).toBeLessThan((own.high - own.low) / 20)
  })

  it('without a true difference are said to differ about as seldom as promised', async () => {
    let missed = 0
    const samples = 80
    for (let seed = 0; seed < samples; seed++) {
      const { parts } = await compared([run(noise(1000 + seed, 80)), run(noise(5000 + seed, 80))])
      const { low, high } = parts[0].differences[1].meanReturn
      if (low > 0 || high < 0) missed++
    }
    // Binomial at 5 % with the percentile interval's known liberality in 80 days: 1–12 of 80.
    expect(missed).toBeGreaterThanOrEqual(1)
    expect(missed).toBeLessThanOrEqual(12)
  })
})

describe('days', () => {
  it('that one run lacks are left out for all, and the curves start together at 1', async () => {
    const long = run(noise(6, 100))
    const late = run(noise(7, 60), { first: 18_020 })
    const { dates, equity } = await compared([long, late])
    expect([dates[0], dates.at(-1)]).toEqual([18_020, 18_080])
    expect(equity.map((values) => values[0])).toEqual([1, 1])
    expect(equity[0].at(-1)).toBeCloseTo(long.equity[80] / long.equity[20], 12)
  })

  it('are out of sample from the latest split and in sample up to the earliest, and those between are neither', async () => {
    const a = run(noise(8, 200), { splitFrom: 18_100 })
    const b = run(noise(9, 200), { splitFrom: 18_140 })
    const whole = run(noise(10, 200))
    const { parts, split, dates, splitsDiffer, withoutSplit } = await compared([a, b, whole])
    expect(splitsDiffer).toBe(true)
    expect(withoutSplit).toEqual([2])
    expect(dates[split]).toBe(18_140)
    expect(parts.map(({ part, from, to, days }) => [part, from, to, days])).toEqual([
      ['outOfSample', 18_140, 18_200, 61],
      ['inSample', 18_001, 18_099, 99],
    ])
  })

  it('that are too few for an interval give the values alone', async () => {
    const { parts } = await compared([run(noise(11, 20)), run(noise(12, 20))])
    expect(parts[0].values[0].cagr.value).not.toBeNaN()
    expect(parts[0].differences[1].cagr).toMatchObject({ low: NaN, high: NaN })
  })

  it('in common are needed, and a sentence says so', async () => {
    const answer = await compareRuns([run(noise(1, 10)), run(noise(2, 10), { first: 19_000 })], 0, goOn)
    expect(answer).toMatch(/no two days in common/)
  })
})

it('a run that never moved has no Sharpe ratio', () => {
  expect(
    figuresOf(
      new Float64Array(40),
      Int32Array.from({ length: 40 }, (_, i) => i),
      0,
    ).sharpe,
  ).toBeNaN()
})

it('more runs widen the intervals of the differences, so that they hold together', async () => {
  const runs = [1, 2, 3, 4, 5, 6].map((seed) => run(noise(seed, 200)))
  const two = (await compared(runs.slice(0, 2))).parts[0].differences[1].meanReturn
  const six = (await compared(runs)).parts[0].differences[1].meanReturn
  expect(six.high - six.low).toBeGreaterThan(two.high - two.low)
})
