const pieceBytes = 4 << 20

/** A blob from many chunks; the browser may put finished pieces on the disk, so few are in memory at once. */
export class BlobBuilder {
  readonly #pieces: Blob[] = []
  #chunks: Uint8Array<ArrayBuffer>[] = []
  #bytes = 0

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk as Uint8Array<ArrayBuffer>)
    this.#bytes += chunk.length
    if (this.#bytes >= pieceBytes) this.#close()
  }

  finish(type: string): Blob {
    this.#close()
    return new Blob(this.#pieces, { type })
  }

  #close(): void {
    this.#pieces.push(new Blob(this.#chunks))
    this.#chunks = []
    this.#bytes = 0
  }
}
