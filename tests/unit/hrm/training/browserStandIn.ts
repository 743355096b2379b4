import * as tf from '@tensorflow/tfjs'
import type { BackendName, TrainingStatus, TrainingTask } from '../../../../workers/hrm/api.ts'
import type { CheckpointFiles } from '../../../../workers/hrm/checkpoint/files.ts'
import { memoryFiles } from '../../../../workers/hrm/checkpoint/memoryFiles.ts'
import { breathe } from '../../../../workers/hrm/training/breathe.ts'
import { HrmSession } from '../../../../workers/hrm/training/session.ts'

/** The disk of a browser, which outlives its workers, can be full, and can rot. */
export class Disk {
  readonly files: CheckpointFiles = { ...memoryFiles(''), forgets: null }
  full = false
  private readonly holders = new Map<string, StandInWorker>()

  seenBy(worker: StandInWorker): CheckpointFiles {
    return {
      ...this.files,
      write: (name, bytes) => {
        if (worker.killed) return new Promise(() => undefined)
        if (this.full) return Promise.reject(new DOMException('no room', 'QuotaExceededError'))
        return this.files.write(name, bytes)
      },
      claim: (run) => {
        const holder = this.holders.get(run)
        if (holder && !holder.killed) return Promise.resolve(null)
        this.holders.set(run, worker)
        return Promise.resolve(() => void this.holders.delete(run))
      },
    }
  }

  /** Changes one bit in the middle of the newest file. */
  async rot(): Promise<void> {
    const [newest] = (await this.files.list()).sort((a, b) =>
      b.name.localeCompare(a.name, 'en', { numeric: true }),
    )
    const file = await this.files.read(newest.name)
    const bytes = new Uint8Array(await file!.arrayBuffer())
    bytes[bytes.length >> 1] ^= 1
    await this.files.write(newest.name, bytes)
  }

  async names(): Promise<string[]> {
    return (await this.files.list()).map(({ name }) => name).sort()
  }
}

/** A worker of a tab over a disk; killed, it never takes another step, and says nothing more. */
export class StandInWorker {
  readonly session: HrmSession
  readonly heard: TrainingStatus<TrainingTask>[] = []
  killed = false
  backendFails: string | null = null
  /** What it said when it ended by itself. */
  lastWord: string | null = null
  loseGpu: (reason: string) => void = () => undefined
  /** Choices of a backend under way, and the most there ever were. */
  mostChoosing = 0
  private choosing = 0
  private clock = 0
  private readonly waiting = new Set<() => void>()

  constructor(
    readonly disk: Disk,
    backend: BackendName = 'wasm',
  ) {
    this.session = new HrmSession({
      chooseBackend: async (_wanted, onLost) => {
        this.loseGpu = onLost
        if (this.backendFails) throw new Error(this.backendFails)
        this.choosing += 1
        this.mostChoosing = Math.max(this.mostChoosing, this.choosing)
        await breathe()
        await tf.setBackend('wasm')
        this.choosing -= 1
        return { backend, why: '', adapter: null, software: false, probe: {}, kernels: [] }
      },
      openFiles: () => Promise.resolve(disk.seenBy(this)),
      // Fast enough that a word is due after every step.
      now: () => (this.clock += 250),
      breathe: () => (this.killed ? new Promise(() => undefined) : breathe()),
      die: (why) => {
        this.lastWord = why
        this.kill()
      },
    })
    this.session.watch((status) => {
      if (this.killed) return
      this.heard.push(status)
      for (const look of this.waiting) look()
    })
  }

  kill(): void {
    this.killed = true
  }

  get status(): TrainingStatus<TrainingTask> {
    return this.heard[this.heard.length - 1]
  }

  /** Resolves with the first status, from now on or the last one, that is as asked. */
  until(wanted: (status: TrainingStatus<TrainingTask>) => boolean): Promise<TrainingStatus<TrainingTask>> {
    return new Promise((resolve) => {
      const look = () => {
        const status = this.heard.at(-1)
        if (!status || !wanted(status)) return
        this.waiting.delete(look)
        resolve(status)
      }
      this.waiting.add(look)
      look()
    })
  }

  /** Resolves when the training has ended, however it did. */
  end(): Promise<TrainingStatus<TrainingTask>> {
    return this.until(({ phase }) => !['preparing', 'training', 'paused'].includes(phase))
  }
}
