import type { Device } from '../gpu/gpuTask.ts'
import type { TaskResult, TaskSetup } from './task.ts'
import type { SweepWorkerApi } from './workerApi.ts'

/** A worker as the pool sees it. */
export interface PoolWorker {
  api: SweepWorkerApi
  /** Resolves when the worker is seen to have died. */
  died: Promise<void>
  terminate(): void
}

export interface Blocks {
  blocks: Int32Array
  window: number
}

export interface PoolHooks {
  /** The next blocks for a worker, or null where there are none now. `speed` = its blocks a second so far, 0 = not known. */
  next(speed: number): Blocks | null
  done(result: TaskResult): void
  /** What the first worker computes on. */
  device?(device: Device): void
  /** These blocks will be handed out again. */
  lost(blocks: Blocks): void
  /** No worker can be started, or the task itself fails. */
  failed(message: string): void
}

/** So often in a row may a worker die before the task is given up. */
const mostDeaths = 5
/** Milliseconds without an answer after which a worker counts as dead where its death cannot be heard of. */
const patience = 60_000

/**
 * Keeps workers busy with the blocks of one task. A worker that dies is replaced, and what it had is done again.
 * Terminating is the only cancel: a worker deep in a computation hears nothing.
 */
export class SweepPool {
  replaced = 0
  private readonly members = new Set<{ worker: PoolWorker; busy: boolean; speed: number }>()
  private deaths = 0
  private closed = false

  constructor(
    size: number,
    private readonly create: () => PoolWorker,
    private readonly setup: TaskSetup,
    private readonly hooks: PoolHooks,
    /** The first worker looks for a GPU. */
    tryGpu = false,
  ) {
    for (let i = 0; i < size; i++) this.start(tryGpu && i === 0)
  }

  get workers(): number {
    return this.members.size
  }

  /** Hands out blocks to whoever is idle: after a pause, or when lost blocks have come back. */
  wake(): void {
    for (const member of this.members) if (!member.busy) void this.work(member)
  }

  /** Frees every worker at once. */
  close(): void {
    this.closed = true
    for (const { worker } of this.members) worker.terminate()
    this.members.clear()
  }

  private start(tryGpu: boolean): void {
    const member = { worker: this.create(), busy: true, speed: 0 }
    this.members.add(member)
    const opened = member.worker.api.open(this.setup, `contrail-sweep-${crypto.randomUUID()}`, tryGpu)
    void this.orDeath(member.worker, opened).then(
      (device) => {
        if (tryGpu) this.hooks.device?.(device)
        member.busy = false
        void this.work(member)
      },
      (cause: unknown) => this.replace(member, null, cause),
    )
  }

  private async work(member: { worker: PoolWorker; busy: boolean; speed: number }): Promise<void> {
    if (this.closed || member.busy || !this.members.has(member)) return
    const blocks = this.hooks.next(member.speed)
    if (blocks === null) return
    member.busy = true
    try {
      const result = await this.orDeath(member.worker, member.worker.api.run(blocks.blocks, blocks.window))
      if (this.closed) return
      this.deaths = 0
      member.speed = (1000 * blocks.blocks.length) / Math.max(1, result.milliseconds)
      member.busy = false
      this.hooks.done(result)
      void this.work(member)
    } catch (cause) {
      this.replace(member, blocks, cause)
    }
  }

  private replace(
    member: { worker: PoolWorker; busy: boolean; speed: number },
    blocks: Blocks | null,
    cause: unknown,
  ): void {
    if (this.closed) return
    member.worker.terminate()
    this.members.delete(member)
    if (blocks !== null) this.hooks.lost(blocks)
    this.deaths++
    if (this.deaths >= mostDeaths) {
      const reason = cause instanceof Error ? ` ${cause.message}` : ''
      this.hooks.failed(`The workers stop again and again.${reason}`)
      return
    }
    this.replaced++
    this.start(false)
    this.wake()
  }

  /** The answer, or a rejection when the worker dies or stays silent for far too long. */
  private orDeath<T>(worker: PoolWorker, answer: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('A worker did not answer.')), patience)
    })
    const death = worker.died.then(() => {
      throw new Error('A worker stopped.')
    })
    return Promise.race([answer, death, silence]).finally(() => clearTimeout(timer))
  }
}
