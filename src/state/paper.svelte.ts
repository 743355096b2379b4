import type {
  Decision,
  LiveSignals,
  Outcome,
  PaperBook,
  PaperView,
  TakenBy,
  TakenDecision,
} from '../../workers/backtest/api.ts'
import type { DatasetSummary, PanelSummary } from '../../workers/data/api.ts'
import type { CollectedTable } from '../../workers/live/api.ts'
import { systemInfos, type ParamValue, type SystemId } from '../../workers/systems/api.ts'
import { paramsOf, type AppState } from './appState.ts'
import { dayOfNextClose } from './dayOfNextClose.ts'
import type { Live } from './live.svelte.ts'
import { Replay } from './replay.svelte.ts'
import { runRequest, type Market } from './runRequest.ts'
import { feedKey, revived, withSignals, type FeedItem, type Seen } from './signalFeed.ts'
import { signalsInWords } from './signalWords.ts'
import { store, stored } from './storedJson.ts'
import { notReady, stopped } from './systemData.svelte.ts'
import { systemsThatRead } from './watchedTables.ts'
import type { Engine } from './workers.ts'

/** What live signals and paper books need of the workspace. */
export interface PaperHost {
  readonly state: AppState
  readonly engine: Engine | null
  readonly panel: PanelSummary | null
  readonly datasets: DatasetSummary[]
  readonly missing: unknown[]
  readonly live: Pick<Live, 'onCollected'>
  runnable(
    system: SystemId,
    state?: AppState,
    models?: ParamValue[],
    today?: number | null,
  ): Promise<Outcome<Market & { panelId: string }>>
  cancelRun(): Promise<void>
}

/** The last look at a system. */
export interface Look {
  phase: 'waiting' | 'looking' | 'done' | 'failed'
  /** A sentence where it failed. */
  problem: string
  /** Epoch milliseconds when it ended; NaN = not yet. */
  at: number
  /** Last day with a close, and how many signals it had; NaN = not looked at in this visit. */
  day: number
  decided: number
  /** The day that has begun, where it has something to say. */
  today: number | null
  provisional: number
  milliseconds: number
}

export type Permission = NotificationPermission | 'unsupported'

const watchedKey = 'contrail.live.watched'
const feedStore = 'contrail.live.feed'
const seenStore = 'contrail.live.seen'

/** Rows come in bursts; a look begins when the burst is over. */
const quietMs = 2000

const superseded = { ok: false as const, code: 'superseded', message: '' }

const unlooked: Look = {
  phase: 'done',
  problem: '',
  at: NaN,
  day: NaN,
  decided: 0,
  today: null,
  provisional: 0,
  milliseconds: 0,
}

/** Signals as they come, the books they are taken into, and the replay of days gone by. One instance per tab. */
export class Paper {
  /** Systems that are looked at when rows come in. */
  watched = $state.raw<SystemId[]>(stored(watchedKey, [], isSystems))
  /** Newest first. */
  feed = $state.raw<FeedItem[]>(revived(stored(feedStore, [], Array.isArray)))
  looks = $state.raw<Partial<Record<SystemId, Look>>>({})
  /** What is new since the page was opened, in a sentence for those who hear the page. */
  said = $state.raw('')
  permission = $state.raw<Permission>(permissionNow())

  /** Null until they were read. */
  books = $state.raw<PaperBook[] | null>(null)
  views = $state.raw<Partial<Record<SystemId, PaperView>>>({})
  /** Why a book cannot be shown or changed, by system. */
  bookProblems = $state.raw<Partial<Record<SystemId, string>>>({})
  /** Book that is being computed or changed. */
  busy = $state.raw<SystemId | null>(null)

  readonly replay: Replay
  readonly #host: PaperHost
  readonly #now: () => number
  #seen: Seen = stored(seenStore, [], Array.isArray)
  #queue: SystemId[] = []
  #looking: Promise<void> | null = null
  /** Rises when what is under way is to be forgotten. */
  #turn = 0
  #heard = new Set<SystemId>()
  #quiet: ReturnType<typeof setTimeout> | undefined
  /** One thing at a time stands on the panel of the worker. */
  #serial: Promise<unknown> = Promise.resolve()

  constructor(host: PaperHost, now: () => number = Date.now) {
    this.#host = host
    this.#now = now
    this.replay = new Replay(host, (task) => this.#alone(task))
    host.live.onCollected((tables) => this.#heardTables(tables))
  }

  /** The system that is looked at just now. */
  get looking(): SystemId | null {
    return systemInfos.find(({ id }) => this.looks[id]?.phase === 'looking')?.id ?? null
  }

  bookOf(system: SystemId): PaperBook | null {
    return this.books?.find((book) => book.system === system) ?? null
  }

  /** A decision as it stands in the book of its system; null where it was not taken. */
  takenOf(decision: Decision): TakenDecision | null {
    const key = feedKey(decision, false, false)
    return this.bookOf(decision.system)?.taken.find((one) => feedKey(one, false, false) === key) ?? null
  }

  // ── Looking ─────────────────────────────────────────────────────────────

  watch(system: SystemId, on: boolean): void {
    const others = this.watched.filter((id) => id !== system)
    this.watched = on ? [...others, system] : others
    store(watchedKey, this.watched)
  }

  /** Rows of these tables have been taken in: the systems that read them are looked at when no more come. */
  #heardTables(tables: CollectedTable[]): void {
    for (const system of systemsThatRead(tables, this.watched)) this.#heard.add(system)
    if (this.#heard.size > 0) this.#whenQuiet()
  }

  #whenQuiet(): void {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => {
      // The replay stands on the panel that the look would replace.
      if (this.replay.playing) return this.#whenQuiet()
      const systems = [...this.#heard]
      this.#heard.clear()
      void this.look(systems)
    }, quietMs)
  }

  /** Looks at these systems, one after the other; resolves when the last has answered. */
  look(systems: SystemId[]): Promise<void> {
    for (const system of systems) {
      if (this.#queue.includes(system)) continue
      this.#queue.push(system)
      if (this.looks[system]?.phase !== 'looking') this.#note(system, { phase: 'waiting', problem: '' })
    }
    this.#looking ??= this.#work().finally(() => (this.#looking = null))
    return this.#looking
  }

  async #work(): Promise<void> {
    for (let system = this.#queue.shift(); system; system = this.#queue.shift()) {
      const turn = this.#turn
      this.#note(system, { phase: 'looking' })
      const outcome = await this.#alone(() => this.#signalsOf(system, turn))
      if (turn !== this.#turn) continue
      if (outcome.ok) await this.#heardOf(outcome.value)
      else if (outcome.code === 'superseded')
        this.#note(system, { phase: 'failed', problem: 'Something else came in between. Look once more.' })
      else this.#note(system, { phase: 'failed', problem: outcome.message })
    }
  }

  /** Stops what is looked at or valued just now, and forgets what waits for its turn. */
  async stop(): Promise<void> {
    this.#turn++
    this.#queue = []
    this.looks = Object.fromEntries(
      Object.entries(this.looks).map(([system, look]) => [
        system,
        look.phase === 'waiting' || look.phase === 'looking' ? { ...look, phase: 'done' } : look,
      ]),
    )
    await this.#host.cancelRun()
  }

  async #signalsOf(system: SystemId, turn: number): Promise<Outcome<LiveSignals>> {
    const { state, engine, missing } = this.#host
    if (!engine) return notReady
    if (missing.length > 0)
      return { ok: false, code: 'missing', message: 'A file of this link is not here. Add it under Data.' }
    const panel = await this.#host.runnable(system, state, undefined, this.today())
    if (!panel.ok) return panel
    if (turn !== this.#turn) return superseded
    return engine.backtest.liveSignals({ ...runRequest(state, system, panel.value), to: null })
  }

  /** The day that has begun, where rows of it can have come in. */
  today(): number | null {
    return this.#host.datasets.some(({ collected }) => collected) ? dayOfNextClose(this.#now()) : null
  }

  async #heardOf(signals: LiveSignals): Promise<void> {
    const { system } = signals
    const at = this.#now()
    const { feed, seen, fresh } = withSignals(this.feed, this.#seen, signals, at)
    this.feed = feed
    this.#seen = seen
    store(feedStore, feed)
    store(seenStore, seen)
    this.#note(system, {
      phase: 'done',
      problem: '',
      at,
      day: signals.day,
      decided: signals.decided.length,
      today: signals.provisional?.day ?? null,
      provisional: signals.provisional?.decisions.length ?? 0,
      milliseconds: signals.milliseconds,
    })
    if (fresh.length > 0) this.#tell(system, fresh)
    await this.#takeByRule(signals)
  }

  #note(system: SystemId, part: Partial<Look>): void {
    this.looks = { ...this.looks, [system]: { ...unlooked, ...this.looks[system], ...part } }
  }

  #tell(system: SystemId, fresh: FeedItem[]): void {
    const { title, body } = signalsInWords(system, fresh)
    this.said = `${title}: ${body}`
    if (this.permission !== 'granted') return
    try {
      new Notification(title, { body, tag: feedKey(fresh[0].decision, fresh[0].provisional, false) })
    } catch {
      // Some browsers only let a service worker notify; the line on the page has said it.
    }
  }

  /** Only ever asked on a click. */
  async askPermission(): Promise<void> {
    if (this.permission === 'unsupported') return
    this.permission = await Notification.requestPermission()
  }

  // ── Books ───────────────────────────────────────────────────────────────

  async readBooks(): Promise<void> {
    const outcome = await this.#ask((api) => api.papers())
    if (outcome.ok) this.books = outcome.value
  }

  /** What every book came to. */
  async readViews(): Promise<void> {
    await this.readBooks()
    const turn = this.#turn
    for (const book of this.books ?? []) if (turn === this.#turn) await this.readView(book.system)
  }

  /** What the book came to by the last close of the data in use. */
  readView(system: SystemId): Promise<void> {
    return this.#onBook(system, () => this.#viewOf(system))
  }

  /**
   * Opens the book of a system under the settings of its view, or changes what it takes.
   *
   * @param takeFrom conviction from which signals are taken by rule; null = by hand
   */
  openBook(system: SystemId, takeFrom: number | null): Promise<void> {
    return this.#onBook(system, async () => {
      const { state } = this.#host
      const panel = await this.#host.runnable(system, state, undefined, this.today())
      if (!panel.ok) return panel
      const request = { ...runRequest(state, system, panel.value), to: null }
      // What was decided at the last close may still be taken; only the worker knows which day that was.
      const newest = await this.#ask((api) => api.liveSignals(request))
      if (!newest.ok) return newest
      const from = this.bookOf(system)?.from ?? newest.value.day
      return this.#changed(await this.#ask((api) => api.openPaper(request, from, takeFrom)))
    })
  }

  /** Another rule from now on; what was taken stays. */
  changeRule(system: SystemId, takeFrom: number | null): Promise<void> {
    const book = this.bookOf(system)
    if (!book) return Promise.resolve()
    return this.#onBook(system, async () =>
      this.#changed(await this.#ask((api) => api.openPaper(book.request, book.from, takeFrom))),
    )
  }

  closeBook(system: SystemId): Promise<void> {
    return this.#onBook(system, async () => {
      const outcome = await this.#ask((api) => api.closePaper(system))
      if (outcome.ok) {
        this.books = (this.books ?? []).filter((book) => book.system !== system)
        this.views = { ...this.views, [system]: undefined }
      }
      return outcome
    })
  }

  take(system: SystemId, decisions: Decision[], by: TakenBy): Promise<void> {
    return this.#onBook(system, async () =>
      this.#changed(await this.#ask((api) => api.takeDecisions(system, decisions, by))),
    )
  }

  untake(decision: Decision): Promise<void> {
    return this.#onBook(decision.system, async () =>
      this.#changed(await this.#ask((api) => api.untake(decision))),
    )
  }

  journalCsv(of: SystemId | 'replay'): Promise<Outcome<Blob>> {
    return this.#ask((api) => api.paperJournal(of))
  }

  /** Books, signals and what is watched: nothing of any visit is left. */
  async forget(): Promise<void> {
    await this.readBooks()
    for (const { system } of this.books ?? []) await this.#ask((api) => api.closePaper(system))
    this.books = []
    this.views = {}
    this.feed = []
    this.looks = {}
    this.watched = []
    this.#seen = []
    for (const key of [watchedKey, feedStore, seenStore]) store(key, [])
  }

  /** Closing what is held is part of the system, whatever it is sure of. */
  async #takeByRule({ system, decided }: LiveSignals): Promise<void> {
    if (this.books === null) await this.readBooks()
    const book = this.bookOf(system)
    if (!book) return
    const { takeFrom, from } = book
    const wanted = decided.filter(
      (decision) =>
        takeFrom !== null &&
        decision.day >= from &&
        (decision.direction === 0 || decision.conviction >= takeFrom) &&
        this.takenOf(decision) === null,
    )
    await (wanted.length > 0 ? this.take(system, wanted, 'rule') : this.readView(system))
  }

  /** Keeps a book that has changed, and reads what it comes to. */
  async #changed(outcome: Outcome<PaperBook>): Promise<Outcome<unknown>> {
    if (!outcome.ok) return outcome
    const { value } = outcome
    const others = (this.books ?? []).filter((book) => book.system !== value.system)
    this.books = [...others, value]
    return this.#viewOf(value.system)
  }

  async #viewOf(system: SystemId): Promise<Outcome<unknown>> {
    const book = this.bookOf(system)
    if (!book) return { ok: true, value: null }
    const { state } = this.#host
    const { params } = book.request
    const turn = this.#turn
    const asOpened = { ...state, params: { ...state.params, [system]: params } }
    const panel = await this.#host.runnable(
      system,
      asOpened,
      [paramsOf(asOpened, system).model],
      this.today(),
    )
    if (!panel.ok) return panel
    if (turn !== this.#turn) return superseded
    const view = await this.#ask((api) => api.paperView(system))
    if (view.ok) this.views = { ...this.views, [system]: view.value }
    return view
  }

  async #onBook(system: SystemId, task: () => Promise<Outcome<unknown>>): Promise<void> {
    await this.#alone(async () => {
      this.busy = system
      const outcome = await task()
      this.busy = null
      const problem = outcome.ok || outcome.code === 'superseded' ? '' : outcome.message
      this.bookProblems = { ...this.bookProblems, [system]: problem }
      return outcome
    })
  }

  async #ask<T>(question: (api: Engine['backtest']) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const { engine } = this.#host
    if (!engine) return notReady
    try {
      return await question(engine.backtest)
    } catch (cause) {
      return stopped(cause)
    }
  }

  /** After everything that was asked before; never rejects. */
  #alone<T>(task: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const done = this.#serial.then(task).catch(stopped)
    this.#serial = done
    return done
  }
}

function isSystems(read: unknown): read is SystemId[] {
  return Array.isArray(read) && read.every((id) => systemInfos.some((info) => info.id === id))
}

function permissionNow(): Permission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission
}
