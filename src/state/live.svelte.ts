import type {
  CollectedSummary,
  CollectedTable,
  CoverageSpan,
  Feed,
  FeedStatus,
  LiveNews,
  LiveOptions,
  LiveStatus,
  Outcome,
  Secrets,
  Settings,
  SourceId,
  Trial,
} from '../../workers/live/api.ts'
import type { DatasetSummary, TableName } from '../../workers/data/api.ts'
import { leaveLiveOn, liveWasLeftOn } from './liveFlag.ts'
import { inTrouble } from './liveTrouble.ts'
import type { LiveWorker } from './liveWorker.ts'

/** Called after rows of these tables were taken into the data worker. */
export type HearCollected = (tables: CollectedTable[]) => void

/** What the sources of a tab need of the workspace. */
export interface LiveHost {
  readonly phase: string
  readonly engine: {
    readonly data: {
      takeCollected(files: { table: TableName; file: File | null }[]): Promise<Outcome<DatasetSummary[]>>
    }
  } | null
  reloadDatasets(): Promise<void>
}

/** Starts the worker; a test gives one of its own. */
export type StartLive = (hear: (news: LiveNews) => void) => Promise<{
  worker: LiveWorker
  listener: (news: LiveNews) => void
}>

const startWorker: StartLive = async (hear) => {
  const { startLiveWorker, liveListener } = await import('./liveWorker.ts')
  return { worker: startLiveWorker(), listener: liveListener(hear) }
}

/** News comes in bursts: rows are handed on once they have rested, milliseconds. */
const rest = 1_500
/** A hand-over takes the whole table; so many times as long as it took, the next waits. */
const pauseOfTaking = 6

/** The sources of a tab: what they do, and what they gave. */
export class Live {
  /** Null until somebody looks at Live, or sources were left on in an earlier visit. */
  status = $state.raw<LiveStatus | null>(null)
  feeds = $state.raw<Feed[]>([])
  collected = $state.raw<CollectedSummary[]>([])
  phase = $state.raw<'idle' | 'starting' | 'ready' | 'failed'>('idle')
  /** Why the poller does not run, in a sentence; '' = it does. */
  problem = $state.raw('')
  /** Why what was collected is not in the tables; '' = it is. */
  takeProblem = $state.raw('')

  readonly #host: LiveHost
  readonly #start: StartLive
  readonly #listeners: HearCollected[] = []
  /** Keys typed in this visit, by feed. They leave this tab only for the poller. */
  readonly #secrets = new Map<string, Secrets>()
  #worker: LiveWorker | null = null
  #opening: Promise<boolean> | null = null
  /** Versions of the tables that the data worker has. */
  readonly #taken = new Map<CollectedTable, number>()
  #taking: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause = rest
  #watching = false

  constructor(host: LiveHost, start: StartLive = startWorker) {
    this.#host = host
    this.#start = start
  }

  onCollected(callback: HearCollected): void {
    this.#listeners.push(callback)
  }

  /** The sources that are turned on. */
  get on(): FeedStatus[] {
    return this.status?.feeds.filter(({ phase }) => phase !== 'off') ?? []
  }

  /** What a person should look at, in a sentence; '' = all is well. */
  get trouble(): string {
    if (this.phase === 'failed') return this.problem
    if (this.status?.storage.kind === 'full') return this.status.storage.sentence
    return this.on.find(inTrouble)?.sentence ?? ''
  }

  statusOf(feed: string): FeedStatus | null {
    return this.status?.feeds.find(({ id }) => id === feed) ?? null
  }

  // ── The poller ──────────────────────────────────────────────────────────

  /** The engine has started, perhaps again: it has none of the rows. */
  begin(): void {
    this.#taken.clear()
    if (this.#worker) this.#takeSoon()
    else if (liveWasLeftOn()) void this.open()
  }

  /** Starts the poller where it does not run; false where it cannot, whereupon `problem` says why. */
  open(): Promise<boolean> {
    return (this.#opening ??= this.#open())
  }

  async #open(): Promise<boolean> {
    this.phase = 'starting'
    this.problem = ''
    try {
      const { worker, listener } = await this.#start((news) => this.#hear(news))
      this.#worker = worker
      void worker.died.then((why) =>
        this.#fail(`The poller stopped, so no source is asked: ${why} What was collected is kept.`),
      )
      const started = await worker.api.start(listener)
      if (!started.ok) return this.#fail(started.message)
      this.#watchPage()
      const status = await worker.api.status()
      if (status.ok) this.status = status.value
      await this.#readFeeds()
      await this.#readCollected()
      this.phase = 'ready'
      this.#takeSoon()
      return true
    } catch (cause) {
      return this.#fail(
        `The poller could not be started, so no source is asked (${wordsOf(cause)}). Reload the page.`,
      )
    }
  }

  #fail(problem: string): false {
    // What was said first is nearest to the cause.
    if (this.phase !== 'failed') this.problem = problem
    this.phase = 'failed'
    this.status = null
    this.#worker?.stop()
    this.#worker = null
    this.#opening = null
    return false
  }

  /** Whether the page is in view decides whether sources are asked, by the choice of the person. */
  #watchPage(): void {
    const tell = () => {
      this.#worker?.api
        .visible(document.visibilityState === 'visible', navigator.onLine)
        .catch(() => undefined)
    }
    tell()
    if (this.#watching) return
    this.#watching = true
    document.addEventListener('visibilitychange', tell)
    addEventListener('online', tell)
    addEventListener('offline', tell)
  }

  #hear(news: LiveNews): void {
    if (news.kind === 'status') {
      this.status = news.status
      if (this.phase !== 'ready') return
      // Another tab, or the poller itself, has added, removed or turned off one.
      const known = this.feeds.map(({ id, on }) => `${id} ${on}`).join()
      if (known !== news.status.feeds.map(({ id, phase }) => `${id} ${phase !== 'off'}`).join())
        void this.#readFeeds()
      return
    }
    const { summary } = news
    const others = this.collected.filter(({ table }) => table !== summary.table)
    this.collected = [...others, summary]
    this.#mark()
    this.#takeSoon()
  }

  async #readFeeds(): Promise<void> {
    const feeds = await this.#worker?.api.feeds()
    if (feeds?.ok) this.feeds = feeds.value
    this.#mark()
  }

  async #readCollected(): Promise<void> {
    const collected = await this.#worker?.api.collected()
    if (collected?.ok) this.collected = collected.value
    this.#mark()
  }

  /** The next visit starts the poller only where there is something to go on with. */
  #mark(): void {
    leaveLiveOn(this.feeds.some(({ on }) => on) || this.collected.some(({ rows }) => rows > 0))
  }

  // ── Sources ─────────────────────────────────────────────────────────────

  /**
   * Adds a source (null) or changes one.
   *
   * @param secrets keys as typed; a blank one leaves the earlier one
   */
  async save(
    id: string | null,
    source: SourceId,
    name: string,
    settings: Settings,
    secrets: Secrets,
  ): Promise<Outcome<Feed>> {
    const saved = await this.#ask((api) => api.save(id, source, name, { ...settings }))
    if (saved.ok) {
      const typed = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''))
      const { id: saving, on, origins } = saved.value
      this.#secrets.set(saving, { ...this.secretsOf(saving), ...typed })
      // New keys of a source that stays on, at the addresses that the person has agreed to.
      if (on && Object.keys(typed).length > 0) await this.turnOn(saving, origins)
      await this.#readFeeds()
    }
    return saved
  }

  async remove(id: string): Promise<Outcome<null>> {
    const removed = await this.#ask((api) => api.remove(id))
    if (removed.ok) this.#secrets.delete(id)
    await this.#readFeeds()
    return removed
  }

  secretsOf(id: string): Secrets {
    return { ...this.#secrets.get(id) }
  }

  /** @param origins those that the person was shown */
  async turnOn(id: string, origins: string[]): Promise<Outcome<null>> {
    const turned = await this.#ask((api) => api.turnOn(id, [...origins], this.secretsOf(id)))
    await this.#readFeeds()
    return turned
  }

  async turnOff(id: string): Promise<Outcome<null>> {
    const turned = await this.#ask((api) => api.turnOff(id))
    await this.#readFeeds()
    return turned
  }

  /** @param origins those that the person was shown */
  tryOnce(id: string, origins: string[]): Promise<Outcome<Trial>> {
    return this.#ask((api) => api.tryOnce(id, [...origins], this.secretsOf(id)))
  }

  pollNow(id: string): Promise<Outcome<null>> {
    return this.#ask((api) => api.pollNow(id))
  }

  async setOptions(options: LiveOptions): Promise<Outcome<null>> {
    const set = await this.#ask((api) => api.setOptions({ ...options }))
    // Through a relay requests go elsewhere.
    await this.#readFeeds()
    return set
  }

  coverage(feed: string, from: number, to: number): Promise<Outcome<CoverageSpan[]>> {
    return this.#ask((api) => api.coverage(feed, from, to))
  }

  // ── What was collected ──────────────────────────────────────────────────

  file(table: CollectedTable): Promise<Outcome<File>> {
    return this.#ask((api) => api.file(table))
  }

  /** @param table null = everything, and the sources with it */
  async forget(table: CollectedTable | null): Promise<Outcome<null>> {
    const forgotten = await this.#ask((api) => api.forget(table))
    if (!forgotten.ok) return forgotten
    const gone = this.collected.filter((one) => table === null || one.table === table)
    this.collected = this.collected.filter((one) => !gone.includes(one))
    if (table === null) this.#secrets.clear()
    await this.#readFeeds()
    await this.#readCollected()
    await this.#takeAway(gone.map((one) => one.table))
    return forgotten
  }

  /** Part of forgetting everything that this browser keeps. */
  async forgetWhatIsKept(): Promise<void> {
    if (this.#worker || liveWasLeftOn()) await this.forget(null)
  }

  /** Tables without a row any more go from the data worker too. */
  #takeAway(tables: CollectedTable[]): Promise<void> {
    const taken = tables.filter((table) => this.#taken.delete(table))
    const files = taken.map((table) => ({ table, file: null }))
    return this.#inTurn(async () => void (await this.#handOver(files)))
  }

  #takeSoon(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#inTurn(() => this.#takeChanged())
    }, this.#pause)
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#taking = this.#taking.then(step).catch((cause: unknown) => {
      this.takeProblem = `What was collected could not be taken into the tables (${wordsOf(cause)}). It is tried again with the next rows.`
    })
    return this.#taking
  }

  async #takeChanged(): Promise<void> {
    if (this.#host.phase !== 'ready') return
    const changed = this.collected.filter(
      ({ table, version, rows }) =>
        this.#taken.get(table) !== version && (rows > 0 || this.#taken.has(table)),
    )
    if (changed.length === 0) return
    const began = performance.now()
    const files: { table: CollectedTable; file: File | null }[] = []
    for (const { table, rows } of changed) {
      const file = rows > 0 ? await this.file(table) : null
      if (file && !file.ok) {
        this.takeProblem = file.message
        return
      }
      files.push({ table, file: file?.value ?? null })
    }
    if (!(await this.#handOver(files))) return
    // A file may hold rows that came after the summary; they are handed over again then.
    for (const { table, version } of changed) this.#taken.set(table, version)
    this.#pause = Math.max(rest, pauseOfTaking * (performance.now() - began))
    if (this.collected.some(({ table, version }) => this.#taken.get(table) !== version)) this.#takeSoon()
  }

  async #handOver(files: { table: CollectedTable; file: File | null }[]): Promise<boolean> {
    const { engine } = this.#host
    if (!engine || files.length === 0) return false
    const taken = await engine.data.takeCollected(files)
    this.takeProblem = taken.ok ? '' : taken.message
    if (!taken.ok) return false
    await this.#host.reloadDatasets()
    const tables = files.map(({ table }) => table)
    for (const hear of this.#listeners) hear(tables)
    return true
  }

  async #ask<T>(question: (api: LiveWorker['api']) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      if (!(await this.open()) || !this.#worker)
        return { ok: false, code: 'not-ready', message: this.problem }
      return await question(this.#worker.api)
    } catch (cause) {
      return {
        ok: false,
        code: 'stopped',
        message: `The poller did not answer (${wordsOf(cause)}). Start it again under Live.`,
      }
    }
  }
}

function wordsOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
}
