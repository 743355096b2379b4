import { slice, type NamedBlob } from './fileBytes.ts'

const sliceBytes = 1 << 20

/** The bytes of a file in order, up to where the reader has come, for files that are read here and there. */
export class RawBytes {
  readonly #file: NamedBlob
  readonly #onRaw: (bytes: Uint8Array) => void
  #at = 0

  constructor(file: NamedBlob, onRaw: (bytes: Uint8Array) => void) {
    this.#file = file
    this.#onRaw = onRaw
  }

  /** Yields after every megabyte. */
  async *upTo(end: number): AsyncGenerator<void> {
    const last = Math.min(end, this.#file.size)
    while (this.#at < last) {
      const next = Math.min(this.#at + sliceBytes, last)
      this.#onRaw(await slice(this.#file, this.#at, next))
      this.#at = next
      yield
    }
  }
}
