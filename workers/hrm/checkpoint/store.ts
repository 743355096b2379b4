import type { Checkpoint } from './checkpoint.ts'
import { decodeCheckpoint, encodeCheckpoint } from './checkpointFile.ts'
import type { CheckpointFiles, ListedFile } from './files.ts'
import { CheckpointError, checkFormat, decodeMetadata, type CheckpointMetadata } from './metadata.ts'
import { headerEnd, readMetadata, SafetensorsError } from './safetensors.ts'
import { sealName } from './seal.ts'

/** Thrown where the browser has no room for a checkpoint; those stored before are still there. */
export class StorageFullError extends Error {
  override name = 'StorageFullError'
}

/** The newest checkpoint of a run that is as it was written. */
export interface Loaded {
  checkpoint: Checkpoint
  bytes: Uint8Array<ArrayBuffer>
  /** Newer checkpoints that were damaged. */
  damaged: number
}

export interface ListedRun {
  id: string
  metadata: CheckpointMetadata
  /** That the file carries of itself. */
  sha256: string
  /** Epoch milliseconds. */
  storedAt: number
  bytes: number
}

interface RunFile extends ListedFile {
  id: string
  /** Counts the checkpoints of a run. */
  number: number
}

/** Checkpoints of a run that are kept: should the newest be damaged, there is the one before it. */
const kept = 2
const fileName = /^([a-z0-9-]+)\.(\d+)\.safetensors$/

/**
 * Keeps the last two checkpoints of each run. A new one is a file of its own, and older ones go only once it
 * lies on the disk whole: what is stored is never worse than before.
 */
export class CheckpointStore {
  constructor(private readonly files: CheckpointFiles) {}

  /** Why nothing lasts beyond the page; null = it does. */
  get forgets(): string | null {
    return this.files.forgets
  }

  /** Takes a run for this tab; null while another tab trains it. */
  claim(id: string): Promise<(() => void) | null> {
    return this.files.claim(id)
  }

  /** @throws StorageFullError */
  async save(id: string, checkpoint: Checkpoint): Promise<void> {
    await this.saveFile(id, await encodeCheckpoint(checkpoint))
  }

  /** @throws StorageFullError */
  async saveFile(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const before = await this.filesOf(id)
    const number = (before[0]?.number ?? 0) + 1
    try {
      await this.files.write(`${id}.${number}.safetensors`, bytes)
    } catch (error) {
      if (isQuota(error)) throw new StorageFullError('The storage of the browser is full.', { cause: error })
      throw error
    }
    for (const { name } of before.slice(kept - 1)) await this.files.remove(name)
  }

  /**
   * The newest good checkpoint; damaged ones that are newer are removed.
   * @throws CheckpointError where none is good
   */
  async load(id: string): Promise<Loaded> {
    const files = await this.filesOf(id)
    let problem = new CheckpointError('Nothing of this run is stored.')
    for (const [damaged, { name }] of files.entries()) {
      try {
        const bytes = await this.bytesOf(name)
        const checkpoint = await decodeCheckpoint(bytes)
        for (const worse of files.slice(0, damaged)) await this.files.remove(worse.name)
        return { checkpoint, bytes, damaged }
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error
        problem = error
      }
    }
    throw problem
  }

  /** Runs by what their newest readable checkpoint says of itself, newest first; nothing else of it is looked at. */
  async list(): Promise<ListedRun[]> {
    const files = await this.allFiles()
    const ids = [...new Set(files.map(({ id }) => id))]
    const listed = await Promise.all(
      ids.map((id) =>
        this.listRun(
          id,
          files.filter((file) => file.id === id),
        ),
      ),
    )
    return listed.filter((run) => run !== null).sort((a, b) => b.storedAt - a.storedAt)
  }

  async remove(id: string): Promise<void> {
    for (const { name } of await this.filesOf(id)) await this.files.remove(name)
  }

  private async listRun(id: string, files: RunFile[]): Promise<ListedRun | null> {
    for (const { name, writtenAt } of files) {
      const head = await this.headOf(name)
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
      if (head) return { id, ...head, storedAt: writtenAt, bytes }
    }
    return null
  }

  /** Null where the beginning of the file is damaged. */
  private async headOf(name: string): Promise<Pick<ListedRun, 'metadata' | 'sha256'> | null> {
    const file = await this.files.read(name)
    if (!file) return null
    try {
      const end = headerEnd(new Uint8Array(await file.slice(0, 8).arrayBuffer()))
      const metadata = readMetadata(new Uint8Array(await file.slice(0, end || 0).arrayBuffer()))
      checkFormat(metadata)
      return { metadata: decodeMetadata(metadata), sha256: metadata[sealName] ?? '' }
    } catch (error) {
      if (error instanceof SafetensorsError || error instanceof CheckpointError) return null
      throw error
    }
  }

  private async bytesOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const file = await this.files.read(name)
    return file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
  }

  /** Newest first. */
  private async filesOf(id: string): Promise<RunFile[]> {
    return (await this.allFiles()).filter((file) => file.id === id)
  }

  private async allFiles(): Promise<RunFile[]> {
    const files = (await this.files.list()).flatMap((file) => {
      const [, id, number] = fileName.exec(file.name) ?? []
      return id ? [{ ...file, id, number: Number(number) }] : []
    })
    return files.sort((a, b) => b.number - a.number)
  }
}

function isQuota(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'QuotaExceededError' || error.name === 'NS_ERROR_FILE_NO_DEVICE_SPACE')
  )
}
