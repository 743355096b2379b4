import type { Outcome, RunRequest } from '../api.ts'
import { failed, guarded, superseded } from '../outcome.ts'
import type { LoadedPanel } from '../engine.ts'
import { pause } from '../pause.ts'
import type { SystemId } from '../../systems/system.ts'
import type { Decision, PaperApi, PaperBook, ReplayState, TakenDecision } from './contract.ts'
import { decisionKey } from './decisions.ts'
import { journalCsv } from './journalCsv.ts'
import { nextOpen } from './late.ts'
import { liveSignalsOf } from './liveSignals.ts'
import type { PaperStore } from './paperStore.ts'
import { paperView } from './paperView.ts'
import { Replay } from './replay.ts'

/** Milliseconds of replayed days between two answers. */
const aWhile = 1000

const noBook = failed('no-book', 'There is no paper portfolio of this system. Open one first.')
const noReplay = failed('no-replay', 'Start a replay first.')
const noPrices = failed('cannot-run', 'There are no prices yet. Load a price file first.')

/** Live signals, paper books and replays on the panel in use. */
export class PaperService implements PaperApi {
  private replay: Replay | null = null
  private replays = 0

  constructor(
    private readonly panel: () => LoadedPanel | null,
    private readonly store: PaperStore,
    private readonly now: () => number = Date.now,
  ) {}

  liveSignals(request: RunRequest): ReturnType<PaperApi['liveSignals']> {
    return this.onPanel((panel) => liveSignalsOf(panel, request))
  }

  openPaper(request: RunRequest, from: number, takeFrom: number | null): Promise<Outcome<PaperBook>> {
    return this.changed(request.system, (now) => ({
      system: request.system,
      request: now?.request ?? request,
      from: now?.from ?? from,
      takeFrom,
      taken: now?.taken ?? [],
    }))
  }

  closePaper(system: SystemId): Promise<Outcome<null>> {
    return guarded(async () => {
      await this.store.change(system, () => null)
      return { ok: true, value: null }
    })
  }

  takeDecisions(
    ...[system, decisions, by]: Parameters<PaperApi['takeDecisions']>
  ): Promise<Outcome<PaperBook>> {
    return this.changed(system, (book) => {
      if (book === null) return null
      const takenAt = this.now()
      // Simulated days are over whenever they are looked at.
      const simulated = this.panel()?.simulated ?? false
      const known = new Set(book.taken.map(decisionKey))
      const fresh = decisions
        .filter((decision) => decision.day >= book.from && !known.has(decisionKey(decision)))
        .map((decision): TakenDecision => {
          return { ...decision, by, takenAt, late: !simulated && takenAt >= nextOpen(decision.day) }
        })
      return { ...book, taken: [...book.taken, ...fresh] }
    })
  }

  untake(decision: Decision): Promise<Outcome<PaperBook>> {
    const panel = this.panel()?.panel
    const newest = panel ? panel.dates[panel.dates.length - (panel.provisional ? 2 : 1)] : -Infinity
    if (decision.day < newest)
      return Promise.resolve(failed('filled', 'Its price has come: what was filled cannot be taken back.'))
    const key = decisionKey(decision)
    return this.changed(decision.system, (book) => {
      if (book === null) return null
      return { ...book, taken: book.taken.filter((taken) => decisionKey(taken) !== key) }
    })
  }

  papers(): Promise<Outcome<PaperBook[]>> {
    return guarded(async () => ({ ok: true, value: await this.store.all() }))
  }

  async paperView(system: SystemId): ReturnType<PaperApi['paperView']> {
    const book = (await this.store.all()).find((one) => one.system === system)
    if (!book) return noBook
    return this.onPanel((panel) => {
      const valued = paperView(panel, book)
      return typeof valued === 'string' ? valued : valued.view
    })
  }

  async paperJournal(of: SystemId | 'replay'): Promise<Outcome<Blob>> {
    if (of === 'replay') {
      const journal = this.replay?.journal
      return journal ? { ok: true, value: journalCsv(journal) } : noReplay
    }
    const valued = await this.paperView(of)
    return valued.ok ? { ok: true, value: journalCsv(valued.value.journal) } : valued
  }

  startReplay(request: RunRequest, from: number, to: number): ReturnType<PaperApi['startReplay']> {
    this.replays++
    this.replay = null
    return this.onPanel((panel) => {
      try {
        this.replay = new Replay(panel, request, from, to)
      } catch (cause) {
        if (cause instanceof RangeError) return cause.message
        throw cause
      }
      return { days: this.replay.days }
    })
  }

  async replayOn(days: number): Promise<Outcome<ReplayState>> {
    const own = this.replays
    return guarded(async () => {
      const { replay } = this
      if (replay === null) return noReplay
      if (replay.panel !== this.panel())
        return failed('panel-changed', 'The data in use changed. Start the replay anew.')
      const until = performance.now() + aWhile
      let state = replay.step()
      for (let done = 1; done < days && !replay.over && performance.now() < until; done++) {
        await pause()
        if (own !== this.replays) return superseded
        state = replay.step()
      }
      return { ok: true as const, value: state }
    })
  }

  private async onPanel<T extends object>(ask: (panel: LoadedPanel) => T | string): Promise<Outcome<T>> {
    await pause()
    return guarded((): Outcome<T> => {
      const panel = this.panel()
      if (panel === null) return noPrices
      const value = ask(panel)
      return typeof value === 'string' ? failed('cannot-run', value) : { ok: true, value }
    })
  }

  private changed(
    system: SystemId,
    change: (now: PaperBook | null) => PaperBook | null,
  ): Promise<Outcome<PaperBook>> {
    return guarded(async (): Promise<Outcome<PaperBook>> => {
      const book = await this.store.change(system, change)
      return book === null ? noBook : { ok: true, value: book }
    })
  }
}
