/**
 * Notices that a worker has fallen silent. It is asked for a sign of life again and again; two askings in a row
 * without an answer, and nothing else heard in between, are its end: after a sleep of the computer the first one is
 * merely late.
 */
export class Heartbeat {
  readonly #ask: () => Promise<unknown>
  readonly #silent: () => void
  readonly #patience: () => number
  #missed = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param patience milliseconds from one asking to the next */
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
    this.#missed++
    // A refusal is an answer too.
    this.#ask().then(
      () => this.heard(),
      () => this.heard(),
    )
    this.#timer = setTimeout(() => {
      if (this.#missed < 2) this.#beat()
      else this.#silent()
    }, this.#patience())
  }
}
