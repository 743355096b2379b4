import type { Outcome, WalkResult, WalkSpec, WalkStatus } from '../../workers/backtest/api.ts'
import type { PanelSummary } from '../../workers/data/api.ts'
import type { ParamValue, SystemId } from '../../workers/systems/api.ts'
import type { AppState } from './appState.ts'
import { runRequest } from './runRequest.ts'
import { modelsOf } from './sweepPlan.ts'
import { sameSpec } from './sweeps.svelte.ts'
import { walkSpecOf, type WalkPlan } from './walkPlan.ts'
import { EngineStopped, type Engine } from './workers.ts'

/** What a walk-forward needs of the workspace. */
interface Host {
  readonly state: AppState
  readonly engine: Engine | null
  readonly simulated: boolean
  /** The panel and all that runs need besides. */
  runnable(system: SystemId, state?: AppState, models?: ParamValue[]): Promise<Outcome<PanelSummary>>
}

/** A finished walk-forward, and the data it is of. */
export interface Walked {
  result: WalkResult
  data: string
  simulated: boolean
}

/** The walk-forward of a tab: what is under way in the worker, and the last one that was finished. */
export class Walks {
  /** Of the newest; it stays when that has ended. */
  status = $state.raw<WalkStatus | null>(null)
  /** Of the last that was finished: it stays until the next one is, whatever is looked at meanwhile. */
  walked = $state.raw<Walked | null>(null)
  running = $state.raw(false)
  problem = $state.raw('')

  readonly #host: Host
  #newest = 0

  constructor(host: Host) {
    this.#host = host
  }

  get plan(): WalkPlan {
    return this.#host.state.walk
  }

  /** Listens to a new engine. */
  begin(engine: Engine): void {
    engine.onWalk((status) => {
      if (status) {
        if (this.running) this.status = status
      } else if (this.running) {
        this.#stopped('The worker was restarted, which stopped the walk-forward. Run it again.')
      }
    })
  }

  /** Runs the walk-forward that the settings say; the one on screen stays until it has come through. */
  async start(): Promise<void> {
    const { state, simulated } = this.#host
    const { plan } = this
    const ticket = ++this.#newest
    this.problem = ''
    this.status = null
    this.running = true
    try {
      const panel = await this.#host.runnable(plan.system, state, modelsOf(plan))
      const { engine } = this.#host
      if (ticket !== this.#newest) return
      if (!panel.ok || !engine) {
        if (!panel.ok) this.problem = panel.message
        return
      }
      const spec = walkSpecOf(plan, runRequest(state, plan.system, panel.value))
      const outcome = await engine.backtest.walkForward(spec)
      if (ticket !== this.#newest) return
      if (outcome.ok) this.walked = { result: outcome.value, data: dataOf(state), simulated }
      else if (outcome.code !== 'superseded') this.problem = outcome.message
    } catch (cause) {
      if (ticket !== this.#newest) return
      this.problem =
        cause instanceof EngineStopped
          ? 'The engine stopped, and the walk-forward with it. Run it again.'
          : cause instanceof Error
            ? cause.message
            : String(cause)
    } finally {
      if (ticket === this.#newest) this.running = false
    }
  }

  async cancel(): Promise<void> {
    this.#newest++
    this.running = false
    if (this.status) this.status = { ...this.status, state: 'cancelled' }
    await this.#host.engine?.backtest.cancelWalk().catch(() => undefined)
  }

  #stopped(problem: string): void {
    this.#newest++
    this.running = false
    this.status = null
    this.problem = problem
  }
}

/** Names the data that a state uses. */
export function dataOf({ datasets, repairsOff }: Pick<AppState, 'datasets' | 'repairsOff'>): string {
  return JSON.stringify([datasets.map(({ sha256 }) => sha256), repairsOff])
}

/** Whether “Run” would compute what is on screen again. */
export function sameWalk(a: WalkSpec, b: WalkSpec): boolean {
  const lengths = ({ train, test, gap, embargo, anchored, objective }: WalkSpec) =>
    JSON.stringify([train, test, gap, embargo, anchored, objective])
  return sameSpec(a, b) && lengths(a) === lengths(b)
}
