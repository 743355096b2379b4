import type {
  CoLocation,
  CompanyYear,
  EventRow,
  EventStudyRequest,
  EventStudyResult,
  Explanation,
  FlightMap,
  JetApi,
  JetStatus,
  Now,
  Outcome,
  ScoringModel,
  ThresholdRow,
  VisitMatrix,
} from '../../workers/backtest/api.ts'
import { paramsOf, type AppState, type CheckpointRef } from './appState.ts'
import { chainNeeds } from './chainNeeds.ts'
import type { JetModels } from './jetModels.svelte.ts'
import type { JetTab } from './jetTabs.ts'
import { parts } from './parts.svelte.ts'
import { systemOf } from './tablesRead.ts'
import { notReady, stopped, SystemData, type Host } from './systemData.svelte.ts'

/** The Jet system of a tab: the flights in use, what can be asked of them, and which model scores them. */
export class Jet extends SystemData<JetStatus> {
  /** Models that a person preferred, by their kind; of other kinds the newest counts, or that which came with the page. */
  chosen = $state.raw<Record<string, ScoringModel>>({})
  /** Legs to be shown on the map, indices into `FlightMap.legs`. */
  highlight = $state.raw<number[]>([])

  #models: Promise<JetModels> | null = null
  /** The models that were last found to decide, by their kind. */
  readonly #deciding = new Map<string, ScoringModel | null>()
  /** One scoring at a time, whoever asks. */
  #scores: { key: string; status: Promise<Outcome<JetStatus>> } | null = null

  readonly #loadModels: () => Promise<JetModels>

  constructor(
    host: Host,
    loadModels = () =>
      parts
        .load('models')
        .then(() => import('./jetModels.svelte.ts'))
        .then(({ JetModels }) => new JetModels()),
  ) {
    super(host, 'jet', 'Reading the flights')
    this.#loadModels = loadModels
  }

  protected readStatus(api: JetApi): Promise<Outcome<JetStatus>> {
    return api.jetStatus()
  }

  get tab(): JetTab {
    return this.host.state.jetTab
  }

  show(tab: JetTab): void {
    this.host.change({ jetTab: tab })
  }

  showOnMap(legs: number[]): void {
    this.highlight = legs
    this.show('map')
  }

  // ── Questions ───────────────────────────────────────────────────────────

  override forget(): void {
    super.forget()
    this.#scores = null
  }

  flightMap(): Promise<Outcome<FlightMap>> {
    return this.ask((api) => api.flightMap())
  }
  companyYear(symbol: string, year: number): Promise<Outcome<CompanyYear>> {
    return this.ask((api) => api.companyYear(symbol, year))
  }
  coLocations(first: string, second: string, limit: number): Promise<Outcome<CoLocation[]>> {
    return this.ask((api) => api.coLocations(first, second, limit))
  }
  visitMatrix(from: number | null, to: number | null): Promise<Outcome<VisitMatrix>> {
    return this.ask((api) => api.visitMatrix(from, to))
  }
  eventTimeline(): Promise<Outcome<EventRow[]>> {
    return this.ask((api) => api.eventTimeline())
  }
  eventStudy(request: EventStudyRequest): Promise<Outcome<EventStudyResult>> {
    return this.ask((api) => api.eventStudy(request))
  }

  /** The latest day, scored by the model that decides; without one it is told what is unusual, and no more. */
  async now(): Promise<Outcome<Now>> {
    const scored = await this.score()
    if (!scored.ok && scored.code !== 'no-model') return scored
    const model = scored.ok ? await this.model() : null
    return this.ask((api) => api.jetNow(model?.ok ? (model.value?.id ?? null) : null))
  }

  /** What other thresholds would have brought. */
  async thresholds(): Promise<Outcome<ThresholdRow[]>> {
    const scored = await this.score()
    if (!scored.ok) return scored
    const model = await this.model()
    return this.ask((api) => api.jetThresholds(model.ok ? (model.value?.id ?? null) : null))
  }

  async explain(model: string, row: number): Promise<Outcome<Explanation>> {
    return this.ask((api) => api.jetExplain(model, row))
  }

  // ── Models ──────────────────────────────────────────────────────────────

  /** The worker that has the models, joined to that which has the flights; it starts when first asked for. */
  async models(): Promise<JetModels> {
    this.#models ??= this.#loadModels()
    this.#models.catch(() => (this.#models = null))
    const models = await this.#models
    const { engine } = this.host
    if (engine) models.join(engine.backtest)
    return models
  }

  /** The kind of the model that decides; where a rule does, HRM is asked for what a rule cannot tell. */
  get kind(): string {
    const { model } = paramsOf(this.host.state, 'jet')
    return typeof model === 'string' && !isRule(model) ? model : 'hrm'
  }

  /** The model of a kind that decides; null where none fits these flights. */
  async model(kind = this.kind): Promise<Outcome<ScoringModel | null>> {
    const outcome = await this.#find(kind)
    if (outcome.ok) this.#deciding.set(kind, outcome.value)
    return outcome
  }

  /** The model with the last word in a state, where another browser can only know it by its hash. */
  decidedBy(state: AppState): CheckpointRef | null {
    const system = systemOf(state)
    const integrated = system === 'options' && chainNeeds(state).others
    if (system !== 'jet' && !integrated) return null
    const model = this.#deciding.get(integrated ? 'hrm' : String(paramsOf(state, 'jet').model))
    return model?.packaged === false ? refOf(model) : null
  }

  async #find(kind: string): Promise<Outcome<ScoringModel | null>> {
    const { checkpoint } = this.host.state
    if (checkpoint?.kind === kind) return this.#named(checkpoint)
    const chosen = this.chosen[kind]
    // One that is stored is named by the state, so that going back in the history takes it back too.
    if (chosen?.sha256 === undefined && chosen) return { ok: true, value: chosen }
    const opened = await this.open()
    if (!opened.ok) return opened
    try {
      const models = await this.models()
      const packaged = kind === 'hrm' ? await models.packaged(opened.value.datasetHash) : null
      if (packaged && (!packaged.ok || packaged.value)) return packaged
      if (models.known === null) await models.look()
      return { ok: true, value: models.known?.findLast((model) => kindOf(model) === kind) ?? null }
    } catch (cause) {
      return stopped(cause)
    }
  }

  /** The model that a link or the person named; it is never trained to fill its place. */
  async #named(checkpoint: CheckpointRef): Promise<Outcome<ScoringModel | null>> {
    const opened = await this.open()
    if (!opened.ok) return opened
    const { kind, sha256 } = checkpoint
    try {
      const models = await this.models()
      const isIt = (model: ScoringModel) => model.sha256 === sha256 && kindOf(model) === kind
      if (!models.known?.some(isIt)) await models.look()
      const value = models.known?.find(isIt)
      return value ? { ok: true, value } : missingModel(checkpoint)
    } catch (cause) {
      return stopped(cause)
    }
  }

  /** Lets a model decide. */
  choose(model: ScoringModel): void {
    const kind = kindOf(model)
    this.chosen = { ...this.chosen, [kind]: model }
    const { params } = this.host.state
    this.host.change({
      params: { ...params, jet: { ...params.jet, model: kind } },
      checkpoint: model.packaged ? null : refOf(model),
    })
  }

  /** Lets the model that came with the page decide again, or where that does not fit, the newest. */
  chooseUsual(): void {
    this.chosen = {}
    this.host.change({ checkpoint: null })
  }

  /** The scores of the model of a kind are in the worker when this has resolved well. */
  async score(kind = this.kind): Promise<Outcome<JetStatus>> {
    const opened = await this.open()
    if (!opened.ok) return opened
    const model = await this.model(kind)
    if (!model.ok) return model
    if (!model.value) return kind === 'hrm' ? noModel : notFitted
    const scoring = model.value
    if (opened.value.models.some(({ id }) => id === scoring.id)) return opened
    const key = `${this.held} ${scoring.id}`
    if (this.#scores?.key === key) return this.#scores.status
    const status = this.#score(scoring, opened.value.rows).finally(() => {
      if (this.#scores?.key === key) this.#scores = null
    })
    this.#scores = { key, status }
    return status
  }

  async #score(model: ScoringModel, rows: number): Promise<Outcome<JetStatus>> {
    const { engine } = this.host
    if (!engine) return notReady
    this.doing = `Scoring ${rows.toLocaleString('en-US')} rows by ${model.name}`
    try {
      const outcome = await engine.backtest.jetScore(model)
      if (outcome.ok) this.status = outcome.value
      return outcome
    } catch (cause) {
      return stopped(cause)
    } finally {
      this.doing = ''
    }
  }
}

const noModel = {
  ok: false as const,
  code: 'no-model',
  message:
    'The model that came with this page does not fit these flights. Train one under “Model”, or let a rule decide.',
}

const notFitted = {
  ok: false as const,
  code: 'no-model',
  message:
    'The model that is to decide has not been fitted on these flights yet. Run the ladder or train it under “Model”.',
}

function missingModel({ name, sha256 }: CheckpointRef) {
  return {
    ok: false as const,
    code: 'no-model',
    message:
      `The model “${name}” (checkpoint ${sha256.slice(0, 12)}…) is to decide, and it is not in this browser. ` +
      'Load its .safetensors file, or let another one decide. Nothing is trained by itself.',
  }
}

function refOf(model: ScoringModel): CheckpointRef | null {
  const { name, sha256 } = model
  return sha256 ? { name: name.slice(0, 120), kind: kindOf(model), sha256 } : null
}

/** Rules decide by what they are; nothing has to be scored. */
export function isRule(model: string): boolean {
  return model === 'visits' || model === 'flights'
}

/** How the parameter of the system names a model. */
export function kindOf({ kind = 'hrm-v1' }: ScoringModel): string {
  return kind === 'hrm-v1' ? 'hrm' : kind
}
