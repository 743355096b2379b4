import type { Outcome, ReplayState } from '../../workers/backtest/api.ts'
import type { SystemId } from '../../workers/systems/api.ts'
import type { PaperHost } from './paper.svelte.ts'
import { runRequest, splitDay, type Market } from './runRequest.ts'
import { notReady } from './systemData.svelte.ts'

/** Days a second; as many as the worker manages where it is not finite. */
export const speeds = [1, 5, 20, Infinity] as const
export type Speed = (typeof speeds)[number]

/** More than any range has. */
const asFarAsItGoes = 1e6

const superseded = { ok: false as const, code: 'superseded', message: '' }

/** Days gone by, one after the other through the path of today; one replay per tab. */
export class Replay {
  system = $state.raw<SystemId>('options')
  /** Epoch days; null = by the data. */
  from = $state.raw<number | null>(null)
  to = $state.raw<number | null>(null)
  speed = $state.raw<Speed>(5)
  playing = $state.raw(false)
  /** The panel is being made, or the replay begins. */
  starting = $state.raw(false)
  /** What can be replayed: the range of the data, and the range chosen. */
  range = $state.raw<{ first: number; last: number; from: number; to: number } | null>(null)
  /** Trading days of the replay; 0 = not begun. */
  days = $state.raw(0)
  state = $state.raw<ReplayState | null>(null)
  problem = $state.raw('')
  /** Why it stands at its beginning again. */
  note = $state.raw('')

  readonly #host: PaperHost
  readonly #alone: <T>(task: () => Promise<Outcome<T>>) => Promise<Outcome<T>>
  /** What the replay under way stands on: panel, settings and range. */
  #on = ''
  /** Rises with every start, so that an answer of the replay before is not taken for one of this. */
  #turn = 0
  #running = false
  #wake: () => void = () => undefined

  constructor(host: PaperHost, alone: <T>(task: () => Promise<Outcome<T>>) => Promise<Outcome<T>>) {
    this.#host = host
    this.#alone = alone
  }

  get over(): boolean {
    return this.state !== null && this.state.at >= this.days - 1
  }

  /** Another system, or other days: the next step begins anew. */
  choose(part: Partial<Pick<Replay, 'system' | 'from' | 'to'>>): void {
    const other = part.system !== undefined && part.system !== this.system
    Object.assign(this, other ? { from: null, to: null } : {}, part)
    this.forget(other ? null : this.range)
  }

  /** Back to the beginning. */
  forget(range: Replay['range'] = null): void {
    this.#turn++
    this.playing = false
    this.starting = false
    this.#wake()
    this.days = 0
    this.state = null
    this.problem = ''
    this.note = ''
    this.range = range && { ...range, from: this.from ?? range.from, to: this.to ?? range.to }
  }

  /** Looks what can be replayed, without beginning. */
  async prepare(): Promise<void> {
    if (this.range) return
    const turn = this.#turn
    this.starting = true
    const panel = await this.#alone(() => this.#host.runnable(this.system))
    if (turn !== this.#turn) return
    this.starting = false
    if (panel.ok) this.range = this.#rangeOf(panel.value)
    else if (panel.code !== 'superseded' && panel.code !== 'not-ready') this.problem = panel.message
  }

  /** The last year, and nothing of it that was learnt from where that can be had. */
  #rangeOf(market: Market): NonNullable<Replay['range']> {
    const { state } = this.#host
    const { from: first, to: last } = market
    const untouched = splitDay(state, market) ?? first
    return {
      first,
      last,
      from: this.from ?? Math.max(first, Math.min(last, Math.max(untouched, last - 365))),
      to: this.to ?? last,
    }
  }

  play(): void {
    if (this.playing) return
    this.playing = true
    if (!this.#running) void this.#run()
  }

  pause(): void {
    this.playing = false
    this.#wake()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.playing && !this.over) {
      const began = performance.now()
      const days = Number.isFinite(this.speed) ? 1 : asFarAsItGoes
      if (!(await this.step(days))) break
      const rest = 1000 / this.speed - (performance.now() - began)
      if (this.playing && rest > 0) await this.#pauseOf(rest)
    }
    this.#running = false
    this.playing = false
  }

  #pauseOf(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /**
   * Goes on by so many days, from the beginning where there was none.
   *
   * @returns whether it went on
   */
  async step(days = 1): Promise<boolean> {
    const turn = this.#turn
    const outcome = await this.#alone(() => this.#go(days, turn))
    if (turn !== this.#turn) return false
    if (!outcome.ok) {
      if (outcome.code !== 'superseded') this.problem = outcome.message
      this.playing = false
      // Whatever the worker holds now, the next step begins anew.
      this.#on = ''
      return false
    }
    this.problem = ''
    this.state = outcome.value
    return true
  }

  async #go(days: number, turn: number): Promise<Outcome<ReplayState>> {
    const begun = await this.#begun(turn)
    if (!begun.ok) return begun
    const { engine } = this.#host
    return engine ? engine.backtest.replayOn(days) : notReady
  }

  /** A replay on the panel in use: that under way, or one that begins. */
  async #begun(turn: number): Promise<Outcome<unknown>> {
    this.starting = this.days === 0
    try {
      const { state } = this.#host
      const panel = await this.#host.runnable(this.system)
      if (!panel.ok) return panel
      const { engine } = this.#host
      if (!engine) return notReady
      const range = this.#rangeOf(panel.value)
      const request = { ...runRequest(state, this.system, panel.value), to: range.to }
      const on = JSON.stringify([panel.value.panelId, request, range.from])
      if (this.days > 0 && on === this.#on) return panel
      if (turn !== this.#turn) return superseded
      if (this.days > 0) {
        this.note = 'The data or the settings have changed, so the replay has begun anew.'
        this.state = null
      }
      const started = await engine.backtest.startReplay(request, range.from, range.to)
      if (!started.ok) return started
      if (turn !== this.#turn) return superseded
      this.range = range
      this.days = started.value.days
      this.#on = on
      return started
    } finally {
      if (turn === this.#turn) this.starting = false
    }
  }
}
