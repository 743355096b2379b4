import { describe, expect, it, vi } from 'vitest'
import { resamplerOf } from '../../../workers/backtest/calendarDraws.ts'
import { familyText, readFamilyText } from '../../../workers/backtest/keep/familyText.ts'
import { TrialFamily } from '../../../workers/backtest/trials.ts'
import type { Charged, Trial } from '../../../workers/backtest/trials.ts'
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

const resampler = resamplerOf({ days: days + 1, meanBlock: 1 })

const trial = (id: number, excess: Float64Array): Trial => ({
  id,
  against: 'QQQ',
  firstDay: 1,
  excess,
  sharpe: id / 100,
})

function familyOf(...trials: Trial[]): { family: TrialFamily; t: Charged[] } {
  const family = new TrialFamily()
  return { family, t: trials.map((one) => family.add(one, resampler)) }
}

describe('the family of everything tried', () => {
  it('one trial without skill is significant at 5 % about as often as it should be', () => {
    let found = 0
    for (let seed = 1; seed <= 400; seed++) {
      const family = new TrialFamily()
      const t = family.add(trial(1, noise(seed)), resampler)
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
      const ts = Array.from({ length: 40 }, (_, i) =>
        family.add(trial(i + 1, noise(1000 * world + i)), resampler),
      )
      const chosen = ts.reduce((one, other) => (other.t > one.t ? other : one))
      if (family.pValue(chosen) <= 0.05) best++
      if (chosen.t > 1.645) alone++
    }
    expect(best / 60).toBeLessThan(0.15)
    // Uncharged, nearly every one of those worlds would have had a discovery.
    expect(alone / 60).toBeGreaterThan(0.8)
  })

  it('trying the same thing under other names costs nothing', () => {
    const excess = noise(5, 2)
    const copies = Array.from({ length: 30 }, (_, i) => trial(i + 1, excess))
    const one = familyOf(copies[0])
    const many = familyOf(...copies)
    expect(many.family.trials).toBe(30)
    expect(many.family.pValue(many.t[0])).toBe(one.family.pValue(one.t[0]))
  })

  it('counts a trial once, and another benchmark as another look at it', () => {
    const first = trial(1, noise(1))
    const { family } = familyOf(first, first, { ...first, against: 'SPY', excess: noise(2) })
    expect(family.trials).toBe(1)
  })

  it('a hopeless trial does not raise the bar', () => {
    const skilled = trial(1, noise(3, 2))
    const alone = familyOf(skilled)
    const withHopeless = familyOf(skilled, trial(2, noise(4, -12)))
    expect(withHopeless.family.pValue(withHopeless.t[0])).toBe(alone.family.pValue(alone.t[0]))
  })

  it('travels in a link as its running maxima, without losing anything', () => {
    const { family, t } = familyOf(trial(1, noise(1, 1)), trial(2, noise(2, 1)), trial(3, noise(3, -1)))
    const text = familyText(family, null)
    const copy = new TrialFamily()
    copy.carry(readFamilyText(text)!)
    expect(copy.trials).toBe(3)
    expect(copy.pValue(t[0])).toBe(family.pValue(t[0]))
    expect(copy.realityCheck(t[0])).toBe(family.realityCheck(t[0]))
    expect(copy.sharpeVariance).toBeCloseTo(family.sharpeVariance, 15)
    expect(familyText(copy, null)).toBe(text)
    // Short enough for a link of 8 KB with room for everything else.
    expect(text.length).toBeLessThan(4500)
  })

  it('is not counted twice when a link comes back to where it was made', () => {
    const { family } = familyOf(trial(1, noise(1)), trial(2, noise(2)))
    const before = familyText(family, null)
    family.carry(readFamilyText(before)!)
    expect(family.trials).toBe(2)
    const other = familyOf(trial(9, noise(9, 3))).family
    family.carry(readFamilyText(familyText(other, null))!)
    expect(family.trials).toBe(3)
  })

  it('does not count the run that a link shows once more when it is computed again', () => {
    const shown = trial(7, noise(7, 2))
    const sender = familyOf(shown, trial(8, noise(8, 1)))
    const receiver = new TrialFamily()
    receiver.carry(readFamilyText(familyText(sender.family, 7))!)
    const charged = receiver.add(shown, resampler)
    expect(receiver.trials).toBe(2)
    expect(receiver.pValue(charged)).toBe(sender.family.pValue(sender.t[0]))
  })

  it('of a damaged link is refused', () => {
    const text = familyText(familyOf(trial(1, noise(1))).family, null)
    for (const damaged of [
      '',
      'x',
      text.slice(0, -99),
      `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`,
      'A'.repeat(9000),
      'https://example.org/',
    ])
      expect(readFamilyText(damaged)).toBeNull()
  })

  it('an empty family travels too, and returns that never vary prove nothing', () => {
    const copy = new TrialFamily()
    copy.carry(readFamilyText(familyText(new TrialFamily(), null))!)
    expect(copy.trials).toBe(0)
    const { family, t } = familyOf(trial(1, new Float64Array(days)))
    expect(t[0].t).toBeNaN()
    expect(family.pValue(t[0])).toBe(1)
    expect(family.realityCheck(t[0])).toBe(1)
  })

  it('White’s reality check is charged for every trial, hopeless or not', () => {
    const skilled = trial(1, noise(3, 2))
    const alone = familyOf(skilled)
    const others = Array.from({ length: 60 }, (_, i) => trial(i + 2, noise(100 + i, -12)))
    const many = familyOf(skilled, ...others)
    expect(many.family.realityCheck(many.t[0])).toBeGreaterThan(alone.family.realityCheck(alone.t[0]))
    expect(many.family.pValue(many.t[0])).toBe(alone.family.pValue(alone.t[0]))
  })
})
