import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultState, type AppState } from '../../../src/state/appState.ts'
import { isRule, Jet } from '../../../src/state/jet.svelte.ts'
import type { JetModels } from '../../../src/state/jetModels.svelte.ts'
import type { Engine } from '../../../src/state/workers.ts'
import type { JetStatus, Outcome, ScoringModel } from '../../../workers/backtest/api.ts'
import type { PanelSummary } from '../../../workers/data/api.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const no = (message: string) => Promise.resolve({ ok: false as const, code: 'no-flights', message })

const messageOf = (outcome: Outcome<unknown>) => (outcome.ok ? '' : outcome.message)

function model(id: string, kind?: string): ScoringModel {
  return {
    id,
    kind,
    name: id,
    features: [],
    trainedUntil: 100,
    validatedUntil: 200,
    dataset: 'abc',
    packaged: id === 'packaged',
  }
}

/** A tab with flights, and workers that answer at once. */
function setUp() {
  let scored: ScoringModel[] = []
  const status = (): JetStatus =>
    ({ rows: 9_400, datasetHash: 'abc', split: { testFrom: 19_000 }, models: scored }) as unknown as JetStatus
  const backtest = {
    jetStatus: vi.fn(() => ok(status())),
    jetScore: vi.fn((by: ScoringModel) => {
      scored = [...scored, by]
      return ok(status())
    }),
    jetNow: vi.fn((id: string | null) => ok({ model: id })),
  }
  const models = {
    known: null as ScoringModel[] | null,
    join: vi.fn(),
    packaged: vi.fn((): Promise<Outcome<ScoringModel | null>> => ok(model('packaged'))),
    look: vi.fn(() => {
      models.known = [model('packaged'), model('old trees', 'boosted-trees'), model('trees', 'boosted-trees')]
      return Promise.resolve()
    }),
  }
  const host = {
    state: defaultState(),
    engine: { backtest } as unknown as Engine,
    simulated: true,
    panelId: 'p1',
    panel: null,
    panelFor: vi.fn((): Promise<Outcome<PanelSummary>> => ok({ panelId: host.panelId } as PanelSummary)),
    runnable: (): Promise<Outcome<PanelSummary>> => host.panelFor(),
    change(part: Partial<AppState>) {
      host.state = { ...host.state, ...part }
    },
  }
  const jet = new Jet(host, () => Promise.resolve(models as unknown as JetModels))
  const decide = (by: string) => host.change({ params: { ...host.state.params, jet: { model: by } } })
  return { backtest, models, host, jet, decide }
}

let page = setUp()
beforeEach(() => (page = setUp()))

describe('the flights', () => {
  test('are asked about once, however many look at them, and again when there are others', async () => {
    await Promise.all([page.jet.open(), page.jet.open()])
    expect(page.backtest.jetStatus).toHaveBeenCalledTimes(1)
    page.host.panelId = 'p2'
    await page.jet.open()
    expect(page.backtest.jetStatus).toHaveBeenCalledTimes(2)
    expect(page.jet.data).toBe('p2')
  })

  test('stay on screen while others are read, but are not taken for them', async () => {
    await page.jet.open()
    page.jet.forget()
    expect(page.jet.status?.rows).toBe(9_400)
    await page.jet.open()
    expect(page.backtest.jetStatus).toHaveBeenCalledTimes(2)
  })

  test('that are not there are a sentence in place, gone once they are', async () => {
    page.host.panelFor.mockReturnValueOnce(no('Load flights.'))
    await page.jet.open()
    expect(page.jet.problem).toBe('Load flights.')
    await page.jet.open()
    expect(page.jet.problem).toBe('')
  })
})

describe('scores', () => {
  test('come from the model of the page, once for all who ask, and say what is going on', async () => {
    let go: (value: Outcome<JetStatus>) => void = () => undefined
    page.backtest.jetScore.mockReturnValueOnce(new Promise((resolve) => (go = resolve as typeof go)))
    const both = Promise.all([page.jet.score(), page.jet.score()])
    await vi.waitFor(() => expect(page.jet.doing).toBe('Scoring 9,400 rows by packaged'))
    go({ ok: true, value: page.jet.status! })
    await both
    expect(page.backtest.jetScore).toHaveBeenCalledTimes(1)
    expect(page.jet.doing).toBe('')
  })

  test('that are there already are not computed again', async () => {
    await page.jet.score()
    await page.jet.score()
    expect(page.backtest.jetScore).toHaveBeenCalledTimes(1)
  })

  test('of another kind come from the newest that was fitted here, unless one is preferred', async () => {
    page.decide('boosted-trees')
    await page.jet.score()
    expect(page.backtest.jetScore).toHaveBeenLastCalledWith(expect.objectContaining({ id: 'trees' }))
    page.jet.choose(model('old trees', 'boosted-trees'))
    await page.jet.score()
    expect(page.backtest.jetScore).toHaveBeenLastCalledWith(expect.objectContaining({ id: 'old trees' }))
  })

  test('of what was never fitted are refused with what to do', async () => {
    page.decide('gru')
    expect(messageOf(await page.jet.score())).toContain('ladder')
    page.decide('hrm')
    page.models.packaged.mockReturnValue(ok(null))
    page.models.look.mockImplementation(() => {
      page.models.known = []
      return Promise.resolve()
    })
    page.models.known = []
    expect(messageOf(await page.jet.score())).toContain('Train one')
  })

  test('that nobody can give leave the day unscored, and still shown', async () => {
    page.models.packaged.mockReturnValue(ok(null))
    page.models.known = []
    expect(await page.jet.now()).toMatchObject({ ok: true, value: { model: null } })
  })

  test('are asked of HRM where a rule decides, which has none', async () => {
    page.decide('visits')
    await page.jet.now()
    expect(page.backtest.jetNow).toHaveBeenCalledWith('packaged')
    expect(['visits', 'flights', 'hrm', 'gru'].filter(isRule)).toEqual(['visits', 'flights'])
  })
})

test('a model that is chosen decides in the report too', () => {
  page.jet.choose(model('trees', 'boosted-trees'))
  expect(page.host.state.params.jet.model).toBe('boosted-trees')
  page.jet.choose(model('mine', 'hrm-v1'))
  expect(page.host.state.params.jet.model).toBe('hrm')
})

describe('a model that was trained is named by the hash of its checkpoint', () => {
  const sha256 = 'c1'.repeat(32)
  const mine = { ...model('mine', 'hrm-v1'), name: 'HRM, 32 wide', sha256 }
  const wanted = { name: 'HRM, 32 wide', kind: 'hrm', sha256 }

  test('when it is chosen, and the one of the page by nothing', async () => {
    page.jet.choose(mine)
    expect(page.host.state.checkpoint).toEqual(wanted)
    page.jet.choose(model('packaged'))
    expect(page.host.state.checkpoint).toBe(null)
    page.host.state = { ...page.host.state, view: 'jet' }
    await page.jet.model()
    expect(page.jet.decidedBy(page.host.state)).toBe(null)
  })

  test('also where nobody chose it, because the one of the page does not fit', async () => {
    page.models.packaged.mockReturnValue(ok(null))
    page.models.known = [mine]
    page.host.state = { ...page.host.state, view: 'jet' }
    await page.jet.model()
    expect(page.jet.decidedBy(page.host.state)).toEqual(wanted)
    expect(page.jet.decidedBy({ ...page.host.state, view: 'tickets' })).toBe(null)
  })

  test('and decides where it is; elsewhere a sentence says which one is needed, and nothing is trained', async () => {
    page.host.state = { ...page.host.state, checkpoint: wanted }
    const without = await page.jet.score()
    expect(without).toMatchObject({ ok: false, code: 'no-model' })
    expect(messageOf(without)).toMatch(/“HRM, 32 wide” \(checkpoint c1c1c1c1c1c1…\).*Nothing is trained/)
    page.models.known = [model('packaged'), mine]
    expect(await page.jet.model()).toEqual({ ok: true, value: mine })
    page.jet.chooseUsual()
    expect(await page.jet.model()).toMatchObject({ ok: true, value: { id: 'packaged' } })
  })
})

test('the legs of a decision are shown on the map', () => {
  page.jet.showOnMap([3, 5])
  expect(page.jet.highlight).toEqual([3, 5])
  expect(page.host.state.jetTab).toBe('map')
})
