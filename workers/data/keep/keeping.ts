import { sha256 } from 'hash-wasm'
import type {
  DatasetSummary,
  ImportReport,
  KeepState,
  OpenedProject,
  Outcome,
  ProjectOfPage,
} from '../api.ts'
import type { Dataset } from '../catalog.ts'
import { isCollectedName } from '../collected/layouts.ts'
import type { Importing } from '../importing.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { readDecisions, writeDecisions } from '../owners/decisions.ts'
import { outcomeOf, Problem } from '../problem.ts'
import type { DataSession } from '../session.ts'
import { isSameFile, keyOf, type Keep, type KeptDocument, type KeptFile } from './keep.ts'
import { readMappings } from './mappings.ts'
import { checkedPlan } from './planSchema.ts'
import { copyChanged } from './sentences.ts'
import { openProject, writeProject, type ProjectPart } from './projectFile.ts'

const documents: KeptDocument[] = ['mappings', 'owners']

/** What a project brings beside what is here, which stays as it is. */
const merge: Record<KeptDocument, (brought: unknown, here: unknown) => unknown> = {
  mappings: (brought, here) => ({ ...readMappings(brought), ...readMappings(here) }),
  owners: (brought, here) => writeDecisions(new Map([...readDecisions(brought), ...readDecisions(here)])),
}

/** What outlives the visit, as the page sees it: reading back, forgetting, and projects as one file. */
export class Keeping {
  readonly #session: DataSession
  readonly #keep: Keep
  readonly #importing: Importing
  readonly #notebook: Pick<Notebook, 'runFiles' | 'takeRunFile'>
  readonly #changed: () => Promise<void>
  #notReadBack: string[] = []

  /** @param changed called after datasets were added, changed or taken away */
  constructor(
    session: DataSession,
    keep: Keep,
    importing: Importing,
    notebook: Pick<Notebook, 'runFiles' | 'takeRunFile'>,
    changed: () => Promise<void>,
  ) {
    this.#session = session
    this.#keep = keep
    this.#importing = importing
    this.#notebook = notebook
    this.#changed = changed
  }

  state(): Promise<Outcome<KeepState>> {
    return outcomeOf(async () => {
      const state = await this.#keep.state()
      return { ...state, lost: [...state.lost, ...this.#notReadBack] }
    })
  }

  /**
   * Loads the kept files that are not loaded yet. One that cannot be read is told in `state`, and the next follows.
   * Every file is a turn of its own, so that a report need not wait for all of them.
   */
  restore(): Promise<Outcome<DatasetSummary[]>> {
    return outcomeOf(async () => {
      const files = inReadingOrder(await this.#keep.files()).filter((file) => !this.#isLoaded(file))
      const restored: Dataset[] = []
      this.#notReadBack = []
      for (const [done, file] of files.entries()) {
        let stopped = false
        const turn = await this.#session.inTurn(async (signal) => {
          try {
            return await this.#readBack(file, done, files.length, signal)
          } finally {
            stopped = signal.aborted
          }
        })
        if (turn.ok && turn.value) restored.push(turn.value)
        else if (!turn.ok && !stopped)
          this.#notReadBack.push(turn.code === 'internal' ? unreadable(file.name) : turn.message)
        const left = files.length - done - (turn.ok ? 1 : 0)
        if (stopped && left > 0) this.#notReadBack.push(stoppedReading(left))
        if (stopped) break
      }
      return restored.map(({ summary }) => summary)
    })
  }

  /** Null where the file gives no dataset, or was loaded or forgotten in the meantime. */
  async #readBack(file: KeptFile, done: number, total: number, signal: AbortSignal): Promise<Dataset | null> {
    const isThere = (await this.#keep.files()).some((kept) => isSameFile(keyOf(kept), keyOf(file)))
    if (!isThere || this.#isLoaded(file)) return null
    this.#session.progress({ label: `Reading back ${file.name}`, done, total, unit: 'files' })
    try {
      const bytes = await this.#keep.open(file)
      const { dataset } = await this.#importing.importAgain(withCheckedPlan(file), bytes, signal, false)
      if (dataset && dataset.summary.sha256 !== file.sha256) {
        await this.#importing.takeBack(dataset)
        throw new Problem('damaged', copyChanged(file.name))
      }
      return dataset
    } finally {
      await this.#changed()
    }
  }

  forgetEverything(): Promise<Outcome<null>> {
    // An import under way would keep its file after everything else was forgotten.
    this.#session.cancel()
    return this.#session.inTurn(async () => {
      await this.#keep.clear()
      this.#notReadBack = []
      const uploads = this.#session.catalog.all().filter(({ summary }) => !summary.simulated)
      for (const dataset of uploads) {
        this.#session.catalog.remove(dataset.summary.id)
        await this.#session.dropDataset(dataset)
      }
      await this.#changed()
      return null
    })
  }

  /** Everything kept as one file, with what the page adds. */
  exportProject({ link, family, models }: ProjectOfPage): Promise<Outcome<Blob>> {
    return this.#session.inTurn(async (signal) => {
      const { kind, message } = await this.#keep.state()
      if (kind === 'off') {
        throw new Problem('no-storage', `A project is made of the files that are kept. ${message}`)
      }
      const files = await this.#keep.files()
      const kept = await Promise.all(documents.map((name) => this.#keep.readDocument(name)))
      const missing = this.#session.catalog
        .all()
        .filter(({ summary }) => !summary.simulated && (!summary.kept || summary.collected))
        .map(({ summary }) => summary.name)
      const runs = await this.#notebook.runFiles()
      const extras = new Map<string, { part: ProjectPart; file: Blob }>()
      for (const [kind, list] of [
        ['run', runs],
        ['model', models.map((file) => ({ name: file.name, file }))],
      ] as const) {
        for (const { name, file } of list) {
          const hash = await sha256(new Uint8Array(await file.arrayBuffer()))
          extras.set(hash, { part: { kind, name: name.slice(0, 200), bytes: file.size, sha256: hash }, file })
        }
      }
      const parts = [...extras.values()].map(({ part }) => part)
      const total = [...files, ...parts].reduce((sum, { bytes }) => sum + bytes, 0)
      return writeProject(
        {
          savedAt: Date.now(),
          link,
          files,
          missing,
          documents: Object.fromEntries(documents.map((name, i) => [name, kept[i]])),
          parts,
          family,
        },
        async (stored) => {
          const file = files.find((one) => one.sha256 === stored.sha256)
          return file ? this.#keep.open(file) : (extras.get(stored.sha256)?.file ?? new Blob())
        },
        (done) => {
          if (signal.aborted) throw new Problem('cancelled', 'The export was cancelled.')
          this.#session.progress({ label: 'Packing the project', done, total, unit: 'bytes' })
        },
      )
    })
  }

  /** Adds what a project file holds and is not here yet. */
  importProject(archive: File): Promise<Outcome<OpenedProject>> {
    return this.#session.inTurn(async (signal) => {
      const began = performance.now()
      const project = await openProject(archive)
      const report: ImportReport = { datasets: [], applied: [], failed: [], milliseconds: 0 }
      const added: Dataset[] = []
      try {
        for (const file of inReadingOrder(project.content.files).filter((file) => !this.#isLoaded(file))) {
          try {
            const checked = withCheckedPlan(file)
            const bytes = await project.read(file, (done) => {
              if (signal.aborted) throw new Problem('cancelled', stoppedOpening)
              const label = `Unpacking ${file.name}`
              this.#session.progress({ label, done, total: file.bytes, unit: 'bytes' })
            })
            const { dataset, message } = await this.#importing.importAgain(checked, bytes, signal, true)
            if (dataset) added.push(dataset)
            else report.applied.push({ fileName: file.name, message })
          } catch (error) {
            if (signal.aborted || !(error instanceof Problem)) throw error
            report.failed.push({ fileName: file.name, message: error.message })
          }
        }
      } catch (error) {
        for (const dataset of added) await this.#importing.takeBack(dataset)
        await this.#changed()
        throw error
      }
      for (const name of documents) {
        const brought = project.content.documents[name]
        if (brought) await this.#keep.changeDocument(name, (here) => merge[name](brought, here))
      }
      const models: File[] = []
      let runs = 0
      for (const part of project.content.parts) {
        if (signal.aborted) break
        try {
          const file = await project.read(part, (done) => {
            if (signal.aborted) throw new Problem('cancelled', stoppedOpening)
            const label = part.kind === 'run' ? 'Reading the notebook' : `Unpacking ${part.name}`
            this.#session.progress({ label, done, total: part.bytes, unit: 'bytes' })
          })
          if (part.kind === 'model') models.push(file)
          else if ((await this.#notebook.takeRunFile(file)) === 'taken') runs++
        } catch (error) {
          if (signal.aborted) break
          if (!(error instanceof Problem)) throw error
          report.failed.push({ fileName: part.kind === 'run' ? 'A run' : part.name, message: error.message })
        }
      }
      if (signal.aborted) report.failed.push({ fileName: archive.name, message: stoppedParts })
      for (const name of project.content.missing)
        report.failed.push({ fileName: name, message: notInProject(name) })
      await this.#changed()
      report.datasets = added.map(({ summary }) => summary)
      report.milliseconds = performance.now() - began
      const { link, family } = project.content
      return { report, link, family, models, runs }
    })
  }

  onChange(callback: () => void): void {
    this.#keep.onChange(callback)
  }

  /** As a dataset, or as factors that adjust one. */
  #isLoaded(file: KeptFile): boolean {
    return this.#session.catalog
      .all()
      .some(
        ({ summary }) =>
          isSameFile(keyOf(file), summary) ||
          summary.adjustedBy.some(({ name, sha256 }) => name === file.name && sha256 === file.sha256),
      )
  }
}

/**
 * By import, but airports before all, since position reports are joined with them, and factors after all, since
 * they change prices: a file that was imported once more has gone to the end of the list.
 */
function inReadingOrder(files: KeptFile[]): KeptFile[] {
  const place = ({ plan: { kind, content } }: KeptFile) =>
    content === 'lean-factors' ? 2 : kind === 'airports' ? 0 : 1
  return [...files].sort((a, b) => place(a) - place(b))
}

function withCheckedPlan(file: KeptFile): KeptFile {
  return { ...file, plan: checkedPlan(file) }
}

function stoppedReading(left: number): string {
  const files = left === 1 ? '1 kept file is' : `${left} kept files are`
  return `Reading back was stopped, so ${files} not loaded. Reload the page to load them.`
}

const stoppedOpening = 'Opening the project was stopped; everything loaded before is as it was.'

const stoppedParts =
  'Opening was stopped after the files: runs of the notebook and models did not all come. Open it once more for them.'

function unreadable(name: string): string {
  return `${name} is kept but could not be read back. Reload the page to try again, or import the file again.`
}

function notInProject(name: string): string {
  if (isCollectedName(name)) {
    return `${name}: what live sources gave is not in a project. Export it from the Live view and import that file.`
  }
  return `${name} was not kept where the project was exported, so it is not in the file. Import it from its own file.`
}
