import { reachedOrigins, sameOrigins } from './ask/allowList.ts'
import { momentText } from './ask/momentText.ts'
import { Collection, budgetKey, paceOf } from './collection.ts'
import { agreedKeys, demandRelay } from './consent.ts'
import type {
  Adapter,
  CollectedSummary,
  CollectedTable,
  CoverageSpan,
  Feed,
  LiveApi,
  LiveNews,
  LiveOptions,
  LiveStatus,
  Outcome,
  Secrets,
  Settings,
  SourceId,
  Trial,
} from './contract.ts'
import { Coverage, spansWithin } from './feeds/coverage.ts'
import { statusOf, type FeedRun } from './feedRun.ts'
import { fileOf } from './files/fileOf.ts'
import { Keeper } from './keep/keeper.ts'
import { emptyState, type KeptFeed, type LegBucket } from './keep/liveStore.ts'
import { memoryStore } from './keep/memoryStore.ts'
import { outcome, Refused } from './outcome.ts'
import type { Platform } from './platform.ts'
import { storageSentence } from './storageSentence.ts'
import { Throttle } from './throttle.ts'
import { trialOf } from './trial.ts'

export type Adapters = Partial<Record<SourceId, Adapter>>

const statusEveryMs = 250
const collectedEveryMs = 2000
const spaceEveryMs = 60_000

/** What a person sets up and sees of the collection. There may be only one over a store, see `tabs.ts`. */
export class LiveService implements LiveApi {
  private collection: Collection
  private space = { used: NaN, quota: NaN }
  private listener: (news: LiveNews) => void = () => undefined
  private readonly statusNews: Throttle
  private readonly collectedNews: Throttle
  private readonly changed = new Set<CollectedTable>()
  private stopMeasuring: () => void = () => undefined

  constructor(
    private readonly platform: Platform,
    private readonly adapters: Adapters,
  ) {
    this.statusNews = new Throttle(platform, statusEveryMs, () =>
      this.listener({ kind: 'status', status: this.statusNow() }),
    )
    this.collectedNews = new Throttle(platform, collectedEveryMs, () => void this.tellCollected())
    this.collection = this.collectionOver(new Keeper(memoryStore()))
    this.collection.end()
  }

  start(listener: (news: LiveNews) => void): Promise<Outcome<null>> {
    return outcome(async () => {
      this.listener = listener
      const keeper = await Keeper.open(() => this.platform.openStore())
      const kept = await keeper.store.load()
      this.collection = this.collectionOver(keeper, kept.buckets)
      const { collection } = this
      collection.options = kept.options ?? collection.options
      for (const [key, charges] of kept.charges) collection.setBudget(key, charges)
      const states = new Map(kept.states.map((state) => [state.feed, state]))
      const spans = new Map(kept.spans.map(({ feed, span }) => [feed, span]))
      for (const feed of kept.feeds) {
        const adapter = this.adapters[feed.source]
        if (!adapter) continue
        const run = newRun(feed, adapter)
        run.state = states.get(feed.id) ?? run.state
        run.secrets = kept.secrets.get(feed.id) ?? {}
        collection.runs.set(feed.id, run)
        if (!feed.on) continue
        run.lacksKey = feed.keyed && Object.keys(run.secrets).length === 0
        if (!run.lacksKey) this.goOn(run, spans.get(feed.id) ?? null)
      }
      await this.measureSpace()
      this.tell()
      return null
    })
  }

  /** Ends everything, for another service over the same store. */
  end(): void {
    this.stopMeasuring()
    this.collection.end()
    this.collection.keeper.store.close()
  }

  feeds(): Promise<Outcome<Feed[]>> {
    return outcome(() =>
      [...this.collection.runs.values()]
        .sort((a, b) => a.feed.madeAt - b.feed.madeAt)
        .map((run) => this.feedOf(run)),
    )
  }

  status(): Promise<Outcome<LiveStatus>> {
    return outcome(() => this.statusNow())
  }

  save(id: string | null, source: SourceId, name: string, settings: Settings): Promise<Outcome<Feed>> {
    return outcome(async () => {
      const adapter = this.adapters[source]
      if (!adapter) throw new Refused('source', `There is no source called ${source}.`)
      const run = id === null ? this.added(source, adapter) : this.runOf(id)
      await this.change(run, source, adapter, name, settings)
      this.tell()
      return this.feedOf(run)
    })
  }

  remove(id: string): Promise<Outcome<null>> {
    return outcome(async () => {
      const { collection } = this
      const run = this.runOf(id)
      collection.shut(run)
      collection.runs.delete(id)
      await collection.alone(() => collection.commit([], []))
      await collection.keeper.store.removeFeed(id)
      this.tell()
      return null
    })
  }

  turnOn(id: string, origins: string[], secrets: Secrets): Promise<Outcome<null>> {
    return outcome(async () => {
      const { collection } = this
      const run = this.runOf(id)
      const held = agreedKeys(run, this.feedOf(run).origins, origins, secrets)
      const problem = run.adapter.problem(run.feed.settings)
      if (problem !== '') throw new Refused('settings', problem)
      collection.shut(run)
      run.secrets = held
      run.lacksKey = false
      run.feed = { ...run.feed, on: true, keyed: Object.keys(held).length > 0 }
      await this.keepFeed(run)
      if (collection.options.keepSecrets && run.feed.keyed) await this.keepSecrets(run, held)
      collection.open(run, this.freshCoverage(), this.platform.now(), 'Starting.')
      this.tell()
      return null
    })
  }

  turnOff(id: string): Promise<Outcome<null>> {
    return outcome(async () => {
      await this.switchOff(this.runOf(id))
      this.tell()
      return null
    })
  }

  tryOnce(id: string, origins: string[], secrets: Secrets): Promise<Outcome<Trial>> {
    return outcome(async () => {
      const { collection } = this
      const run = this.runOf(id)
      const held = agreedKeys(run, this.feedOf(run).origins, origins, secrets)
      try {
        return await trialOf(run, collection, held, this.platform.now())
      } finally {
        this.tell()
      }
    })
  }

  pollNow(id: string): Promise<Outcome<null>> {
    return outcome(() => {
      const loop = this.runOf(id).session?.loop
      if (!loop) throw new Refused('off', 'The source is off. Turn it on first.')
      const now = this.platform.now()
      if (loop.leftAlone > 0)
        throw new Refused(
          'limit',
          `The source asked to be left alone until ${momentText(loop.leftAlone, now)}.`,
        )
      if (loop.phase === 'paused' || loop.phase === 'offline') throw new Refused('paused', loop.sentence)
      if (loop.phase !== 'asking') loop.plan(now, 'waiting', 'Asking at once.')
      return null
    })
  }

  setOptions(options: LiveOptions): Promise<Outcome<null>> {
    return outcome(async () => {
      const { collection } = this
      const relay = options.relay.trim()
      demandRelay(relay)
      const moved = collection.options.relay !== relay
      collection.options = { ...options, relay }
      for (const run of collection.runs.values()) {
        if (moved && run.feed.on) await this.switchOff(run)
        if (Object.keys(run.secrets).length > 0)
          await this.keepSecrets(run, options.keepSecrets ? run.secrets : null)
      }
      await collection.keeper.store.putOptions(collection.options)
      collection.lookAround()
      this.tell()
      return null
    })
  }

  visible(inView: boolean, online: boolean): Promise<void> {
    const { collection } = this
    collection.noticeSleep()
    collection.inView = inView
    collection.online = online
    collection.lookAround()
    return Promise.resolve()
  }

  collected(): Promise<Outcome<CollectedSummary[]>> {
    return outcome(() => this.collection.keeper.summaries(this.platform.now()))
  }

  file(table: CollectedTable): Promise<Outcome<File>> {
    const everySpan = async (feed: string) =>
      spansWithin(await this.collection.spansOf(feed), -Infinity, Infinity)
    return outcome(() => fileOf(table, this.collection.keeper.rows(table), everySpan))
  }

  coverage(feed: string, from: number, to: number): Promise<Outcome<CoverageSpan[]>> {
    return outcome(async () => spansWithin(await this.collection.spansOf(feed), from, to))
  }

  forget(table: CollectedTable | null): Promise<Outcome<null>> {
    return outcome(async () => {
      const { collection } = this
      const before = await collection.keeper.summaries(this.platform.now())
      if (table === null) {
        for (const run of collection.runs.values()) collection.shut(run)
        collection.runs.clear()
      }
      await collection.alone(() => collection.forget(table))
      for (const summary of before)
        if (table === null || summary.table === table) this.noteCollected(summary.table)
      this.tell()
      return null
    })
  }

  // —— Feeds

  private runOf(id: string): FeedRun {
    const run = this.collection.runs.get(id)
    if (!run) throw new Refused('feed', 'This source was removed.')
    return run
  }

  private added(source: SourceId, adapter: Adapter): FeedRun {
    const id = Math.floor(this.platform.random() * 36 ** 9).toString(36)
    const feed: KeptFeed = {
      id,
      source,
      name: '',
      settings: {},
      on: false,
      keyed: false,
      madeAt: this.platform.now(),
    }
    const run = newRun(feed, adapter)
    this.collection.runs.set(id, run)
    return run
  }

  private async change(
    run: FeedRun,
    source: SourceId,
    adapter: Adapter,
    name: string,
    settings: Settings,
  ): Promise<void> {
    const { collection } = this
    const { feed } = run
    const changed = feed.source !== source || JSON.stringify(feed.settings) !== JSON.stringify(settings)
    const moved = !sameOrigins(run.adapter.origins(feed.settings), adapter.origins(settings))
    const staysOn = feed.on && !moved && adapter.problem(settings) === ''
    if (changed) collection.shut(run)
    // A key was given for where it went.
    if (moved && Object.keys(run.secrets).length > 0) {
      run.secrets = {}
      await this.keepSecrets(run, null)
    }
    run.adapter = adapter
    run.feed = { ...feed, source, name, settings, on: staysOn }
    run.lacksKey &&= staysOn
    await this.keepFeed(run)
    if (!changed) return
    // What the last poll left belongs to the settings before; rows that come again are known.
    run.state = { ...run.state, cursor: null, etags: [] }
    await collection.alone(() => collection.commit([], [run]))
    if (staysOn && !run.lacksKey)
      collection.open(run, this.freshCoverage(), this.platform.now(), 'Going on with other settings.')
  }

  /** Goes on where an earlier visit ended. */
  private goOn(run: FeedRun, last: CoverageSpan | null): void {
    const now = this.platform.now()
    const coverage = new Coverage(last, last?.to ?? now, 'closed')
    coverage.resumed(now)
    // A page that is loaded again and again asks no more often than one that stays.
    const next = (run.state.lastSuccess ?? 0) + paceOf(run).everyMs
    this.collection.open(run, coverage, next, 'Going on from the last visit.')
  }

  private async switchOff(run: FeedRun): Promise<void> {
    const { collection } = this
    collection.shut(run)
    run.lacksKey = false
    run.feed = { ...run.feed, on: false }
    await this.keepFeed(run)
    await collection.alone(() => collection.commit([], [run]))
  }

  private feedOf({ feed, adapter }: FeedRun): Feed {
    const { id, source, name, settings, on } = feed
    const { relay } = this.collection.options
    const own = adapter.origins(settings)
    const origins = own.length === 0 ? [] : reachedOrigins(own, relay)
    return { id, source, name, settings, on, origins, viaRelay: relay !== '' }
  }

  private keepFeed({ feed }: FeedRun): Promise<void> {
    return this.collection.keeper.store.putFeed(feed)
  }

  private keepSecrets({ feed }: FeedRun, secrets: Secrets | null): Promise<void> {
    return this.collection.keeper.store.putSecrets(feed.id, secrets)
  }

  private freshCoverage(): Coverage {
    return new Coverage(null, this.platform.now(), null)
  }

  // —— What is told

  private collectionOver(keeper: Keeper, buckets: readonly LegBucket[] = []): Collection {
    return new Collection(this.platform, keeper, buckets, {
      status: () => this.tell(),
      collected: (table) => this.noteCollected(table),
    })
  }

  private statusNow(): LiveStatus {
    const { runs, legs, options, keeper } = this.collection
    const now = this.platform.now()
    return {
      feeds: [...runs.values()].map((run) =>
        statusOf(run, this.collection.budgetOf(budgetKey(run, run.secrets)), paceOf(run).budget, now),
      ),
      airborne: legs.airborne,
      options,
      storage: {
        kind: keeper.kind,
        sentence: storageSentence(keeper),
        ...this.space,
        waiting: keeper.waitingRows,
      },
      elsewhere: false,
    }
  }

  private tell(): void {
    this.statusNews.touch()
  }

  private noteCollected(table: CollectedTable): void {
    this.changed.add(table)
    this.collectedNews.touch()
  }

  private async tellCollected(): Promise<void> {
    const tables = [...this.changed]
    this.changed.clear()
    const { keeper } = this.collection
    for (const table of tables) {
      const summary = await keeper.summary(table, this.platform.now())
      this.listener({ kind: 'collected', summary })
    }
  }

  private async measureSpace(): Promise<void> {
    this.space = await this.platform.space()
    this.tell()
    this.stopMeasuring = this.platform.after(spaceEveryMs, () => void this.measureSpace())
  }
}

const newRun = (feed: KeptFeed, adapter: Adapter): FeedRun => ({
  feed,
  adapter,
  state: emptyState(feed.id),
  secrets: {},
  session: null,
  lacksKey: false,
})
