import { describe, expect, it, vi } from 'vitest'
import { CalendarDraws } from '../../../workers/backtest/calendarDraws.ts'
import { TrialFamily } from '../../../workers/backtest/trials.ts'
import type { Trial } from '../../../workers/backtest/trials.ts'
import { Random } from '../../../workers/quant/random.ts'

// Much work, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const days = 400

/** Daily excess returns with a true yearly Sharpe ratio. */
function noise(seed: number, sharpe = 0): Float64Array {
  const random = new Random(seed)
  return Float64Array.from({ length: days }, () => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += random.uniform()
    return 0.01 * (sum + sharpe / Math.sqrt(252))
  })
}

const calendar = { days: days + 1, meanBlock: 1 }
const counts = (await new CalendarDraws().of(calendar, () => Promise.resolve(true)))!

const trial = (key: string, excess: Float64Array): Trial => ({
  key,
  against: 'QQQ',
  firstDay: 1,
  excess,
  calendar,
})

function familyOf(...trials: Trial[]): { family: TrialFamily; t: number[] } {
  const family = new TrialFamily()
  return { family, t: trials.map((one) => family.add(one, counts)) }
}

describe('the family of everything tried', () => {
  it('one trial without skill is significant at 5 % about as often as it should be', () => {
    let found = 0
    for (let seed = 1; seed <= 400; seed++) {
      const family = new TrialFamily()
      const t = family.add(trial('one', noise(seed)), counts)
      if (family.pValue(t) <= 0.05) found++
    }
    expect(found / 400).toBeGreaterThan(0.02)
    expect(found / 400).toBeLessThan(0.085)
  })

  it('the best of forty without skill is charged for the other thirty-nine', () => {
    let best = 0
    let alone = 0
    for (let world = 1; world <= 60; world++) {
      const family = new TrialFamily()
      const ts = Array.from(
        { length: 40 },
        (_, i) => family.add(trial(`${i}`, noise(1000 * world + i)), counts),
        counts,
      )
      const t = Math.max(...ts)
      if (family.pValue(t) <= 0.05) best++
      if (t > 1.645) alone++
    }
    expect(best / 60).toBeLessThan(0.15)
    // Uncharged, nearly every one of those worlds would have had a discovery.
    expect(alone / 60).toBeGreaterThan(0.8)
  })

  it('trying the same thing under other names costs nothing', () => {
    const excess = noise(5, 2)
    const copies = Array.from({ length: 30 }, (_, i) => trial(`${i}`, excess))
    const one = familyOf(copies[0])
    const many = familyOf(...copies)
    expect(many.family.trials).toBe(30)
    expect(many.family.pValue(many.t[0])).toBe(one.family.pValue(one.t[0]))
  })

  it('counts a trial once, and another benchmark as another look at it', () => {
    const first = trial('a', noise(1))
    const { family } = familyOf(first, first, { ...first, against: 'SPY', excess: noise(2) })
    expect(family.trials).toBe(1)
  })

  it('a hopeless trial does not raise the bar', () => {
    const skilled = trial('skilled', noise(3, 2))
    const alone = familyOf(skilled)
    const withHopeless = familyOf(skilled, trial('hopeless', noise(4, -12)))
    expect(withHopeless.family.pValue(withHopeless.t[0])).toBe(alone.family.pValue(alone.t[0]))
  })

  it('travels as its running maxima', () => {
    const { family, t } = familyOf(trial('a', noise(1, 1)), trial('b', noise(2, 1)))
    const copy = new TrialFamily()
    copy.restore(JSON.parse(JSON.stringify(family.store())) as ReturnType<TrialFamily['store']>)
    expect(copy.trials).toBe(2)
    expect(copy.pValue(t[0])).toBe(family.pValue(t[0]))
  })

  it('an empty family travels too, and returns that never vary prove nothing', () => {
    const copy = new TrialFamily()
    copy.restore(JSON.parse(JSON.stringify(new TrialFamily().store())) as ReturnType<TrialFamily['store']>)
    expect(copy.trials).toBe(0)
    const { family, t } = familyOf(trial('flat', new Float64Array(days)))
    expect(t[0]).toBeNaN()
    expect(family.pValue(t[0])).toBe(1)
  })
})
