import type { KeepState } from '../api.ts'
import { Problem } from '../problem.ts'
import { CopyWriter, isQuota } from './copyWriter.ts'
import {
  isSameFile,
  keyOf,
  type Keep,
  type KeepWriter,
  type KeptDocument,
  type KeptFile,
  type KeptKey,
} from './keep.ts'
import { changeManifest } from './change.ts'
import type { Manifest } from './manifest.ts'
import { copyGone, noRoomForChange } from './sentences.ts'
import { readManifest, removeManifest } from './slots.ts'
import { copyPrefix, sweep } from './sweep.ts'
import type { KeepPlatform } from './storage.ts'

const offInGeneral =
  'This browser keeps nothing for pages like this one, so files are loaded until the page is closed.'

/**
 * Keeps files in one folder: their copies, and a manifest that alone says which of them count. Whatever is
 * interrupted, the manifest is the one before or the one after; copies it does not name are swept up at the
 * next start unless another tab is still writing them.
 */
export class FileKeep implements Keep {
  readonly #openPlatform: () => Promise<KeepPlatform>
  readonly #callbacks: (() => void)[] = []
  #platform: Promise<KeepPlatform | null> | null = null
  /** Imports run one after the other, so the last one is the only one that may be under way. */
  #writer: CopyWriter | null = null
  #off = ''
  #lost: string[] = []

  /** `openPlatform` throws a `Problem` where the browser gives no storage. */
  constructor(openPlatform: () => Promise<KeepPlatform>) {
    this.#openPlatform = openPlatform
  }

  async state(): Promise<KeepState> {
    const platform = await this.#open()
    if (!platform) return { kind: 'off', message: this.#off, persistent: false, used: 0, quota: 0, lost: [] }
    const [room, persistent] = await Promise.all([platform.storage.estimate(), platform.storage.persistent()])
    return { kind: 'on', message: '', persistent, ...room, lost: [...this.#lost] }
  }

  async files(): Promise<KeptFile[]> {
    return (await this.#read()).files
  }

  async open(file: KeptFile): Promise<File> {
    const platform = await this.#open()
    const entry = (await this.#read()).files.find(({ sha256 }) => sha256 === file.sha256)
    const copy = platform && entry ? await platform.storage.read(entry.copy) : null
    if (copy?.size !== file.bytes) throw new Problem('not-kept', copyGone(file.name))
    return new File([copy], file.name, { lastModified: file.importedAt })
  }

  async begin(name: string, bytes: number): Promise<KeepWriter> {
    const platform = await this.#open()
    if (!platform) return notKept(this.#off)
    const writer = new CopyWriter(platform, name)
    this.#writer = writer
    await writer.start(bytes)
    return writer
  }

  async remove(key: KeptKey): Promise<void> {
    await this.#change(async (manifest, write, platform) => {
      const gone = manifest.files.find((file) => isSameFile(keyOf(file), key))
      if (!gone) return
      const files = manifest.files.filter((file) => file !== gone)
      const shared = files.some(({ copy }) => copy === gone.copy)
      const removeCopy = () =>
        shared ? undefined : platform.storage.remove(gone.copy).catch(() => undefined)
      try {
        await write({ ...manifest, files })
      } catch (error) {
        if (!isQuota(error)) throw error
        // A full disk has no room even for a shorter list: what the copy took makes some.
        await removeCopy()
        await write({ ...manifest, files }).catch(async (again: unknown) => {
          // Nothing is left to be written down: no list says the same, and takes no room.
          const empty =
            files.length === 0 && Object.values(manifest.documents).every((one) => one === undefined)
          if (!isQuota(again) || !empty) throw again
          await removeManifest(platform.storage)
          platform.channel.tell('changed')
        })
      }
      await removeCopy()
    })
  }

  async readDocument(name: KeptDocument): Promise<unknown> {
    return (await this.#read()).documents[name]
  }

  async changeDocument(name: KeptDocument, change: (now: unknown) => unknown): Promise<boolean> {
    return this.#change(async (manifest, write, platform) => {
      const documents = { ...manifest.documents, [name]: change(manifest.documents[name]) }
      await write({ ...manifest, documents }).catch(async (error: unknown) => {
        if (!isQuota(error)) throw error
        throw new Problem('quota', noRoomForChange(await platform.storage.estimate()))
      })
    })
  }

  async clear(): Promise<void> {
    const platform = await this.#open()
    if (!platform) return
    const { storage, locks, channel } = platform
    channel.tell('forgotten')
    await locks.exclusive(async () => {
      await removeManifest(storage)
      const held = await locks.held()
      for (const name of await storage.names())
        if (name.startsWith(copyPrefix) && !held.has(name)) await storage.remove(name).catch(() => undefined)
      if ((await storage.names()).length === 0) await storage.removeFolder()
    })
    this.#lost = []
  }

  onChange(callback: () => void): void {
    this.#callbacks.push(callback)
  }

  #open(): Promise<KeepPlatform | null> {
    this.#platform ??= this.#start().catch((error: unknown) => {
      this.#off = error instanceof Problem ? error.message : offInGeneral
      return null
    })
    return this.#platform
  }

  async #start(): Promise<KeepPlatform> {
    const platform = await this.#openPlatform()
    this.#lost = await platform.locks.exclusive(() => sweep(platform))
    platform.channel.listen((news) => {
      if (news === 'forgotten') this.#writer?.forget()
      for (const callback of this.#callbacks) callback()
    })
    return platform
  }

  async #read(): Promise<Manifest> {
    const platform = await this.#open()
    if (!platform) return { generation: 0, files: [], documents: {} }
    return platform.locks.exclusive(async () => (await readManifest(platform.storage)).manifest)
  }

  /** One change at a time over all tabs; the others hear of it. False where nothing is kept. */
  async #change(
    task: (
      manifest: Manifest,
      write: (manifest: Manifest) => Promise<void>,
      platform: KeepPlatform,
    ) => Promise<void>,
  ): Promise<boolean> {
    const platform = await this.#open()
    if (!platform) return false
    await changeManifest(platform, (manifest, write) => task(manifest, write, platform))
    return true
  }
}

/** Where there is no storage: the import runs as ever. */
function notKept(message: string): KeepWriter {
  return {
    write: () => undefined,
    commit: () => Promise.resolve({ kept: false, message }),
    abort: () => Promise.resolve(),
  }
}
