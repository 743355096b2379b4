import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultParams, systemInfos, validateParams } from '../../../workers/systems/api.ts'
import type { AnyParamSpec, NumberSpec, SystemId, SystemInfo } from '../../../workers/systems/api.ts'
import { systemOf } from '../../../workers/systems/registry.ts'

const options = systemInfos[0]
const defaults = (info: SystemInfo) => defaultParams(info, 'recommended')

function fits(spec: AnyParamSpec, value: unknown): boolean {
  switch (spec.kind) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'choice':
      return spec.options.some((option) => option.value === value)
    case 'number':
      return (
        typeof value === 'number' &&
        value >= spec.min &&
        value <= spec.max &&
        (!spec.integer || Number.isInteger(value))
      )
  }
}

describe.each(systemInfos.map((info) => [info.name, info] as const))('%s', (_, info) => {
  const specs = Object.entries(info.params)

  it('has both presets within its own bounds', () => {
    for (const [name, spec] of specs) {
      expect(fits(spec, spec.recommended), `${name} recommended`).toBe(true)
      expect(fits(spec, spec.original), `${name} original`).toBe(true)
    }
    for (const preset of ['recommended', 'original'] as const) {
      const params = defaultParams(info, preset)
      expect(validateParams(info, params)).toEqual({ params, problems: [] })
    }
  })
  it('has recommended numbers that its own steps reach', () => {
    for (const [name, spec] of specs) {
      if (spec.kind !== 'number') continue
      const steps = (spec.recommended - spec.min) / spec.step
      expect(Math.abs(steps - Math.round(steps)), name).toBeLessThan(1e-9)
    }
  })
  it('explains every parameter in one sentence', () => {
    for (const [name, spec] of specs) {
      expect(spec.help, name).toMatch(/^[A-Z“].*[^.]\.$/)
      expect(spec.label.length, name).toBeLessThan(30)
      if (spec.onlyWhen) expect(info.params, name).toHaveProperty(spec.onlyWhen.param)
    }
  })
  it('is what the worker runs under the same id', () => {
    const system = systemOf(info.id)
    expect(system.params).toBe(info.params)
    expect([system.name, system.reasons, system.claims]).toEqual([info.name, info.reasons, info.claims])
  })
  it('makes complete and usable parameters out of anything', () => {
    const fields = fc.dictionary(
      fc.constantFrom(...Object.keys(info.params), '__proto__', 'x'),
      fc.anything(),
    )
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fields), (given) => {
        const { params } = validateParams(info, given)
        expect(Object.keys(params)).toEqual(Object.keys(info.params))
        for (const [name, spec] of specs) expect(fits(spec, params[name]), name).toBe(true)
      }),
    )
  })
})

describe('validation', () => {
  it('keeps what fits and takes the recommended value, with a sentence, for what does not', () => {
    const given = { rsiDays: 10, stop: 7, macdOn: 'yes', ambiguousBar: 'lucky', averageSlow: 99.5, cheat: 1 }
    const { params, problems } = validateParams(options, given)
    expect(params).toEqual({ ...defaults(options), rsiDays: 10 })
    expect(problems).toEqual([
      '“Stop loss” (stop) must lie between 0 and 0.5. The recommended value is used.',
      '“MACD” (macdOn) must be true or false. The recommended value is used.',
      '“Same-bar stop and target” (ambiguousBar) must be one of pessimistic, optimistic, nearest-open. The recommended value is used.',
      '“Slow average” (averageSlow) must be a whole number. The recommended value is used.',
      'Options: six signals has no parameter “cheat”; it is left out.',
    ])
  })
  it('takes the recommended values of both where one must stay below the other', () => {
    const { params, problems } = validateParams(options, { averageFast: 120, averageSlow: 100 })
    expect([params.averageFast, params.averageSlow]).toEqual([50, 200])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/must be less than “Slow average”/)
  })
  it('does not mind the order of two values of which one is not in use', () => {
    const unused = { averagesOn: false, averageFast: 120, averageSlow: 100, trimAbove: 0, trimTo: 0.2 }
    expect(validateParams(options, unused).problems).toEqual([])
  })
  it('says nothing of parameters that are simply absent', () => {
    expect(validateParams(options, {}).problems).toEqual([])
    expect(validateParams(options, undefined).problems).toEqual([])
    expect(validateParams(options, 'text').problems).toHaveLength(1)
  })
})

describe('the options system', () => {
  it('claims that a drawdown stays above −20 %, which is a negative figure', () => {
    const claim = options.claims.find(({ metric }) => metric === 'maxDrawdown')
    expect(claim?.atLeast).toBe(-0.2)
  })
  it('asks in the order of the sketch: signals, then risk, then costs', () => {
    const groups = [...new Set(Object.values(options.params).map((spec) => spec.group))]
    const at = (name: string) => groups.indexOf(name)
    expect(at('Signals')).toBe(0)
    expect(at('Signals') < at('Risk') && at('Risk') < at('Costs')).toBe(true)
    expect((options.params.stop as NumberSpec).unit).toBe('fraction')
  })
})

describe('an unknown system', () => {
  it('is refused with the names of those there are', () => {
    expect(() => systemOf('weather' as SystemId)).toThrow(/choose one of jet, tickets, options, custom/)
  })
})
