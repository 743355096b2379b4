import { changeManifest } from './change.ts'
import { isSameFile, keyOf, type KeepWriter, type KeptFile, type KeptKey } from './keep.ts'
import type { Entry } from './manifest.ts'
import { forgottenMeanwhile, noRoom, storageFailed } from './sentences.ts'
import type { KeepPlatform, StorageWriter } from './storage.ts'
import { copyPrefix } from './sweep.ts'

export function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}

/** The copy of one file while it is imported. Its lock tells other tabs that it is being written. */
export class CopyWriter implements KeepWriter {
  readonly #platform: KeepPlatform
  readonly #name: string
  readonly #copy = copyPrefix + crypto.randomUUID()
  #out: StorageWriter | null = null
  #unlock: () => void = () => undefined
  /** Why there is no whole copy; null as long as there may be one. */
  #trouble: string | null = null
  /** Nothing is to be done any more; above all, the copy is not to be removed. */
  #ended = false

  constructor(platform: KeepPlatform, name: string) {
    this.#platform = platform
    this.#name = name
  }

  async start(bytes: number): Promise<void> {
    const { storage, locks } = this.#platform
    try {
      this.#unlock = await locks.hold(this.#copy)
      const room = await storage.estimate()
      if (room.quota > 0 && room.used + bytes > room.quota) this.#trouble = noRoom(this.#name, room)
      else this.#out = await storage.create(this.#copy)
    } catch (error) {
      await this.#giveUp(error)
    }
  }

  write(bytes: Uint8Array): void | Promise<void> {
    if (this.#trouble !== null) return
    try {
      return this.#out?.write(bytes)?.catch((error: unknown) => this.#giveUp(error))
    } catch (error) {
      return this.#giveUp(error)
    }
  }

  /** Another tab forgot everything: this copy must not outlive that. */
  forget(): void {
    this.#trouble ??= forgottenMeanwhile(this.#name)
  }

  async commit(file: KeptFile, replaced?: KeptKey): Promise<{ kept: boolean; message: string }> {
    try {
      await this.#close()
      await this.#enter(file, replaced)
    } catch (error) {
      await this.#giveUp(error)
    }
    // A writing may fail and yet be on the disk: what counts is what the manifest says.
    const kept = await this.#removeUnlessNamed(file).catch(() => false)
    this.#ended = true
    this.#unlock()
    return { kept, message: kept ? '' : (this.#trouble ?? storageFailed(this.#name)) }
  }

  async abort(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    await this.#close().catch(() => undefined)
    await this.#removeCopy()
    this.#unlock()
  }

  async #enter(file: KeptFile, replaced: KeptKey | undefined): Promise<void> {
    const { storage } = this.#platform
    await changeManifest(this.#platform, async (manifest, write) => {
      const copy =
        (await this.#equalCopy(file, manifest.files)) ?? (this.#trouble === null ? this.#copy : null)
      if (copy === null) return
      const isGone = (entry: Entry) =>
        isSameFile(keyOf(entry), keyOf(file)) ||
        (replaced !== undefined && isSameFile(keyOf(entry), replaced))
      const files = [...manifest.files.filter((entry) => !isGone(entry)), { ...file, copy }]
      await write({ ...manifest, files })
      const named = new Set(files.map((entry) => entry.copy))
      for (const gone of manifest.files.filter(isGone))
        if (!named.has(gone.copy)) await storage.remove(gone.copy).catch(() => undefined)
    })
  }

  /** The copy of a file with the same bytes, where it is whole. */
  async #equalCopy(file: KeptFile, files: Entry[]): Promise<string | null> {
    const equal = files.find(({ sha256 }) => sha256 === file.sha256)
    if (!equal) return null
    return (await this.#platform.storage.read(equal.copy))?.size === file.bytes ? equal.copy : null
  }

  async #removeUnlessNamed(file: KeptFile): Promise<boolean> {
    return changeManifest(this.#platform, async ({ files }) => {
      if (!files.some(({ copy }) => copy === this.#copy)) await this.#removeCopy()
      // An earlier import of the same file may be on the list, with another plan.
      return files.some(
        (entry) => isSameFile(keyOf(entry), keyOf(file)) && entry.importedAt === file.importedAt,
      )
    })
  }

  /** The import goes on; what was copied so far makes room again. */
  async #giveUp(error: unknown): Promise<void> {
    this.#trouble ??= storageFailed(this.#name)
    if (isQuota(error)) {
      const room = await this.#platform.storage.estimate().catch(() => null)
      // Some browsers tell a quota that is not the real one, lest it give the disk away.
      const told = room !== null && room.used > room.quota / 2
      if (room) this.#trouble = noRoom(this.#name, told ? room : { used: room.used, quota: 0 })
    }
    if (!this.#out) return
    await this.#close().catch(() => undefined)
    await this.#removeCopy()
  }

  async #close(): Promise<void> {
    const out = this.#out
    this.#out = null
    await out?.close()
  }

  async #removeCopy(): Promise<void> {
    await this.#platform.storage.remove(this.#copy).catch(() => undefined)
  }
}
