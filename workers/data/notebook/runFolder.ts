import { isQuota } from '../keep/copyWriter.ts'
import { noRoomForRun } from '../keep/sentences.ts'
import type { KeepPlatform } from '../keep/storage.ts'
import { Problem } from '../problem.ts'
import type { NotebookRun } from './contract.ts'
import { encodeEntry, encodeRunFile, readCurveBytes, readEntry } from './runFile.ts'

const fileName = /^run-([0-9a-f]{32})-(\d{1,15})$/

/** Files read at a time: enough to keep the disk busy. */
const atATime = 16

/** A run as it lies in the folder. */
export interface StoredRun {
  run: NotebookRun
  /** Deflated, see `encodeCurve`. */
  curve: Uint8Array
}

/**
 * One folder with a file a run. A run that changes is written under a new name before the old file goes, so that
 * whatever is interrupted leaves the run before or after. Call all of it under the lock.
 */
export class RunFolder {
  readonly #platform: KeepPlatform
  /** By file: what a file holds never changes. */
  readonly #known = new Map<string, NotebookRun>()

  constructor(platform: KeepPlatform) {
    this.#platform = platform
  }

  /** Every run that can be read, and how many cannot. */
  async list(): Promise<{ runs: NotebookRun[]; unreadable: number }> {
    const byId = new Map<string, RunFileName[]>()
    for (const file of await this.#files()) byId.set(file.id, [...(byId.get(file.id) ?? []), file])
    const groups = [...byId.values()]
    const runs: NotebookRun[] = []
    let unreadable = 0
    for (let at = 0; at < groups.length; at += atATime) {
      const read = await Promise.all(groups.slice(at, at + atATime).map((files) => this.#newest(files)))
      for (const found of read) {
        if (found === null) unreadable++
        else runs.push(found.run)
      }
    }
    return { runs, unreadable }
  }

  /** Null where it is not there, or cannot be read. */
  async read(id: string): Promise<StoredRun | null> {
    const found = await this.#newest(await this.#filesOf(id))
    const file = found && (await this.#platform.storage.read(found.name))
    const curve = file && (await readCurveBytes(file))
    return found && curve ? { run: found.run, curve } : null
  }

  /** In place of whatever is kept under its id. Throws a `Problem` where there is no room. */
  async write({ run, curve }: StoredRun): Promise<void> {
    const { storage } = this.#platform
    const earlier = await this.#filesOf(run.id)
    const generation = Math.max(Date.now(), ...earlier.map((file) => file.generation + 1))
    const name = `run-${run.id}-${generation}`
    const bytes = await encodeRunFile({ entry: encodeEntry(run), curve })
    try {
      const writer = await storage.create(name)
      try {
        await writer.write(bytes)
      } finally {
        await writer.close()
      }
    } catch (error) {
      await storage.remove(name).catch(() => undefined)
      if (!isQuota(error)) throw error
      throw new Problem('quota', noRoomForRun(await storage.estimate()))
    }
    this.#known.set(name, run)
    for (const file of earlier) await this.#remove(file.name)
  }

  async remove(id: string): Promise<void> {
    for (const { name } of await this.#filesOf(id)) await this.#remove(name)
  }

  async clear(): Promise<void> {
    const { storage } = this.#platform
    for (const { name } of await this.#files()) await this.#remove(name)
    if ((await storage.names()).length === 0) await storage.removeFolder()
  }

  async #remove(name: string): Promise<void> {
    this.#known.delete(name)
    await this.#platform.storage.remove(name)
  }

  async #files(): Promise<RunFileName[]> {
    return (await this.#platform.storage.names()).flatMap((name) => {
      const [, id, generation] = fileName.exec(name) ?? []
      return id && generation ? [{ name, id, generation: Number(generation) }] : []
    })
  }

  async #filesOf(id: string): Promise<RunFileName[]> {
    return (await this.#files()).filter((file) => file.id === id)
  }

  /** The newest file of one run that is whole. */
  async #newest(files: RunFileName[]): Promise<{ name: string; run: NotebookRun } | null> {
    for (const { name, id } of files.toSorted((a, b) => b.generation - a.generation)) {
      const known = this.#known.get(name)
      if (known) return { name, run: known }
      const file = await this.#platform.storage.read(name)
      const run = file && (await readEntry(file).catch(() => null))
      if (run?.id !== id) continue
      this.#known.set(name, run)
      return { name, run }
    }
    return null
  }
}

interface RunFileName {
  name: string
  id: string
  generation: number
}
