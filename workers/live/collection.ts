import { Asker, askFailedOf, joinedEtags } from './ask/asker.ts'
import { Pass } from './ask/allowList.ts'
import { Budget, type Allowance, type Charge } from './ask/budget.ts'
import { AskFailed } from './contract.ts'
import type { CollectedTable, CoverageSpan, LiveOptions, PollResult, Secrets } from './contract.ts'
import type { Coverage, Gap } from './feeds/coverage.ts'
import { FeedLoop, type Polled } from './feeds/feedLoop.ts'
import type { FeedRun, Session } from './feedRun.ts'
import type { Keeper } from './keep/keeper.ts'
import type { FeedSpan, KeptRow, LegBucket } from './keep/liveStore.ts'
import { timeOf } from './keep/rowKey.ts'
import { LegCollector } from './legs/legCollector.ts'
import type { Platform } from './platform.ts'

const beatMs = 30_000
/** A beat that comes later than this after the last means that the machine was asleep. */
const asleepMs = 120_000
/** The largest moment that has a date. */
const lastMoment = 8.64e15
/** Open legs change with every poll; all of them are written this often. */
const bucketsEveryMs = 60_000

interface Told {
  /** Something of the status changed. */
  status(): void
  collected(table: CollectedTable): void
}

/** Feeds that are on, what they bring, and where it goes. */
export class Collection {
  readonly runs = new Map<string, FeedRun>()
  private readonly budgets = new Map<string, Budget>()
  options: LiveOptions = { pauseHidden: false, relay: '', keepSecrets: false }
  inView = true
  online: boolean
  legs: LegCollector
  private bucketsAt: number
  private lastBeat: number
  /** Spans of feeds that were turned off, to be written. */
  private closing: FeedSpan[] = []
  private queue: Promise<unknown> = Promise.resolve()
  private stopBeat: () => void = () => undefined
  private ended = false

  constructor(
    private readonly platform: Platform,
    readonly keeper: Keeper,
    buckets: readonly LegBucket[],
    private readonly told: Told,
  ) {
    this.online = platform.online()
    this.legs = new LegCollector(buckets)
    this.lastBeat = this.bucketsAt = platform.now()
    this.beat()
  }

  end(): void {
    this.ended = true
    this.stopBeat()
    for (const run of this.runs.values()) this.shut(run)
  }

  // —— Feeds on and off

  open(run: FeedRun, coverage: Coverage, firstPoll: number, sentence: string): void {
    const pass = new Pass(run.adapter.origins(run.feed.settings), this.options.relay)
    const { everyMs } = paceOf(run)
    const work = { everyMs, poll: () => this.poll(run, session), told: () => this.told.status() }
    const loop = new FeedLoop(this.platform, work, run.state.notBefore)
    const session: Session = { pass, loop, coverage, held: null }
    run.session = session
    loop.plan(firstPoll, 'waiting', sentence)
    this.lookAround()
  }

  /** Ends what is under way. */
  shut(run: FeedRun): void {
    const { session } = run
    if (!session) return
    session.loop.end()
    session.pass.revoke()
    session.coverage.resumed(this.platform.now())
    this.closing.push(...session.coverage.takeGrown().map((span) => ({ feed: run.feed.id, span })))
    run.session = null
  }

  /** What keeps feeds from being asked just now, told to all that are on. */
  lookAround(): void {
    const now = this.platform.now()
    const { gap, phase, sentence } = this.obstacle()
    for (const { session } of this.runs.values()) {
      if (!session || session.held === gap) continue
      if (gap === null) {
        session.coverage.resumed(now)
        session.loop.release('Going on.')
      } else {
        session.coverage.paused(gap, now)
        session.loop.hold(phase, sentence)
      }
      session.held = gap
    }
  }

  /** Whether the machine slept since it was last looked at, of which everybody is told. */
  noticeSleep(): void {
    const now = this.platform.now()
    const since = this.lastBeat
    this.lastBeat = now
    if (now - since < asleepMs) return
    for (const { session } of this.runs.values()) {
      if (!session || session.held !== null) continue
      session.coverage.paused('asleep', since)
      session.coverage.resumed(now)
      session.loop.wake()
    }
  }

  /** By time. */
  async spansOf(feed: string): Promise<CoverageSpan[]> {
    const kept = await this.keeper.spans(feed)
    const untold = this.runs.get(feed)?.session?.coverage.untold(this.platform.now()) ?? []
    const closing = this.closing.filter((span) => span.feed === feed).map(({ span }) => span)
    return [...kept, ...closing, ...untold]
  }

  private beat(): void {
    this.stopBeat = this.platform.after(beatMs, () => {
      this.noticeSleep()
      this.lookAround()
      void this.alone(() => this.retry())
      if (!this.ended) this.beat()
    })
  }

  private obstacle(): { gap: Gap | null; phase: 'offline' | 'paused'; sentence: string } {
    if (!this.online || !this.platform.online())
      return {
        gap: 'offline',
        phase: 'offline',
        sentence: 'There is no network. It goes on as soon as there is.',
      }
    if (this.keeper.overfull)
      return {
        gap: 'full',
        phase: 'paused',
        sentence: 'Storage is full, and so is the memory for what waits. Free some space to go on.',
      }
    if (this.options.pauseHidden && !this.inView)
      return { gap: 'hidden', phase: 'paused', sentence: 'Paused while the page is out of view.' }
    return { gap: null, phase: 'paused', sentence: '' }
  }

  // —— Polls

  askerOf(run: FeedRun, pass: Pass, secrets: Secrets, etagOf: (url: string) => string | null): Asker {
    const allowance = run.adapter.pace(run.feed.settings, secrets).budget
    const key = budgetKey(run, secrets)
    const spending = allowance && {
      budget: this.budgetOf(key),
      allowance,
      // Without room it holds for this visit.
      keep: () => this.keeper.store.putCharges(key, this.budgetOf(key).kept()).catch(() => undefined),
    }
    return new Asker({ platform: this.platform, pass, secrets, spending, etagOf })
  }

  budgetOf(key: string): Budget {
    const budget = this.budgets.get(key) ?? new Budget()
    this.budgets.set(key, budget)
    return budget
  }

  setBudget(key: string, charges: readonly Charge[]): void {
    this.budgets.set(key, new Budget(charges))
  }

  private async poll(run: FeedRun, session: Session): Promise<Polled> {
    this.noticeSleep()
    const etags = new Map(run.state.etags)
    const { secrets } = run
    const asker = this.askerOf(run, session.pass, secrets, (url) => etags.get(url) ?? null)
    const { settings } = run.feed
    const context = {
      settings,
      secrets,
      cursor: structuredClone(run.state.cursor),
      now: this.platform.now(),
      ask: asker.ask,
      json: asker.json,
    }
    const result = await run.adapter.poll(context).catch((error: unknown) => askFailedOf(error, secrets))
    this.noticeSleep()
    const polled = await this.alone(() => this.take(run, session, asker, result)).catch(
      (error: unknown): Polled => ({ kind: 'failed', failed: askFailedOf(error, secrets) }),
    )
    this.lookAround()
    return polled
  }

  /** Takes in what a poll brought, and writes it together with what the next poll goes on from. */
  private async take(
    run: FeedRun,
    session: Session,
    asker: Asker,
    result: PollResult | AskFailed,
  ): Promise<Polled> {
    if (run.session !== session || this.ended) return { kind: 'gone' }
    const now = this.platform.now()
    const state = { ...run.state, requests: run.state.requests + asker.sent.length }
    run.state = state
    if (result instanceof AskFailed) {
      session.coverage.missed(gapOf(result), now)
      state.notBefore =
        result.retryAfterMs === null || result.kind === 'budget' ? 0 : now + result.retryAfterMs
      await this.commit([], [run])
      return { kind: 'failed', failed: result }
    }
    const refuse = (count: number, why: string) => {
      state.refused += count
      if (count > 0) state.firstRefusal ||= why
    }
    refuse(result.refused, result.firstRefusal)
    const usable = result.rows.filter((row) => Math.abs(timeOf(row)) <= lastMoment)
    refuse(result.rows.length - usable.length, 'A row has no time.')
    const legs = this.legs.take(run.feed.id, result.states ?? null, now, refuse)
    const feed = run.feed.id
    const rows = [...usable, ...legs].map((row): KeptRow => ({ row, seenAt: now, feed }))
    state.cursor = result.cursor
    state.etags = joinedEtags(state.etags, asker.etags)
    state.lastSuccess = now
    state.notBefore = 0
    session.coverage.heard(now)
    await this.commit(rows, [run])
    return this.after(run, asker, result, run.state.rows - state.rows)
  }

  private after(run: FeedRun, asker: Asker, { more = false, states }: PollResult, fresh: number): Polled {
    const sentence = states ? aircraftSentence(states.length, fresh) : rowsSentence(fresh)
    if (!more) return { kind: 'done', moreAfterMs: null, sentence }
    // What came before a failure was taken; the rest waits as the failure says.
    if (asker.lastFailure) return { kind: 'failed', failed: asker.lastFailure }
    const { budget } = paceOf(run)
    const wait = budget && this.budgetOf(budgetKey(run, run.secrets)).wait(1, this.platform.now(), budget)
    return { kind: 'done', moreAfterMs: wait ?? 0, sentence: `${sentence} There is more to fetch.` }
  }

  async commit(rows: KeptRow[], runs: FeedRun[]): Promise<void> {
    const now = this.platform.now()
    const all = now - this.bucketsAt >= bucketsEveryMs || this.legs.airborne < fewAirborne
    if (all) this.bucketsAt = now
    const spans = runs.flatMap(({ feed, session }) =>
      (session?.coverage.takeGrown() ?? []).map((span) => ({ feed: feed.id, span })),
    )
    const committed = await this.keeper.commit({
      now,
      rows,
      states: runs.map(({ state }) => state),
      spans: [...this.closing.splice(0), ...spans],
      buckets: this.legs.takeChanged(all),
    })
    this.committed(committed)
  }

  private committed({ states, changed }: Awaited<ReturnType<Keeper['commit']>>): void {
    for (const state of states) {
      const run = this.runs.get(state.feed)
      if (run) run.state = state
    }
    for (const { table } of changed) this.told.collected(table)
    this.told.status()
  }

  /** Null = everything, legs that go on included. */
  async forget(table: CollectedTable | null): Promise<void> {
    if (table === null) {
      this.legs = new LegCollector([])
      this.closing = []
    }
    await this.keeper.forget(table)
  }

  private async retry(): Promise<void> {
    const committed = await this.keeper.retry(this.platform.now())
    if (committed) this.committed(committed)
    this.lookAround()
  }

  /** One after the other, so that what is written follows what was taken in. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.queue.then(work)
    this.queue = next.catch(() => undefined)
    return next
  }
}

const fewAirborne = 500

export const paceOf = ({ adapter, feed, secrets }: FeedRun): { everyMs: number; budget: Allowance | null } =>
  adapter.pace(feed.settings, secrets)

/** Sources count anonymous requests by where they come from, so that feeds of one source spend one budget. */
export function budgetKey({ feed, adapter }: FeedRun, secrets: Secrets): string {
  const origins = adapter.origins(feed.settings)
  const account = Object.keys(secrets).length > 0 ? feed.id : ''
  return JSON.stringify([feed.source, origins, account])
}

const rowsSentence = (fresh: number): string =>
  fresh === 0 ? 'Nothing new in the last answer.' : `${fresh} new in the last answer.`

const aircraftSentence = (seen: number, ended: number): string =>
  `${seen} aircraft in the last answer; ${ended === 0 ? 'no flight' : ended === 1 ? '1 flight' : `${ended} flights`} ended.`

function gapOf({ kind }: AskFailed): Gap {
  if (kind === 'budget') return 'spent'
  return kind === 'offline' ? 'offline' : 'failing'
}
