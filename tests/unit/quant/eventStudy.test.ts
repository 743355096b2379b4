import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventStudy, type EventStudyInput } from '../../../workers/quant/eventStudy.ts'
import { normalCdf, normalQuantile } from '../../../workers/quant/normal.ts'
import { Random } from '../../../workers/quant/random.ts'

/** The residuals add up to nought, alone and times the market's: alpha and beta are what the returns are made of. */
const market = [1, -1, 1, -1, 1, -1, 0, 2]
const made = (alpha: number, beta: number, abnormal: number[]): number[] =>
  abnormal.map((each, day) => alpha + beta * market[day] + each)

const byHand: EventStudyInput = {
  returns: [made(0.5, 2, [1, 1, -1, -1, 0, 0, 2, 3]), made(-0.25, 1, [-2, -2, 2, 2, 0, 0, 1, 0])],
  market: [market, market],
  firstDay: -6,
  estimation: [-6, -1],
  window: [0, 1],
}

describe('an event study worked out by hand', () => {
  const study = eventStudy(byHand)
  // SSR 4 and 16 on 6 − 2 degrees: deviations 1 and 2; Σ market² = 6, so the errors are 7/6 and 11/6.
  const error = [Math.sqrt(7 / 6), Math.sqrt(11 / 6)]
  const first = (2 / error[0] + 3 / error[1]) / Math.sqrt(2 * (4 / 2))
  const second = 1 / 2 / error[0] / Math.sqrt(2 * (4 / 2))

  it('finds alpha, beta and what the share did beyond them', () => {
    expect(study.alpha[0]).toBeCloseTo(0.5, 12)
    expect(study.beta[1]).toBeCloseTo(1, 12)
    expect(Array.from(study.abnormal[0], (each) => Math.round(each * 1e9) / 1e9)).toEqual([
      1, 1, -1, -1, 0, 0, 2, 3,
    ])
    expect(study.car[0]).toBeCloseTo(5, 12)
    expect(study.car[1]).toBeCloseTo(1, 12)
  })

  it('sums standardised returns as Patell does', () => {
    expect(study.patell.z).toBeCloseTo((first + second) / Math.sqrt(2), 12)
    expect(study.patell.p).toBeCloseTo(2 * normalCdf(-(first + second) / Math.sqrt(2)), 12)
  })

  it('takes their spread over events as Boehmer, Musumeci and Poulsen do', () => {
    const t = (first + second) / Math.abs(first - second)
    expect(study.bmp.t).toBeCloseTo(t, 12)
    // With one degree of freedom t is Cauchy.
    expect(study.bmp.p).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12)
  })

  it('corrects them by the correlation of the residuals, which is −1 here', () => {
    expect(study.crossCorrelation).toBeCloseTo(-1, 12)
    const three = eventStudy({
      ...byHand,
      returns: [...(byHand.returns as number[][]), made(0, 1, [2, 0, 0, -2, 0, 0, 2, 2])],
      market: [market, market, market],
    })
    // Correlations −1 and ±4 ÷ √(4 × 8): the mean is −1/3.
    expect(three.crossCorrelation).toBeCloseTo(-1 / 3, 12)
    const mild = eventStudy({ ...byHand, eventDays: [10, 11] })
    // One day apart, half of the window is shared, and days −5 … −1 meet days −6 … −2.
    const x = [1, -1, -1, 0, 0]
    const y = [-2, -2, 2, 2, 0]
    expect(mild.crossCorrelation).toBeCloseTo(0.5 * correlation(x, y), 12)
    const r = mild.crossCorrelation
    expect(mild.kolariPynnonen.t).toBeCloseTo(study.bmp.t * Math.sqrt((1 - r) / (1 + r)), 12)
  })

  it('ranks them over all days as Corrado does', () => {
    const alone = eventStudy({ ...byHand, returns: [byHand.returns[0]], market: [market] })
    // Ranks from the middle: 1 1 −3 −3 −1 −1 2½ 3½; their squares are 40½ over 8 days.
    expect(alone.corrado.z).toBeCloseTo((Math.sqrt(2) * 3) / Math.sqrt(40.5 / 8), 12)
  })

  it('has no spread over events where there is one only', () => {
    const alone = eventStudy({ ...byHand, returns: [byHand.returns[0]], market: [market] })
    expect(alone.patell.z).toBeCloseTo(first, 12)
    expect(alone.bmp).toEqual({ t: NaN, p: NaN })
    expect(alone.kolariPynnonen).toEqual({ t: NaN, p: NaN })
    expect(alone.crossCorrelation).toBeNaN()
  })
})

function correlation(x: number[], y: number[]): number {
  const centred = (values: number[]) => {
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length
    return values.map((each) => each - mean)
  }
  const dot = (a: number[], b: number[]) => a.reduce((sum, each, i) => sum + each * b[i], 0)
  const [a, b] = [centred(x), centred(y)]
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/** Events of normal noise; `shared` is the correlation of what is their own, `shock` is added on day 0. */
function simulated(
  seed: number,
  {
    events = 20,
    shared = 0,
    shock = 0,
    noisier = 1,
  }: { events?: number; shared?: number; shock?: number; noisier?: number },
): EventStudyInput {
  const random = new Random(seed)
  const normal = () => normalQuantile(random.uniform() || 0.5)
  const days = 70
  const marketReturns = Array.from({ length: days }, () => 0.01 * normal())
  const common = Array.from({ length: days }, normal)
  const returns = Array.from({ length: events }, () => {
    const beta = 0.5 + random.uniform()
    return marketReturns.map((each, day) => {
      const own = Math.sqrt(shared) * common[day] + Math.sqrt(1 - shared) * normal()
      const inWindow = day >= 65
      return beta * each + 0.02 * own * (inWindow ? noisier : 1) + (day === 67 ? shock : 0)
    })
  })
  return {
    returns,
    market: returns.map(() => marketReturns),
    firstDay: -67,
    estimation: [-67, -8],
    window: [-2, 2],
  }
}

const reruns = 300

function rejected(
  options: Parameters<typeof simulated>[1],
): Record<'patell' | 'bmp' | 'kp' | 'corrado', number> {
  const count = { patell: 0, bmp: 0, kp: 0, corrado: 0 }
  for (let run = 0; run < reruns; run++) {
    const { patell, bmp, kolariPynnonen, corrado } = eventStudy(simulated(1000 + run, options))
    if (patell.p < 0.05) count.patell++
    if (bmp.p < 0.05) count.bmp++
    if (kolariPynnonen.p < 0.05) count.kp++
    if (corrado.p < 0.05) count.corrado++
  }
  return {
    patell: count.patell / reruns,
    bmp: count.bmp / reruns,
    kp: count.kp / reruns,
    corrado: count.corrado / reruns,
  }
}

/** Three standard errors of 5 % on so many reruns. */
const room = 3 * Math.sqrt((0.05 * 0.95) / reruns)

describe('on simulated events', () => {
  it('no test finds what is not there more often than one time in twenty', () => {
    const rates = rejected({})
    for (const rate of Object.values(rates)) expect(Math.abs(rate - 0.05)).toBeLessThan(room)
  })

  it('Patell rejects far too often where events share their days, Kolari and Pynnönen do not', () => {
    const rates = rejected({ shared: 0.25 })
    expect(rates.patell).toBeGreaterThan(0.2)
    expect(rates.bmp).toBeGreaterThan(0.2)
    expect(Math.abs(rates.kp - 0.05)).toBeLessThan(room)
  })

  it('Patell rejects too often where the event itself brings noise, Boehmer, Musumeci and Poulsen do not', () => {
    const rates = rejected({ noisier: 2 })
    expect(rates.patell).toBeGreaterThan(0.2)
    expect(Math.abs(rates.bmp - 0.05)).toBeLessThan(room)
  })

  it('all find a jump of two deviations', () => {
    const { patell, bmp, kolariPynnonen, corrado } = eventStudy(simulated(7, { events: 40, shock: 0.04 }))
    for (const { p } of [patell, bmp, kolariPynnonen]) expect(p).toBeLessThan(0.001)
    expect(corrado.p).toBeLessThan(0.05)
  })
})

describe('what does not matter', () => {
  const changed = (
    input: EventStudyInput,
    change: (value: number, market: number) => number,
  ): EventStudyInput => ({
    ...input,
    returns: Array.from(input.returns, (each, i) =>
      Array.from(each, (value, day) => change(value, input.market[i][day])),
    ),
  })

  it('any multiple of the market, any constant and any positive unit leave the tests as they are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        (seed, beta, alpha, unit) => {
          const input = simulated(seed, { events: 5, shock: 0.01 })
          const before = eventStudy(input)
          const after = eventStudy(changed(input, (value, each) => unit * (value + beta * each + alpha)))
          expect(after.patell.z).toBeCloseTo(before.patell.z, 6)
          expect(after.bmp.t).toBeCloseTo(before.bmp.t, 6)
          expect(after.kolariPynnonen.t).toBeCloseTo(before.kolariPynnonen.t, 6)
          expect(after.corrado.z).toBeCloseTo(before.corrado.z, 6)
          expect(after.car[0]).toBeCloseTo(unit * before.car[0], 6)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('turned round, everything turns its sign', () => {
    const input = simulated(3, { shock: 0.02 })
    const before = eventStudy(input)
    const after = eventStudy(changed(input, (value) => -value))
    expect(after.patell.z).toBeCloseTo(-before.patell.z, 9)
    expect(after.corrado.z).toBeCloseTo(-before.corrado.z, 9)
    expect(after.patell.p).toBeCloseTo(before.patell.p, 9)
  })
})

describe('missing days', () => {
  it('in the estimation are left out of it, so that the rest counts as if it were all', () => {
    const with9 = { ...byHand, returns: [[...(byHand.returns[0] as number[])]], market: [[...market]] }
    with9.returns[0].unshift(99)
    with9.market[0].unshift(NaN)
    const study = eventStudy({ ...with9, firstDay: -7, estimation: [-7, -1] })
    const without = eventStudy({ ...byHand, returns: [byHand.returns[0]], market: [market] })
    expect(study.patell.z).toBeCloseTo(without.patell.z, 12)
    expect(study.corrado.z).toBeCloseTo(without.corrado.z, 12)
    expect(study.abnormal[0][0]).toBeNaN()
  })

  it('in the window make it shorter', () => {
    const returns = [...(byHand.returns[0] as number[])]
    returns[7] = NaN
    const study = eventStudy({ ...byHand, returns: [returns], market: [market] })
    const shorter = eventStudy({ ...byHand, returns: [returns], market: [market], window: [0, 0] })
    expect(study.car[0]).toBeCloseTo(2, 12)
    expect(study.patell.z).toBeCloseTo(shorter.patell.z, 12)
  })

  it('that leave nothing of the window, or too little to estimate, keep the event out of the tests', () => {
    const gone = [...(byHand.returns[0] as number[])].fill(NaN, 6)
    const young = [...(byHand.returns[0] as number[])].fill(NaN, 0, 3)
    const study = eventStudy({
      ...byHand,
      returns: [byHand.returns[0], gone, young],
      market: [market, market, market],
    })
    expect(study.tested).toBe(1)
    expect(study.car[1]).toBeNaN()
    expect(study.patell.z).toBeCloseTo(
      eventStudy({ ...byHand, returns: [byHand.returns[0]], market: [market] }).patell.z,
      12,
    )
  })

  it('no event at all gives nothing, without a fuss', () => {
    const study = eventStudy({ ...byHand, returns: [], market: [] })
    expect(study.tested).toBe(0)
    expect(study.patell.z).toBeNaN()
    expect(study.corrado.p).toBeNaN()
  })
})

describe('what does not fit together', () => {
  it('is refused with a sentence', () => {
    expect(() => eventStudy({ ...byHand, window: [0, 2] })).toThrow(/window, 0 to 2/)
    expect(() => eventStudy({ ...byHand, estimation: [-7, -1] })).toThrow(/estimation, -7 to -1/)
    expect(() => eventStudy({ ...byHand, market: [market] })).toThrow(/one of the market/)
    expect(() => eventStudy({ ...byHand, market: [market, [1]] })).toThrow(/different numbers of days/)
  })
})
