import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backtestOverfitting,
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  performance,
  probabilisticSharpe,
} from '../../../workers/quant/statistics.ts'
import { describeShared, sharedJson, sharedText } from '../shared.ts'

type Cell = number | 'NaN' | 'Infinity'
interface SeriesRef {
  series: string | null
  index: string[] | null
  values: Cell[] | null
}
interface Frame {
  columns: Record<string, Cell[]>
}
type Argument = number | string | Cell[] | SeriesRef | Frame
interface Case {
  test: string
  args: Record<string, Argument> & { expected?: Argument }
}

describeShared('performance, by the literal values of empyrical', () => {
  const { series, cases } = sharedJson<{ series: Record<string, Cell[]>; cases: Case[] }>(
    'oracles',
    'stats-empyrical',
    'cases.json',
  )
  const numbers = (cells: Cell[]) => Float64Array.from(cells, Number)
  const isSeries = (given: Argument): given is SeriesRef => typeof given === 'object' && 'series' in given

  function values(given: Argument): Float64Array {
    if (!isSeries(given)) throw new Error(`not a series: ${JSON.stringify(given)}`)
    return numbers(given.values ?? series[given.series ?? ''])
  }
  /** Both series on the days they share. */
  function aligned(one: Argument, other: Argument): [Float64Array, Float64Array] {
    const [a, b] = [values(one), values(other)]
    if (!isSeries(one) || !isSeries(other) || !one.index || !other.index) return [a, b]
    const at = new Map(other.index.map((day, i) => [day, i]))
    const shared = one.index.flatMap((day, i) => (at.has(day) ? [[i, at.get(day) ?? 0]] : []))
    return [Float64Array.from(shared, ([i]) => a[i]), Float64Array.from(shared, ([, j]) => b[j])]
  }
  /** Two of their measures count a missing return as a period in which nothing happened. */
  const still = (returns: Float64Array) => returns.map((value) => (Number.isNaN(value) ? 0 : value))
  const periods: Record<string, number> = { daily: 252, weekly: 52, monthly: 12 }
  const periodsOf = (args: Case['args']) => periods[typeof args.period === 'string' ? args.period : 'daily']
  const figures = (args: Case['args']) =>
    performance(values(args.returns), { periodsPerYear: periodsOf(args) })
  /** Returns above a required one, which is a number or a series. */
  function above(returns: Float64Array, required: Argument): Float64Array {
    const level = isSeries(required) ? values(required) : null
    return returns.map((value, i) => value - (level ? level[i] : Number(required)))
  }
  function against(args: Case['args'], keep: (benchmark: number) => boolean = () => true) {
    const [returns, benchmark] = aligned(args.returns, args.benchmark ?? args.factor_returns)
    const kept = Array.from(benchmark.keys()).filter((i) => keep(benchmark[i]))
    return performance(
      kept.map((i) => returns[i]),
      { benchmark: kept.map((i) => benchmark[i]) },
    )
  }
  const geometric = (alpha: number) => (1 + alpha / 252) ** 252 - 1
  const alphaBeta = (args: Case['args'], keep?: (benchmark: number) => boolean) => {
    const { alpha, beta } = against(args, keep)
    return [geometric(alpha), beta]
  }
  const columnsOf = (given: Argument) => Object.values((given as Frame).columns).map(numbers)

  /** What each of their tests asks, by our figures; their yearly alpha is compounded, ours is not. */
  const ours: Record<string, (args: Case['args']) => number | number[]> = {
    test_max_drawdown: (args) => figures(args).maxDrawdown,
    test_annual_ret: (args) => figures(args).cagr,
    test_cagr: (args) => figures(args).cagr,
    test_cum_returns_final(args) {
      const start = Number(args.starting_value)
      const { totalReturn } = figures(args)
      // Final values of a starting 100 are given to four decimals.
      return start === 0 ? totalReturn : Number((start * (1 + totalReturn)).toFixed(4))
    },
    test_annual_volatility: (args) => figures(args).annualVolatility,
    test_calmar: (args) => figures(args).calmar,
    test_stability_of_timeseries: (args) => figures(args).stability,
    test_tail_ratio: (args) => performance(still(values(args.returns))).tailRatio,
    test_omega(args) {
      const daily = (1 + Number(args.required_return)) ** (1 / 252) - 1
      return performance(above(above(values(args.returns), args.risk_free), daily)).omega
    },
    test_sharpe_ratio: (args) => performance(above(values(args.returns), args.risk_free)).sharpe,
    test_downside_risk: (args) =>
      isSeries(args.returns)
        ? figures(args).downsideDeviation
        : columnsOf(args.returns).map(
            (column) => performance(column, { periodsPerYear: periodsOf(args) }).downsideDeviation,
          ),
    test_sortino: (args) =>
      isSeries(args.returns)
        ? performance(above(values(args.returns), args.required_return), { periodsPerYear: periodsOf(args) })
            .sortino
        : columnsOf(args.returns).map(
            (column) => performance(column, { periodsPerYear: periodsOf(args) }).sortino,
          ),
    test_excess_sharpe(args) {
      const returns = values(args.returns)
      const benchmark = new Float64Array(returns.length).fill(Number(args.factor_returns))
      return performance(returns, { benchmark }).informationRatio / Math.sqrt(252)
    },
    test_alpha_beta: (args) => alphaBeta(args),
    test_alpha: (args) => geometric(against(args).alpha),
    test_beta: (args) => against(args).beta,
    test_up_alpha_beta: (args) => alphaBeta(args, (benchmark) => benchmark > 0),
    test_down_alpha_beta: (args) => alphaBeta(args, (benchmark) => benchmark < 0),
    test_up_capture: (args) => against(args).upCapture,
    test_down_capture: (args) => against(args).downCapture,
    test_up_down_capture: (args) => against(args).upCapture / against(args).downCapture,
    test_capture_ratio(args) {
      const [returns, benchmark] = aligned(args.returns, args.factor_returns)
      return performance(still(returns)).cagr / performance(still(benchmark)).cagr
    },
    test_roll_sharpe_ratio(args) {
      const returns = values(args.returns)
      const window = Number(args.window)
      const ends = Array.from({ length: Math.max(0, returns.length - window + 1) }, (_, i) => i + window)
      return ends.map((end) => performance(returns.subarray(end - window, end)).sharpe)
    },
    test_roll_max_drawdown: () => [],
  }

  const literal = cases.filter(({ test, args }) => test in ours && args.expected !== undefined)

  it('covers two thirds of them; the others aggregate, resample or fit tails', () => {
    expect(literal.length).toBeGreaterThanOrEqual(60)
  })

  it.each(literal.map((one, i) => [`${one.test} ${i}`, one] as const))('%s', (_, { test, args }) => {
    const raw = args.expected as Argument
    const cells = isSeries(raw) ? (raw.values ?? []) : Array.isArray(raw) ? raw : [raw]
    const expected = cells.map(Number)
    const found = [ours[test](args)].flat()
    expect(found).toHaveLength(expected.length)
    expected.forEach((value, i) => {
      if (Number.isFinite(value)) expect(found[i]).toBeCloseTo(value, 8)
      else expect(found[i]).toBe(value)
    })
  })
})

describeShared('performance, by the rolling values of LEAN', () => {
  const rowsOf = (file: string) =>
    sharedText('oracles', 'indicators-greeks-lean', file)
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',').map((cell) => (cell === '' ? NaN : Number(cell))))

  it('agrees on the Sortino ratio of 15 bars, with and without a risk-free rate', () => {
    const rows = rowsOf('spy_sortino.csv')
    let compared = 0
    rows.forEach((row, i) => {
      const [withoutRate, withRate] = row.slice(14)
      if (Number.isNaN(withRate)) return
      const window = rows.slice(i - 14, i + 1).map((cells) => cells[5])
      expect(performance(window, { periodsPerYear: 1 }).sortino).toBeCloseTo(withoutRate, 8)
      expect(performance(window, { periodsPerYear: 1, riskFree: 0.01 }).sortino).toBeCloseTo(withRate, 8)
      compared++
    })
    expect(compared).toBeGreaterThan(40)
  })

  it('agrees on the Sharpe ratio of 10 bars, which it takes with the population deviation', () => {
    const rows = rowsOf('spy_sr.txt')
    const returns = rows.map((row, i) => (i === 0 ? NaN : row[4] / rows[i - 1][4] - 1))
    for (let i = 10; i < rows.length; i++) {
      const { sharpe } = performance(returns.slice(i - 9, i + 1), { periodsPerYear: 1 })
      // Its closes are rounded to cents.
      expect(Math.abs(sharpe * Math.sqrt(10 / 9) - rows[i][7])).toBeLessThan(1e-4)
    }
  })
})

describe('performance', () => {
  it('is NaN, figure by figure, of no returns, of missing returns and without a benchmark', () => {
    for (const returns of [[], [NaN], [NaN, NaN]]) {
      const { observations, ...figures } = performance(returns)
      expect(observations).toBe(0)
      expect(Object.values(figures).every(Number.isNaN)).toBe(true)
    }
    const one = performance([0.01], { benchmark: [0.01] })
    expect(one.totalReturn).toBeCloseTo(0.01, 15)
    for (const figure of ['sharpe', 'annualVolatility', 'skew', 'kurtosis', 'beta', 'alpha'] as const) {
      expect(one[figure]).toBeNaN()
    }
    expect(performance([0.01, -0.01]).beta).toBeNaN()
  })

  it('has no risk-free part in a Sharpe ratio but the simple share of one period', () => {
    const returns = [0.01, -0.02, 0.03, 0.005]
    const shifted = returns.map((value) => value - 0.03 / 252)
    expect(performance(returns, { riskFree: 0.03 }).sharpe).toBeCloseTo(performance(shifted).sharpe, 12)
    expect(performance(returns, { riskFree: 0.03 }).sortino).toBeCloseTo(performance(shifted).sortino, 12)
  })

  it('interpolates the value at risk and averages what lies at or below it', () => {
    const returns = Array.from({ length: 41 }, (_, i) => (i - 20) / 1000)
    expect(performance(returns).valueAtRisk95).toBeCloseTo(-0.018, 12)
    expect(performance(returns).expectedShortfall95).toBeCloseTo(-0.019, 12)
    expect(performance([-0.1, 0.1]).valueAtRisk95).toBeCloseTo(-0.09, 12)
    expect(performance([-0.1, 0.1]).expectedShortfall95).toBeCloseTo(-0.1, 12)
  })

  it('measures skew and raw kurtosis from central moments', () => {
    const { skew, kurtosis } = performance([0.01, 0.01, 0.01, 0.05])
    // Around the mean 0.02: −0.01 three times and 0.03 once.
    expect(skew).toBeCloseTo(6e-6 / 3e-4 ** 1.5, 10)
    expect(kurtosis).toBeCloseTo(21e-8 / 3e-4 ** 2, 10)
  })

  it('counts the starting 1 as a peak, in drawdown and ulcer index', () => {
    const { maxDrawdown, ulcerIndex } = performance([-0.1, 0.05])
    expect(maxDrawdown).toBeCloseTo(-0.1, 15)
    expect(ulcerIndex).toBeCloseTo(Math.sqrt((0.1 ** 2 + 0.055 ** 2) / 2), 15)
  })

  it('finds slope and yearly intercept of returns made from the benchmark', () => {
    const benchmark = Array.from({ length: 300 }, (_, i) => Math.sin(i) / 100)
    const returns = benchmark.map((value) => 0.0002 + 1.3 * value)
    const { alpha, beta, correlation } = performance(returns, { benchmark })
    expect(beta).toBeCloseTo(1.3, 12)
    expect(alpha).toBeCloseTo(252 * 0.0002, 12)
    expect(correlation).toBeCloseTo(1, 12)
  })

  it('leaves out the periods in which one of the two is missing', () => {
    const with_ = performance([0.01, NaN, 0.03, -0.02], { benchmark: [0.02, 0.5, NaN, -0.01] })
    const without = performance([0.01, -0.02], { benchmark: [0.02, -0.01] })
    expect(with_.beta).toBe(without.beta)
    expect(with_.trackingError).toBe(without.trackingError)
    expect(with_.cagr).toBe(performance([0.01, 0.03, -0.02]).cagr)
  })

  it('loses everything a year once wealth is gone', () => {
    expect(performance([0.1, -1, 0.1]).cagr).toBe(-1)
    expect(performance([0.1, -1, 0.1]).maxDrawdown).toBe(-1)
  })
})

/** “2.5/sqrt(250)” and the like, as the published examples state their ratios. */
function ratio(text: string | number): number {
  if (typeof text === 'number') return text
  const [top, under] = text.replaceAll(/sqrt\(([^)]*)\)/g, '√$1').split('/√')
  if (text.startsWith('sqrt(')) {
    const [a, b] = text.slice(5, -1).split('/').map(Number)
    return Math.sqrt(a / b)
  }
  return Number(top) / Math.sqrt(Number(under))
}

interface Published {
  pypbo: {
    expected_max_N100: number
    psr: { in: { sr: string; skew: number; kurtosis: number; T: number; target: number }; out: number }
    dsr: {
      in: { sr: string; sr_std: string; N: number; T: number; skew: number; kurtosis: number }
      out: number
    }
    minTRL_years: {
      in: { sr: string; skew: number; kurtosis: number; target: string; prob: number; div: number }
      out: number
    }[]
    minBTL_years: { in: { N: number; sharpe_IS: number }; out: number }
  }
  rubenbriones: {
    paper: {
      n: number
      skew: number
      kurt: number
      sr: number
      psr0?: number
      minTRL_prob95_bench0_over12?: number
    }[]
  }
}

describeShared('evidence for a Sharpe ratio, by published values', () => {
  const { pypbo, rubenbriones } = sharedJson<Published>('oracles', 'overfit-psr-dsr-pbo', 'expected.json')

  it('agrees on the probabilistic and deflated Sharpe ratio', () => {
    const { in: psr, out } = pypbo.psr
    expect(
      probabilisticSharpe({
        sharpe: ratio(psr.sr),
        observations: psr.T,
        skew: psr.skew,
        kurtosis: psr.kurtosis,
        benchmarkSharpe: psr.target,
      }),
    ).toBeCloseTo(out, 9)
    const { in: dsr, out: deflated } = pypbo.dsr
    expect(
      deflatedSharpe({
        sharpe: ratio(dsr.sr),
        observations: dsr.T,
        skew: dsr.skew,
        kurtosis: dsr.kurtosis,
        trials: dsr.N,
        trialSharpeVariance: ratio(dsr.sr_std) ** 2,
      }),
    ).toBeCloseTo(deflated, 9)
  })

  it('agrees on the expected maximum and the minimum backtest length that follows from it', () => {
    expect(expectedMaximumSharpe(100, 1)).toBeCloseTo(pypbo.expected_max_N100, 9)
    const { N, sharpe_IS } = pypbo.minBTL_years.in
    expect((expectedMaximumSharpe(N, 1) / sharpe_IS) ** 2).toBeCloseTo(pypbo.minBTL_years.out, 9)
  })

  it('agrees on the minimum track record', () => {
    for (const { in: given, out } of pypbo.minTRL_years) {
      const observations = minimumTrackRecord({
        sharpe: ratio(given.sr),
        skew: given.skew,
        kurtosis: given.kurtosis,
        benchmarkSharpe: ratio(given.target),
        confidence: given.prob,
      })
      expect(observations / given.div).toBeCloseTo(out, 9)
    }
  })

  it('agrees with the table of the paper to its three decimals', () => {
    for (const { n, skew, kurt, sr, psr0, minTRL_prob95_bench0_over12 } of rubenbriones.paper) {
      if (psr0 !== undefined) {
        const found = probabilisticSharpe({ sharpe: sr, observations: n, skew, kurtosis: kurt })
        expect(Math.abs(found - psr0)).toBeLessThanOrEqual(1e-3)
      }
      if (minTRL_prob95_bench0_over12 !== undefined) {
        const found = minimumTrackRecord({ sharpe: sr, skew, kurtosis: kurt }) / 12
        expect(Math.abs(found - minTRL_prob95_bench0_over12)).toBeLessThanOrEqual(1e-3)
      }
    }
  })

  it.each(['noise', 'one_true_edge'])('agrees on every split of the matrix “%s”', (name) => {
    const { S, T, N, M, pbo, logits } = sharedJson<
      Record<string, { S: number; T: number; N: number; M: number[][]; pbo: number; logits: number[] }>
    >('oracles', 'overfit-psr-dsr-pbo', 'cscv_synthetic.json')[name]
    const found = backtestOverfitting(Float64Array.from(M.flat()), T, N, S)
    expect(found.pbo).toBe(pbo)
    expect(found.logits).toHaveLength(logits.length)
    logits.forEach((logit, i) => expect(found.logits[i]).toBeCloseTo(logit, 9))
  })
})

describe('evidence for a Sharpe ratio', () => {
  it('needs no deflation for a single trial, and more of it for more', () => {
    const given = { sharpe: 0.1, observations: 500, skew: 0, kurtosis: 3, trialSharpeVariance: 1e-3 }
    const deflated = [1, 2, 10, 1000, 1e9].map((trials) => deflatedSharpe({ ...given, trials }))
    expect(deflated[0]).toBe(probabilisticSharpe(given))
    for (let i = 1; i < deflated.length; i++) expect(deflated[i]).toBeLessThan(deflated[i - 1])
  })
  it('is NaN for a track record too short to measure', () => {
    expect(probabilisticSharpe({ sharpe: 1, observations: 1, skew: 0, kurtosis: 3 })).toBeNaN()
    expect(probabilisticSharpe({ sharpe: NaN, observations: 10, skew: 0, kurtosis: 3 })).toBeNaN()
  })
  it('asks for more than any track record where the benchmark is not exceeded', () => {
    expect(minimumTrackRecord({ sharpe: 0.1, skew: 0, kurtosis: 3, benchmarkSharpe: 0.1 })).toBe(Infinity)
  })
})

describe('the probability of backtest overfitting', () => {
  /** The definition, split by split, without any of the shortcuts. */
  function byDefinition(matrix: Float64Array, periods: number, strategies: number, blocks: number) {
    const sharpe = (chosen: number[], strategy: number) => {
      const returns = chosen.flatMap((block) => {
        const from = Math.floor((block * periods) / blocks)
        const to = Math.floor(((block + 1) * periods) / blocks)
        return Array.from({ length: to - from }, (_, i) => matrix[(from + i) * strategies + strategy])
      })
      return performance(returns, { periodsPerYear: 1 }).sharpe
    }
    const halves: number[][] = []
    const choose = (from: number, chosen: number[]) => {
      if (chosen.length === blocks / 2) halves.push(chosen)
      else for (let block = from; block < blocks; block++) choose(block + 1, [...chosen, block])
    }
    choose(0, [])
    return halves.map((half) => {
      const rest = Array.from({ length: blocks }, (_, block) => block).filter(
        (block) => !half.includes(block),
      )
      const inside = Array.from({ length: strategies }, (_, s) => sharpe(half, s))
      const outside = Array.from({ length: strategies }, (_, s) => sharpe(rest, s))
      const best = inside.indexOf(Math.max(...inside))
      const rank = outside.filter((value) => value <= outside[best]).length
      const omega = rank / (strategies + 1)
      return Math.log(omega / (1 - omega))
    })
  }

  it('follows the definition, also where the blocks cannot be equal', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(2, 4, 6),
        fc.integer({ min: 12, max: 31 }),
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream(fc.double({ min: -0.05, max: 0.05, noNaN: true })),
        (blocks, periods, strategies, stream) => {
          const matrix = Float64Array.from({ length: periods * strategies }, (_, i) => {
            // A little that is surely its own keeps ratios from being equal.
            return (stream.next().value as number) + Math.sin(i * i) / 1000
          })
          const { pbo, logits } = backtestOverfitting(matrix, periods, strategies, blocks)
          const expected = byDefinition(matrix, periods, strategies, blocks)
          expect(logits).toHaveLength(expected.length)
          expected.forEach((logit, i) => expect(logits[i]).toBeCloseTo(logit, 9))
          expect(pbo).toBe(expected.filter((logit) => logit <= 0).length / expected.length)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('shares the rank among equal strategies and lets one that never traded stand at 0', () => {
    const same = Float64Array.from({ length: 40 }, (_, i) => Math.sin(Math.floor(i / 2)))
    expect(backtestOverfitting(same, 20, 2, 4).logits.every((logit) => Math.abs(logit) < 1e-12)).toBe(true)
    const idle = Float64Array.from({ length: 40 }, (_, i) => (i % 2 ? 0 : -0.01 - (i % 3) / 1000))
    expect(backtestOverfitting(idle, 20, 2, 4).pbo).toBe(0)
  })

  it('leaves out a strategy with a missing return, and is NaN of nothing', () => {
    const matrix = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i))
    matrix[2] = NaN
    const two = Float64Array.from({ length: 40 }, (_, i) => matrix[Math.floor(i / 2) * 3 + (i % 2)])
    expect(backtestOverfitting(matrix, 20, 3, 4)).toEqual(backtestOverfitting(two, 20, 2, 4))
    expect(backtestOverfitting(new Float64Array(0), 0, 0, 4).pbo).toBeNaN()
    expect(backtestOverfitting(new Float64Array(20).fill(NaN), 20, 1, 4).pbo).toBeNaN()
  })

  it('refuses an odd number of blocks and a matrix of another size', () => {
    expect(() => backtestOverfitting(new Float64Array(20), 20, 1, 5)).toThrow(RangeError)
    expect(() => backtestOverfitting(new Float64Array(21), 20, 1, 4)).toThrow(RangeError)
  })
})
