import { deflateSync, strToU8 } from 'fflate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultState, landingState, type AppState } from '../../../src/state/appState.ts'
import { systemInfoOf, type AxisPlan, type SweepPlan } from '../../../src/state/sweepPlan.ts'
import {
  backendChoices,
  bounds,
  optimisers,
  puzzleTasks,
  trainableModes,
  type NumberSetting,
  type PlanSettings,
  type PlaygroundPlan,
} from '../../../src/state/playgroundPlan.ts'
import { objectives, type WalkPlan } from '../../../src/state/walkPlan.ts'
import { jetTabs } from '../../../src/state/jetTabs.ts'
import { contractKey, contractOf } from '../../../src/state/contractKey.ts'
import { strikemapBounds } from '../../../src/state/optionFields.ts'
import { liveTabs } from '../../../src/state/liveTabs.ts'
import { optionsTabs } from '../../../src/state/optionsTabs.ts'
import { ticketsTabs } from '../../../src/state/ticketsTabs.ts'
import { decodeLink, encodeLink, maxEncoded } from '../../../src/state/link.ts'
import { sweepMetrics, type StrikemapSettings } from '../../../workers/backtest/api.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'
import type { AnyParamSpec, ParamValue } from '../../../workers/systems/system.ts'

const hex64 = fc.stringMatching(/^[0-9a-f]{64}$/)
const day = fc.integer({ min: -20_000, max: 40_000 })

function anyValue(spec: AnyParamSpec): fc.Arbitrary<ParamValue> {
  switch (spec.kind) {
    case 'boolean':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...spec.options.map((option) => option.value))
    case 'number':
      return spec.integer
        ? fc.integer({ min: Math.ceil(spec.min), max: Math.floor(spec.max) })
        : fc.double({ min: spec.min, max: spec.max, noNaN: true }).map((x) => (x === 0 ? 0 : x))
  }
}

function anyAxis(param: string, spec: AnyParamSpec): fc.Arbitrary<AxisPlan> {
  if (spec.kind !== 'number') {
    const values = spec.kind === 'boolean' ? [false, true] : spec.options.map((option) => option.value)
    return fc.subarray<string | boolean>(values).map((chosen) => ({ param, values: chosen }))
  }
  const end = anyValue(spec) as fc.Arbitrary<number>
  const step = spec.integer ? fc.integer({ min: 1, max: 50 }) : fc.constantFrom(spec.step, spec.step / 4)
  return fc.record({ param: fc.constant(param), from: end, to: end, step })
}

const anySweep: fc.Arbitrary<SweepPlan> = fc.constantFrom(...systemInfos).chain(({ id, params }) =>
  fc.record({
    system: fc.constant(id),
    axes: fc
      .shuffledSubarray(Object.keys(params), { maxLength: 6 })
      .chain((names) => fc.tuple(...names.map((name) => anyAxis(name, params[name])))),
    design: fc.oneof(
      fc.constant({ kind: 'grid' as const }),
      fc.record({
        kind: fc.constant('latin' as const),
        count: fc.integer({ min: 1, max: 1_000_000 }),
        seed: fc.nat(),
      }),
    ),
    metric: fc.constantFrom(...sweepMetrics),
    show: fc.constantFrom('best' as const, 'median' as const),
    x: fc.option(fc.constantFrom(...Object.keys(params))),
    y: fc.option(fc.constantFrom(...Object.keys(params))),
  }),
)

/** A sweep's axes and design, with windows to walk through. */
const anyWalk: fc.Arbitrary<WalkPlan> = fc
  .tuple(
    anySweep,
    fc.record({
      train: fc.integer({ min: 20, max: 5_000 }),
      test: fc.integer({ min: 5, max: 5_000 }),
      gap: fc.integer({ min: 0, max: 500 }),
      embargo: fc.integer({ min: 0, max: 500 }),
      anchored: fc.boolean(),
      objective: fc.constantFrom(...objectives),
    }),
  )
  .map(([{ system, axes, design }, windows]) => ({ system, axes, design, ...windows }))

const anyPlayground: fc.Arbitrary<PlaygroundPlan> = fc.record({
  task: fc.constantFrom(...puzzleTasks),
  modes: fc.subarray(trainableModes, { minLength: 1 }),
  backend: fc.constantFrom(...backendChoices),
  settings: fc
    .record({
      ...Object.fromEntries(
        (Object.keys(bounds) as NumberSetting[]).map((name) => {
          const { least: min, most: max, whole, off } = bounds[name]
          const value = whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
          return [name, off ? fc.option(value) : value]
        }),
      ),
      optimiser: fc.constantFrom(...optimisers),
    })
    .map((settings) => settings as PlanSettings),
})

const anyTopics = (words: RegExp) =>
  fc.dictionary(
    fc.stringMatching(/^[a-z][a-z -]{0,20}$/),
    fc.array(fc.stringMatching(words), { minLength: 1, maxLength: 4 }),
    { minKeys: 1, maxKeys: 4 },
  )
const anyWords = fc.record({
  language: fc.constant('English'),
  negative: anyTopics(/^no [a-z]{1,20}$/),
  positive: anyTopics(/^how [a-zé]{1,20}$/u),
})
const anyWeights = fc.array(
  fc.record({
    symbol: fc.string({ maxLength: 8 }),
    product: fc.string({ maxLength: 20 }),
    weight: fc.constantFrom(0, 0.5, 3),
  }),
  { maxLength: 4 },
)
const anyContract = fc
  .record({
    expiry: fc.integer({ min: 0, max: 30_000 }),
    strike: fc.integer({ min: 1, max: 20_000_000 }).map((thousandths) => thousandths / 1_000),
    right: fc.constantFrom(1 as const, -1 as const),
  })
  .map(contractKey)
const anyStrikemapSettings = fc
  .record(
    {
      definition: fc.constantFrom('recommended' as const, 'original' as const),
      ...Object.fromEntries(
        Object.entries(strikemapBounds).map(([name, [min, max]]) => [
          name,
          fc.double({ min, max, noNaN: true }).map((x) => (x === 0 ? 0 : x)),
        ]),
      ),
    },
    { requiredKeys: [] },
  )
  .map((settings): Partial<StrikemapSettings> => ({ ...settings }))

/** Any state the page can be in; parameters that must stay in order keep their defaults. */
const anyState: fc.Arbitrary<AppState> = fc
  .record({
    view: fc.constantFrom(
      'jet' as const,
      'tickets' as const,
      'options' as const,
      'custom' as const,
      'live' as const,
      'sweep' as const,
      'walk' as const,
      'data' as const,
      'playground' as const,
      'guide' as const,
    ),
    liveTab: fc.constantFrom(...liveTabs.map(({ id }) => id)),
    jetTab: fc.constantFrom(...jetTabs.map(({ id }) => id)),
    ticketsTab: fc.constantFrom(...ticketsTabs.map(({ id }) => id)),
    ticketProduct: fc.option(fc.string({ maxLength: 40 })),
    ticketWords: fc.option(anyWords),
    ticketWeights: anyWeights,
    optionsTab: fc.constantFrom(...optionsTabs.map(({ id }) => id)),
    optionsChain: fc.record({ symbol: fc.option(fc.string({ maxLength: 32 })), day: fc.option(day) }),
    optionsContract: fc.option(anyContract),
    strikemapSettings: anyStrikemapSettings,
    checkpoint: fc.option(
      fc.record({ name: fc.string({ maxLength: 120 }), kind: fc.constant('hrm'), sha256: hex64 }),
    ),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    from: fc.option(day),
    to: fc.option(day),
    split: fc.oneof(fc.constant('auto' as const), fc.constant(null), day),
    benchmark: fc.option(fc.string({ maxLength: 32 })),
    datasets: fc.array(
      fc.record({
        name: fc.string({ maxLength: 200 }),
        kind: fc.constantFrom('prices' as const, 'signals' as const),
        rows: fc.nat(),
        schemaHash: hex64,
        sha256: hex64,
      }),
      { maxLength: 12 },
    ),
    repairsOff: fc.array(fc.string({ maxLength: 80 }), { maxLength: 5 }),
    sweep: anySweep,
    walk: anyWalk,
    playground: anyPlayground,
    compare: fc.record({
      runs: fc.uniqueArray(fc.stringMatching(/^#v1\.[\w-]{1,60}$/), { maxLength: 6 }),
      base: fc.nat({ max: 5 }),
    }),
    guide: fc.option(fc.stringMatching(/^[\w.-]{1,80}$/), { nil: null }),
    family: fc.option(fc.stringMatching(/^[\w-]{1,200}$/), { nil: null }),
    result: fc.option(hex64),
    seen: fc.option(
      fc.record({
        version: fc.constant('0.1.0'),
        trades: fc.nat(),
        totalReturn: fc.option(fc.integer().map((x) => x / 1e6)),
        sharpe: fc.option(fc.integer().map((x) => x / 1e4)),
        maxDrawdown: fc.constant(null),
        equity: fc.nat(),
      }),
    ),
  })
  .chain((fields) =>
    fc
      .record(
        Object.fromEntries(
          systemInfos.map((info) => {
            const ordered = new Set(info.orderings.flatMap(({ smaller, larger }) => [smaller, larger]))
            const free = Object.entries(info.params).filter(([name]) => !ordered.has(name))
            return [
              info.id,
              fc.record(Object.fromEntries(free.map(([name, spec]) => [name, anyValue(spec)]))),
            ]
          }),
        ),
      )
      .map((params) => ({
        ...fields,
        params: Object.fromEntries(
          systemInfos.map((info) => [
            info.id,
            { ...defaultParams(info, 'recommended'), ...(params[info.id] as Record<string, ParamValue>) },
          ]),
        ),
      })),
  )

const link = (value: unknown) =>
  '#v1.' + Buffer.from(deflateSync(strToU8(JSON.stringify(value)))).toString('base64url')

describe('a link', () => {
  test('of the landing page is empty, and an empty link is the landing page; one without a view is from before it', () => {
    expect(encodeLink(landingState())).toBe('')
    expect(decodeLink('')).toEqual({ state: landingState(), problems: [] })
    expect(decodeLink(link({})).state).toEqual(defaultState())
  })

  test('brings back exactly the state it was made from', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const fragment = encodeLink(state)
        if (fragment.length > maxEncoded) return
        expect(decodeLink(fragment)).toEqual({ state, problems: [] })
      }),
      { numRuns: 300 },
    )
  })

  test('with more words than a link can hold keeps those that came with the page, and says so', () => {
    const long = Array.from({ length: 200 }, (_, i) => `${String(i).padStart(3, '0')}${'x'.repeat(40)}`)
    const ticketWords = { language: 'English', negative: { flood: long }, positive: {} }
    const { state, problems } = decodeLink(link({ ticketWords, ticketsTab: 'wall' }))
    expect(state).toMatchObject({ ticketWords: null, ticketsTab: 'wall' })
    expect(problems).toEqual(['“ticketWords” in this link is not valid and was left at its default.'])
    const weight = [{ symbol: 'AAA', product: 'desk', weight: -1 }]
    expect(decodeLink(link({ ticketWeights: weight })).state.ticketWeights).toEqual([])
  })

  test('names a contract by expiry, strike and right, and settings of a chain within bounds, or neither', () => {
    const { state, problems } = decodeLink(
      link({ optionsContract: '2025-01-17|350|straddle', strikemapSettings: { falseDiscovery: 2 } }),
    )
    expect(state).toMatchObject({ optionsContract: null, strikemapSettings: {} })
    expect(problems).toHaveLength(2)
    const optionsContract = '2025-01-17|57.14|put'
    expect(decodeLink(link({ optionsContract })).state.optionsContract).toBe(optionsContract)
    expect(contractOf(optionsContract)).toEqual({ expiry: 20_105, strike: 57.14, right: -1 })
  })

  test('carries only what differs from the default', () => {
    expect(encodeLink({ ...defaultState(), seed: 7 }).length).toBeLessThan(50)
  })

  test('from the future says that the page is older than it', () => {
    const { state, problems } = decodeLink('#v2.abc')
    expect(state).toEqual(landingState())
    expect(problems[0]).toContain('newer')
  })

  test('with one bad field loses that field alone and names it', () => {
    const { state, problems } = decodeLink(link({ seed: 'seven', from: 18_000 }))
    expect(state.seed).toBe(1)
    expect(state.from).toBe(18_000)
    expect(problems).toEqual(['“seed” in this link is not valid and was left at its default.'])
  })

  test('with a parameter out of range keeps the recommended value and says so', () => {
    const { state, problems } = decodeLink(link({ params: { options: { rsiDays: 1e9 } } }))
    expect(state.params.options).toEqual(defaultState().params.options)
    expect(problems).toHaveLength(1)
  })

  test('that would inflate beyond 64 KB is refused', () => {
    const { problems } = decodeLink(link({ benchmark: 'x'.repeat(200_000) }))
    expect(problems).toHaveLength(1)
  })

  test('longer than 8 KB is refused unread', () => {
    expect(decodeLink('#v1.' + 'A'.repeat(9_000)).problems[0]).toContain('longer')
  })

  test('with a prototype in its payload pollutes nothing', () => {
    const hostile =
      '{"__proto__":{"polluted":1},"params":{"__proto__":{"polluted":1},"options":{"__proto__":{"polluted":1}}}}'
    const fragment = '#v1.' + Buffer.from(deflateSync(strToU8(hostile))).toString('base64url')
    decodeLink(fragment)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('mutated in any way never throws and always gives a whole state', () => {
    const base = encodeLink({ ...defaultState(), seed: 99, from: 18_000, benchmark: 'SPY' })
    const keys = Object.keys(defaultState()).sort()
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string().map((text) => '#' + text),
          fc.string().map((text) => '#v1.' + text),
          fc
            .tuple(fc.nat(base.length - 1), fc.string({ minLength: 1, maxLength: 4 }))
            .map(([at, text]) => base.slice(0, at) + text + base.slice(at + 1)),
          fc.json().map((text) => '#v1.' + Buffer.from(deflateSync(strToU8(text))).toString('base64url')),
        ),
        (fragment) => {
          const { state } = decodeLink(fragment)
          expect(Object.keys(state).sort()).toEqual(keys)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('a sweep in a link', () => {
  const { sweep } = defaultState()
  const fast = { param: 'averageFast', from: 5, to: 100, step: 5 }
  const read = (changed: object) => decodeLink(link({ sweep: { ...sweep, ...changed } }))

  test('is left out while it is the one that the page begins with', () => {
    expect(encodeLink({ ...landingState(), sweep: { ...sweep, axes: [...sweep.axes] } })).toBe('')
  })

  test('may have six axes, and no seventh', () => {
    const names = ['stop', 'target', 'trailingStop', 'commissionBps', 'slippageBps', 'net', 'sector']
    const axes = names.map((param) => ({ param, from: 0, to: 0.1, step: 0.05 }))
    expect(read({ axes: axes.slice(0, 6) }).problems).toEqual([])
    expect(read({ axes }).problems).toHaveLength(1)
  })

  test.each([
    ['of a system that does not exist', { system: 'jets' }],
    ['of a parameter that the system does not have', { axes: [{ ...fast, param: 'constructor' }] }],
    ['of one parameter twice', { axes: [fast, fast] }],
    ['beyond the range of its parameter', { axes: [{ ...fast, to: 1e9 }] }],
    ['with a step of nothing', { axes: [{ ...fast, step: 0 }] }],
    ['backwards', { axes: [{ ...fast, step: -5 }] }],
    ['with half a day', { axes: [{ ...fast, step: 2.5 }] }],
    ['with a range of a choice', { axes: [{ param: 'ambiguousBar', from: 0, to: 1, step: 1 }] }],
    ['with values of a number', { axes: [{ param: 'averageFast', values: ['5'] }] }],
    ['with a choice that there is not', { axes: [{ param: 'ambiguousBar', values: ['kind'] }] }],
    ['with one choice twice', { axes: [{ param: 'wholeShares', values: [true, true] }] }],
    [
      'with more values than there can be',
      { axes: [{ param: 'wholeShares', values: Array(21).fill(true) }] },
    ],
    ['of more draws than a sweep holds', { design: { kind: 'latin', count: 1e7, seed: 1 } }],
    ['by a metric that is not kept', { metric: 'luck' }],
    ['that is no sweep', { axes: 'all' }],
  ])('%s is not used and named', (_, changed) => {
    const { state, problems } = read(changed)
    expect(state).toEqual(defaultState())
    expect(problems).toEqual(['“sweep” in this link is not valid and was left at its default.'])
  })

  test('keeps the axes that it draws by name', () => {
    const drawn = {
      ...sweep,
      axes: [...sweep.axes, { param: 'wholeShares', values: [false, true] }],
      x: 'wholeShares',
    }
    expect(decodeLink(encodeLink({ ...defaultState(), sweep: drawn })).state.sweep).toEqual(drawn)
    expect(systemInfoOf('options').params.wholeShares.kind).toBe('boolean')
  })
})

describe('a walk-forward in a link', () => {
  const { walk } = defaultState()

  test('is left out where nobody changed it', () => {
    expect(encodeLink({ ...landingState(), walk: { ...walk, axes: [...walk.axes] } })).toBe('')
  })

  test.each([
    ['that trains on no days', { train: 0 }],
    ['with half a day', { test: 10.5 }],
    ['with a gap below nought', { gap: -1 }],
    ['with an embargo without end', { embargo: 1e9 }],
    ['that optimises what it cannot', { objective: 'winRate' }],
    ['over a parameter that the system lacks', { axes: [{ param: 'moon', from: 1, to: 2, step: 1 }] }],
    ['that is neither anchored nor rolling', { anchored: 'yes' }],
  ])('%s is not used', (_, change) => {
    const { state, problems } = decodeLink(link({ walk: { ...walk, ...change } }))
    expect(state.walk).toEqual(walk)
    expect(problems).toEqual(['“walk” in this link is not valid and was left at its default.'])
  })
})

describe('a plan of the Playground in a link', () => {
  const { playground } = defaultState()
  const { settings } = playground

  test.each<[string, object]>([
    ['an unknown model', { modes: ['oracle'] }],
    ['no model at all', { modes: [] }],
    ['a model twice', { modes: ['trm', 'trm'] }],
    ['an unknown backend', { backend: 'server' }],
    ['a width beyond what a tab can hold', { settings: { ...settings, hiddenSize: 1e6 } }],
    ['half a layer', { settings: { ...settings, layers: 1.5 } }],
    ['a learning rate left out', { settings: { ...settings, learningRate: null } }],
  ])('with %s is left at its default', (_what, change) => {
    const { state, problems } = decodeLink(link({ playground: { ...playground, ...change } }))
    expect(state.playground).toEqual(playground)
    expect(problems).toEqual(['“playground” in this link is not valid and was left at its default.'])
  })
})
