import { guardIds } from '../../workers/backtest/api.ts'
import type { Guard, GuardId, Outcome, RunRequest } from '../../workers/backtest/api.ts'

type Ask = (request: RunRequest, id: GuardId) => Promise<Outcome<Guard>>

/** Those that run everything again for each symbol, neighbour or draw. */
const heavy: ReadonlySet<GuardId> = new Set([
  'leaveSymbolOut',
  'parameterJitter',
  'randomEntries',
  'shiftedSignals',
])
/** Milliseconds that a rerun may take before the heavy ones wait to be asked for. */
const patience = 50
/** What “one and two days late” runs, which comes before the heavy ones and so tells what a rerun takes. */
const rerunsOfDelay = 2

export interface FoundGuard {
  guard: Guard
  /** Of the result it was found in. */
  hash: string
}

/** What else could explain the newest result: one guard after the other, once its evidence is there. */
export class Guards {
  found = $state.raw<ReadonlyMap<GuardId, FoundGuard>>(new Map())
  measuring = $state.raw<GuardId | null>(null)
  /** Still to come without being asked for. */
  queue = $state.raw<readonly GuardId[]>([])
  /** Wait to be asked for: they take long, or were interrupted. */
  offered = $state.raw<ReadonlySet<GuardId>>(new Set())
  /** Why one could not be measured. */
  failed = $state.raw<ReadonlyMap<GuardId, string>>(new Map())
  #ticket = 0
  #request: RunRequest | null = null
  #hash = ''
  #slow = false
  /** Heavy ones that were asked for. */
  #wanted = new Set<GuardId>()

  constructor(private readonly ask: Ask) {}

  /** Measures all guards of this result. */
  start(request: RunRequest, hash: string): Promise<void> {
    this.stop()
    this.#request = request
    this.#hash = hash
    this.#slow = false
    this.queue = guardIds
    return this.#work()
  }

  /** The settings have moved on: nothing more is asked of this result, and what was found of it stays. */
  stop(): void {
    this.#ticket++
    this.#request = null
    this.#wanted.clear()
    this.measuring = null
    this.queue = []
    this.offered = new Set()
    this.failed = new Map()
  }

  /** What was found says nothing of other prices or another system. */
  clear(): void {
    this.stop()
    this.found = new Map()
  }

  /** Measures one that was offered, after those that are under way. */
  measure(id: GuardId): Promise<void> {
    this.offered = new Set([...this.offered].filter((other) => other !== id))
    this.#wanted.add(id)
    this.queue = [...this.queue, id]
    return this.measuring === null ? this.#work() : Promise.resolve()
  }

  async #work(): Promise<void> {
    const ticket = this.#ticket
    const request = this.#request
    for (let id = this.queue[0]; id !== undefined && request; id = this.queue[0]) {
      this.queue = this.queue.slice(1)
      if (this.#slow && heavy.has(id) && !this.#wanted.has(id)) {
        this.offered = new Set([...this.offered, id])
        continue
      }
      this.measuring = id
      const outcome = await this.#one(request, id)
      if (ticket !== this.#ticket) return
      this.measuring = null
      if (outcome.ok) this.found = new Map(this.found).set(id, { guard: outcome.value, hash: this.#hash })
      else if (outcome.code === 'superseded') this.offered = new Set([...this.offered, id])
      else this.failed = new Map(this.failed).set(id, outcome.message)
    }
  }

  async #one(request: RunRequest, id: GuardId): Promise<Outcome<Guard>> {
    const started = performance.now()
    try {
      const outcome = await this.ask(request, id)
      if (id === 'delay') this.#slow = performance.now() - started > patience * rerunsOfDelay
      return outcome
    } catch {
      return { ok: false, code: 'superseded', message: '' }
    }
  }
}
