import { decodeText } from './cells.ts'
import { utf8Bytes, type NamedBlob } from './fileBytes.ts'

const single = 39
const double = 34
const firstLine = 65_536

/** As `utf8Bytes`, for tables of text: cells in single quotes come in double ones. */
export async function* csvBytes(
  file: NamedBlob,
  onRaw: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let quotes: SingleQuotes | null | undefined
  for await (const chunk of utf8Bytes(file, onRaw)) {
    if (quotes === undefined) {
      const delimiter = delimiterOfQuoted(decodeText(chunk, 0, Math.min(chunk.length, firstLine)))
      quotes = delimiter === null ? null : new SingleQuotes(delimiter)
    }
    yield quotes ? quotes.doubled(chunk) : chunk
  }
  if (quotes) yield quotes.rest()
}

/** What stands between the cells of a first line that are all in single quotes; null where they are not. */
function delimiterOfQuoted(text: string): number | null {
  const [line] = text.trimStart().split(/[\r\n]/, 1)
  const match = /^'[^']*'([,;\t|])'[^']*'(?:\1'[^']*')*\s*$/.exec(line)
  return match ? match[1].charCodeAt(0) : null
}

/** Turns cells in single quotes into cells in double ones, over chunks of bytes; `''` inside them is a quote. */
class SingleQuotes {
  readonly #delimiter: number
  #state: 'start' | 'plain' | 'quoted' | 'closing' = 'start'

  constructor(delimiter: number) {
    this.#delimiter = delimiter
  }

  doubled(chunk: Uint8Array): Uint8Array {
    const out = new Uint8Array(2 * chunk.length + 1)
    let at = 0
    for (const byte of chunk) {
      const ends = byte === this.#delimiter || byte === 10 || byte === 13
      if (this.#state === 'closing') {
        if (byte === single) {
          out[at++] = single
          this.#state = 'quoted'
          continue
        }
        out[at++] = ends ? double : single
        this.#state = ends ? 'start' : 'quoted'
      }
      if (this.#state === 'quoted') {
        if (byte === single) {
          this.#state = 'closing'
          continue
        }
        if (byte === double) out[at++] = double
        out[at++] = byte
      } else if (this.#state === 'start' && byte === single) {
        out[at++] = double
        this.#state = 'quoted'
      } else {
        out[at++] = byte
        this.#state = ends ? 'start' : 'plain'
      }
    }
    return out.subarray(0, at)
  }

  rest(): Uint8Array {
    return this.#state === 'closing' ? Uint8Array.of(double) : new Uint8Array(0)
  }
}
