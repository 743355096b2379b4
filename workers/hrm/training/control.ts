/** What stops a training from outside. */
export class CancelledError extends Error {
  override name = 'CancelledError'
}

/**
 * What a person does to a training while it runs, brought between two of its steps, where weights and carry
 * belong together. After the end, what is to be done is done at once, one thing at a time.
 */
export class TrainingControl {
  private paused = false
  private cancelled = false
  private ended = false
  private urgent = 0
  private readonly jobs: (() => Promise<void>)[] = []
  private wake: () => void = () => undefined
  private last: Promise<unknown> = Promise.resolve()

  /** @param breathe resolves once messages that wait have been heard */
  constructor(private readonly breathe: () => Promise<void>) {}

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
    this.wake()
  }

  cancel(): void {
    this.cancelled = true
    this.wake()
  }

  /**
   * Does something between two steps, or at once while none runs.
   * @param urgency `now`: a validation under way makes room, and begins again afterwards
   */
  between<T>(job: () => Promise<T>, urgency: 'now' | 'soon'): Promise<T> {
    if (this.ended) {
      const done = this.last.then(job)
      this.last = done.catch(() => undefined)
      return done
    }
    return new Promise((resolve, reject) => {
      const weight = Number(urgency === 'now')
      this.urgent += weight
      this.jobs.push(async () => {
        this.urgent -= weight
        await job().then(resolve, reject)
      })
      this.wake()
    })
  }

  /** For long work between two steps: hears messages, and says whether the work may go on. */
  async goesOn(): Promise<boolean> {
    await this.breathe()
    return !this.cancelled && !this.paused && this.urgent === 0
  }

  /**
   * To be awaited before each step: does what waits, and stays while paused.
   * @throws CancelledError
   */
  async turn(onPause: (paused: boolean) => void): Promise<void> {
    await this.breathe()
    await this.doJobs()
    if (this.paused && !this.cancelled) {
      onPause(true)
      while (this.paused && !this.cancelled) {
        await new Promise<void>((resolve) => {
          this.wake = resolve
          if (this.jobs.length > 0) resolve()
        })
        await this.doJobs()
      }
      if (!this.cancelled) onPause(false)
    }
    if (this.cancelled) throw new CancelledError('The training was cancelled.')
  }

  /** The training has ended: nothing stays undone. */
  async end(): Promise<void> {
    this.ended = true
    this.last = this.doJobs()
    await this.last
  }

  private async doJobs(): Promise<void> {
    for (let job = this.jobs.shift(); job; job = this.jobs.shift()) await job()
  }
}
