/** Milliseconds from one asking to the next. */
const tick = 4_000

/**
 * Notices that a worker has fallen silent. It is asked for a sign of life again and again; once it has owed one for
 * `patience` milliseconds and said nothing else, that is its end. Time is counted in beats, at least two of them:
 * after a sleep of the computer the first is merely late.
 */
export class Heartbeat {
  readonly #ask: () => Promise<unknown>
  readonly #silent: () => void
  readonly #patience: () => number
  #asked = false
  #missed = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ask: () => Promise<unknown>, silent: () => void, patience: () => number) {
    this.#ask = ask
    this.#silent = silent
    this.#patience = patience
    this.#beat()
  }

  /** Any word of the worker is a sign of life. */
  heard(): void {
    this.#missed = 0
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #beat(): void {
    if (!this.#asked) {
      this.#asked = true
      // A refusal is an answer too.
      const answered = () => {
        this.#asked = false
        this.heard()
      }
      this.#ask().then(answered, answered)
    }
    this.#timer = setTimeout(() => {
      this.#missed++
      if (this.#missed * tick < Math.max(2 * tick, this.#patience())) this.#beat()
      else this.#silent()
    }, tick)
  }
}
