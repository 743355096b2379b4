import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conflictOf } from '../../../src/components/form/conflicts.ts'
import { formGroups } from '../../../src/components/form/formGroups.ts'
import {
  brief,
  fromSlider,
  inWords,
  parseTyped,
  shown,
  slider,
  toSlider,
} from '../../../src/components/form/paramText.ts'
import { changedFrom, presetOf, withPreset } from '../../../src/components/form/presets.ts'
import { systemInfos } from '../../../workers/systems/api.ts'
import type { NumberSpec } from '../../../workers/systems/api.ts'

const spec = (part: Partial<NumberSpec>): NumberSpec => ({
  kind: 'number',
  label: 'Stop loss',
  group: 'Risk',
  help: '',
  unit: 'fraction',
  min: 0,
  max: 0.5,
  step: 0.005,
  recommended: 0.08,
  original: 0.08,
  ...part,
})
const stop = spec({ zeroIsOff: true })
const capital = spec({ unit: 'dollars', min: 1000, max: 1e9, step: 1000 })
const numbers = systemInfos.flatMap((info) =>
  Object.values(info.params).filter((one): one is NumberSpec => one.kind === 'number'),
)

describe('a number in the form', () => {
  it('is shown in its unit', () => {
    expect(inWords(stop, 0.08)).toBe('8.0\u2009%')
    expect(inWords(capital, 100_000)).toBe('$100,000')
    expect(inWords(spec({ unit: 'multiple', step: 0.1 }), 1.5)).toBe('1.5×')
    expect(inWords(spec({ min: -0.2 }), -0.02)).toBe('−2.0\u2009%')
  })

  it('is off at zero where zero means off', () => {
    expect(shown(stop, 0)).toBe('off')
    expect(shown(spec({}), 0)).toBe('0.0')
  })

  it('keeps digits finer than the step', () => {
    expect(shown(stop, 0.0825)).toBe('8.25')
  })

  it('is short in a summary', () => {
    expect(brief(stop, 0.05)).toBe('5\u2009%')
    expect(brief(spec({ unit: 'days', step: 1 }), 200)).toBe('200')
    expect(brief(spec({ unit: 'multiple', step: 0.1 }), 2)).toBe('2×')
  })
})

describe('what is typed', () => {
  it('is read with or without its unit, with a comma or a point', () => {
    for (const text of ['8', '8 %', '8%', ' 8.0 ', '8,0', '8\u2009%'])
      expect(parseTyped(stop, text)).toEqual({ ok: true, value: 0.08 })
  })

  it('is read with thousands separators', () => {
    for (const text of ['100000', '100,000', '$100,000', '100 000', "100'000", '1e5'])
      expect(parseTyped(capital, text)).toEqual({ ok: true, value: 100_000 })
  })

  it('may be “off” only where a zero means off', () => {
    expect(parseTyped(stop, 'off')).toEqual({ ok: true, value: 0 })
    expect(parseTyped(capital, 'off').ok).toBe(false)
  })

  it('is refused with the range in words', () => {
    expect(parseTyped(stop, '80')).toEqual({
      ok: false,
      problem: 'Has to be from 0.5\u2009% to 50.0\u2009%, or off.',
    })
    expect(parseTyped(spec({ unit: 'days', integer: true, min: 2, max: 60, step: 1 }), '2.5')).toEqual({
      ok: false,
      problem: 'Type a whole number from 2\u2009days to 60\u2009days.',
    })
    for (const text of ['', 'abc', '1.2.3', '--1', 'NaN', 'Infinity'])
      expect(parseTyped(capital, text).ok).toBe(false)
  })

  it('reads back what is shown, for every parameter there is', () => {
    for (const one of numbers)
      for (const value of [one.min, one.max, one.recommended, one.original])
        expect([one.label, parseTyped(one, shown(one, value))]).toEqual([one.label, { ok: true, value }])
  })
})

describe('the slider', () => {
  it('reaches both ends of every parameter and gives back its value', () => {
    for (const one of numbers) {
      const { min, max } = slider(one)
      expect([one.label, fromSlider(one, min)]).toEqual([one.label, one.min])
      expect([one.label, fromSlider(one, max)]).toEqual([one.label, one.max])
      expect(fromSlider(one, toSlider(one, one.recommended))).toBeCloseTo(one.recommended, 9)
    }
  })

  it('gives only values that the field accepts', () => {
    fc.assert(
      fc.property(fc.constantFrom(...numbers), fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const { min, max } = slider(one)
        const value = fromSlider(one, min + share * (max - min))
        expect(value).toBeGreaterThanOrEqual(one.min)
        expect(value).toBeLessThanOrEqual(one.max)
        if (one.integer) expect(Number.isInteger(value)).toBe(true)
      }),
    )
  })

  it('carries no rounding dust of its steps', () => {
    expect(fromSlider(stop, 0.07500000000000001)).toBe(0.075)
    expect(String(fromSlider(stop, 0.3))).toBe('0.3')
  })

  it('moves by ratio over several powers of ten, so that small capitals can be reached', () => {
    expect(fromSlider(capital, 500)).toBe(1_000_000)
    expect(fromSlider(capital, 10)).toBeLessThan(2000)
  })
})

describe('the form', () => {
  const info = systemInfos.find((one) => one.id === 'options')!
  const params = withPreset(info, 'recommended')

  it('shows every parameter exactly once', () => {
    const names = formGroups(info).flatMap((group) =>
      group.fields.flatMap((field) => [field.name, ...field.details.map((detail) => detail.name)]),
    )
    expect(names.sort()).toEqual(Object.keys(info.params).sort())
  })

  it('puts the settings of a signal beneath its switch', () => {
    const signals = formGroups(info).find((group) => group.name === 'Signals')
    const rsi = signals?.fields.find((field) => field.name === 'rsiOn')
    expect(rsi?.details.map((detail) => detail.name)).toContain('rsiLow')
  })

  it('says which other value stands in the way', () => {
    expect(conflictOf(info, params, 'averageFast', 250)).toContain('Slow average')
    expect(conflictOf(info, params, 'averageFast', 50)).toBeNull()
    expect(conflictOf(info, { ...params, trimAbove: 0 }, 'trimTo', 0.5)).toBeNull()
  })

  it('knows what differs from a preset', () => {
    expect(changedFrom(info, { ...params, stop: 0.05 }, 'recommended')).toEqual(['stop'])
    expect(presetOf(info, { ...params, stop: 0.05 })).toBeNull()
  })
})
