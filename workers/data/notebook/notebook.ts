import { sha256 } from 'hash-wasm'
import type { KeepPlatform } from '../keep/storage.ts'
import type { Outcome } from '../api.ts'
import { outcomeOf, Problem } from '../problem.ts'
import type { NotebookApi, NotebookList, NotebookRun, RunCurve, RunFacts, RunLabels } from './contract.ts'
import { memoryFolder } from './memoryFolder.ts'
import { decodeCurve, encodeCurve } from './runFile.ts'
import { RunFolder, type StoredRun } from './runFolder.ts'
import { readForeignRun, runFileOf } from './foreignRun.ts'
import { runsAsCsv, runsAsJson } from './runsAsText.ts'

/** Runs that the notebook holds at most; what lists them stays quick. */
export const mostRuns = 5000
/** Deleted runs that can be put back, until the page is closed. */
const mostDeleted = 500

export const longestName = 120
export const longestNote = 4000
export const longestTag = 40
export const mostTags = 12

interface OpenFolder {
  platform: KeepPlatform
  folder: RunFolder
  off: string
}

/** Every finished run, kept in one folder over all visits and tabs. */
export class Notebook implements NotebookApi {
  readonly #openPlatform: () => Promise<KeepPlatform>
  readonly #callbacks: (() => void)[] = []
  readonly #deleted = new Map<string, StoredRun>()
  #opened: Promise<OpenFolder> | null = null

  /** `openPlatform` throws a `Problem` where the browser gives no storage: runs then last for the visit. */
  constructor(openPlatform: () => Promise<KeepPlatform>) {
    this.#openPlatform = openPlatform
  }

  notebook(): Promise<Outcome<NotebookList>> {
    return this.#underLock(async ({ folder, off }) => {
      const { runs, unreadable } = await folder.list()
      return { runs: runs.sort((a, b) => b.at - a.at), off, unreadable }
    })
  }

  keepRun(facts: RunFacts, curve: RunCurve): Promise<Outcome<NotebookRun>> {
    return this.#underLock(async ({ folder, platform }) => {
      const id = (await sha256(`${facts.result} ${facts.link}`)).slice(0, 32)
      const { runs } = await folder.list()
      const earlier = runs.find((run) => run.id === id)
      if (!earlier && runs.length >= mostRuns) throw new Problem('full', tooManyRuns)
      const run: NotebookRun = {
        ...facts,
        id,
        at: earlier?.at ?? Date.now(),
        name: earlier?.name ?? '',
        tags: earlier?.tags ?? [],
        note: earlier?.note ?? '',
      }
      if (earlier && saysTheSame(earlier, run)) return earlier
      await folder.write({ run, curve: encodeCurve(curve) })
      platform.channel.tell('changed')
      return run
    })
  }

  runCurve(id: string): Promise<Outcome<RunCurve>> {
    return this.#underLock(async ({ folder }) => decodeCurve((await this.#read(folder, id)).curve))
  }

  labelRun(id: string, labels: RunLabels): Promise<Outcome<NotebookRun>> {
    return this.#underLock(async ({ folder, platform }) => {
      const { run, curve } = await this.#read(folder, id)
      const labelled = { ...run, ...withinBounds(labels) }
      await folder.write({ run: labelled, curve })
      platform.channel.tell('changed')
      return labelled
    })
  }

  deleteRuns(ids: string[]): Promise<Outcome<null>> {
    return this.#underLock(async ({ folder, platform }) => {
      for (const id of ids) {
        const stored = await folder.read(id)
        if (stored) this.#deleted.set(id, stored)
        await folder.remove(id)
      }
      for (const oldest of this.#deleted.keys()) {
        if (this.#deleted.size <= mostDeleted) break
        this.#deleted.delete(oldest)
      }
      platform.channel.tell('changed')
      return null
    })
  }

  putBackRuns(ids: string[]): Promise<Outcome<null>> {
    return this.#underLock(async ({ folder, platform }) => {
      for (const id of ids) {
        const stored = this.#deleted.get(id)
        if (!stored) throw new Problem('gone', 'This run cannot be put back any more. Compute it again.')
        await folder.write(stored)
        this.#deleted.delete(id)
      }
      platform.channel.tell('changed')
      return null
    })
  }

  exportRuns(ids: string[], format: 'csv' | 'json'): Promise<Outcome<Blob>> {
    return this.#underLock(async ({ folder }) => {
      const byId = new Map((await folder.list()).runs.map((run) => [run.id, run]))
      const runs = ids.flatMap((id) => byId.get(id) ?? [])
      return format === 'csv'
        ? new Blob([runsAsCsv(runs)], { type: 'text/csv;charset=utf-8' })
        : new Blob([runsAsJson(runs)], { type: 'application/json' })
    })
  }

  onNotebookChange(callback: () => void): Promise<void> {
    this.#callbacks.push(callback)
    return Promise.resolve()
  }

  /** Every run as a file of its own, for a project. */
  runFiles(): Promise<{ name: string; file: Blob }[]> {
    return this.#locked(async ({ folder }) => {
      const files: { name: string; file: Blob }[] = []
      for (const { id } of (await folder.list()).runs) {
        const stored = await folder.read(id)
        if (stored) files.push({ name: id, file: await runFileOf(stored) })
      }
      return files
    })
  }

  /** Takes in a run of a project; one that is here stays as it is. Throws a `Problem` where there is no room. */
  takeRunFile(file: Blob): Promise<'taken' | 'here' | 'unreadable'> {
    return this.#locked(async ({ folder, platform }) => {
      const brought = await readForeignRun(file)
      if (!brought) return 'unreadable'
      const { runs } = await folder.list()
      if (runs.some(({ id }) => id === brought.run.id)) return 'here'
      if (runs.length >= mostRuns) throw new Problem('full', tooManyRuns)
      await folder.write({ run: { ...brought.run, ...withinBounds(brought.run) }, curve: brought.curve })
      platform.channel.tell('changed')
      return 'taken'
    })
  }

  /** Nothing of any run is left, in this tab or in the browser. */
  async clear(): Promise<void> {
    this.#deleted.clear()
    const { platform, folder } = await this.#open()
    await platform.locks.exclusive(() => folder.clear())
    platform.channel.tell('forgotten')
  }

  async #read(folder: RunFolder, id: string): Promise<StoredRun> {
    const stored = await folder.read(id)
    if (!stored) throw new Problem('gone', 'This run is not in the notebook any more.')
    return stored
  }

  #underLock<T>(task: (open: OpenFolder) => Promise<T>): Promise<Outcome<T>> {
    return outcomeOf(() => this.#locked(task))
  }

  async #locked<T>(task: (open: OpenFolder) => Promise<T>): Promise<T> {
    const open = await this.#open()
    return open.platform.locks.exclusive(() => task(open))
  }

  #open(): Promise<OpenFolder> {
    this.#opened ??= this.#start()
    return this.#opened
  }

  async #start(): Promise<OpenFolder> {
    try {
      const platform = await this.#openPlatform()
      platform.channel.listen((news) => {
        if (news === 'forgotten') this.#deleted.clear()
        for (const callback of this.#callbacks) callback()
      })
      return { platform, folder: new RunFolder(platform), off: '' }
    } catch {
      const platform = memoryFolder()
      return { platform, folder: new RunFolder(platform), off: nothingKept }
    }
  }
}

const nothingKept =
  'This browser keeps nothing for this page, as in a private window, so the runs below are gone when it is closed. Export them to keep them.'

const tooManyRuns = `The notebook holds ${mostRuns.toLocaleString('en-US')} runs and takes no more, so this one is not kept. Export and delete those that are no longer needed.`

/** Of the same result only what is charged for can be told anew. */
function saysTheSame(a: RunFacts, b: RunFacts): boolean {
  return a.charged === b.charged && a.pValue === b.pValue && a.verdict.because === b.verdict.because
}

function withinBounds({ name, tags, note }: RunLabels): RunLabels {
  const short = tags.map((tag) => tag.trim().slice(0, longestTag)).filter((tag) => tag !== '')
  return {
    name: name.trim().slice(0, longestName),
    tags: [...new Set(short)].slice(0, mostTags),
    note: note.trim().slice(0, longestNote),
  }
}
