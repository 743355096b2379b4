import type { BacktestApi, Outcome, RunRequest } from '../../workers/backtest/api.ts'
import type { PanelSummary } from '../../workers/data/api.ts'
import type { SystemId } from '../../workers/systems/api.ts'
import type { AppState } from './appState.ts'
import { runRequest, type Market } from './runRequest.ts'
import type { Engine } from './workers.ts'

/** What the part of a system needs of the workspace. */
export interface Host {
  readonly state: AppState
  readonly engine: Engine | null
  readonly simulated: boolean
  readonly panel: PanelSummary | null
  panelFor(system: SystemId): Promise<Outcome<Market & { panelId: string }>>
  /** The same, with everything that has to be scored before the system can run. */
  runnable(system: SystemId): Promise<Outcome<Market & { panelId: string }>>
  change(part: Partial<AppState>, options?: { live?: boolean }): void
}

type Answers = Engine['backtest']

/** The data of one system in a tab: what is in use, and what can be asked of it beside the report. */
export abstract class SystemData<Status> {
  /** Null until the data are loaded. */
  status = $state.raw<Status | null>(null)
  /** Names the data in use; '' = none yet. What was asked of others has to be asked again. */
  data = $state.raw('')
  /** Why there is nothing to ask, and what to do; '' = nothing is wrong. */
  problem = $state.raw('')
  /** What is going on, in words; '' = nothing. */
  doing = $state.raw('')

  protected readonly host: Host
  /** The panel that the worker is known to have. */
  protected held = ''
  /** One opening at a time, whoever asks. */
  #opening: { key: string; status: Promise<Outcome<Status>> } | null = null

  /**
   * @param system whose data
   * @param reading what is said while they are read
   */
  constructor(
    host: Host,
    private readonly system: SystemId,
    readonly reading: string,
  ) {
    this.host = host
  }

  protected abstract readStatus(api: Answers): Promise<Outcome<Status>>

  get simulated(): boolean {
    return this.host.simulated
  }

  /** Loads the data in use, where they are not loaded; never rejects. */
  async open(): Promise<Outcome<Status>> {
    try {
      const panel = await this.host.panelFor(this.system)
      const outcome = panel.ok ? await this.statusOf(panel.value.panelId) : panel
      this.problem = outcome.ok || outcome.code === 'not-ready' ? '' : outcome.message
      return outcome
    } catch (cause) {
      return stopped(cause)
    }
  }

  /** The status of the panel that has just reached the worker. */
  statusOf(panelId: string): Promise<Outcome<Status>> {
    const { engine } = this.host
    if (!engine) return Promise.resolve(notReady)
    if (this.held === panelId && this.status) return Promise.resolve({ ok: true, value: this.status })
    if (this.#opening?.key === panelId) return this.#opening.status
    this.doing = this.reading
    const read = async (): Promise<Outcome<Status>> => {
      try {
        const outcome = await this.readStatus(engine.backtest)
        if (outcome.ok) {
          this.status = outcome.value
          this.data = panelId
          this.held = panelId
        }
        return outcome
      } finally {
        this.doing = ''
        if (this.#opening?.key === panelId) this.#opening = null
      }
    }
    const status = read()
    this.#opening = { key: panelId, status }
    return status
  }

  /** What the worker holds is not what is in use any more; what is on screen stays until the next is there. */
  forget(): void {
    this.held = ''
    this.#opening = null
    this.doing = ''
  }

  /** Asks the worker once the data are there. */
  protected async ask<T>(question: (api: BacktestApi) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const opened = await this.open()
    if (!opened.ok) return opened
    const { engine } = this.host
    if (!engine) return notReady
    try {
      return await question(engine.backtest)
    } catch (cause) {
      return stopped(cause)
    }
  }

  /** Asks about the run that the settings of the moment ask for. */
  protected async askRun<T>(
    question: (api: BacktestApi, request: RunRequest) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const { state } = this.host
    try {
      const panel = await this.host.runnable(this.system)
      if (!panel.ok) return panel
      return await this.ask((api) => question(api, runRequest(state, this.system, panel.value)))
    } catch (cause) {
      return stopped(cause)
    }
  }
}

export const notReady = {
  ok: false as const,
  code: 'not-ready',
  message: 'The engine is still starting; try again in a moment.',
}

export function stopped(cause: unknown): { ok: false; code: string; message: string } {
  const message = cause instanceof Error ? cause.message : String(cause)
  return { ok: false, code: 'superseded', message }
}
