import { Problem } from '../problem.ts'

const quote = 34
const backslash = 92
const comma = 44
const longestElement = 64 * 1024 * 1024

/** Called for each element with its bytes and its number, 1-based. */
export type OnElement = (bytes: Uint8Array, start: number, end: number, element: number) => void

/** Cuts the bytes of a JSON array into its elements without building it, so that its size does not matter. */
export class ElementSplitter {
  readonly #fileName: string
  readonly #onElement: OnElement
  #rest: Uint8Array = new Uint8Array(0)
  /** 0 before the array, 1 between its brackets. */
  #depth = 0
  #inText = false
  #escaped = false
  #ended = false
  #element = 0

  constructor(fileName: string, onElement: OnElement) {
    this.#fileName = fileName
    this.#onElement = onElement
  }

  /** Throws a `Problem` where something follows the array. */
  push(chunk: Uint8Array): void {
    const kept = this.#rest.length
    let bytes = chunk
    if (kept > 0) {
      bytes = new Uint8Array(kept + chunk.length)
      bytes.set(this.#rest)
      bytes.set(chunk, kept)
    }
    let start = 0
    for (let at = kept; at < bytes.length; at++) {
      const byte = bytes[at]
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false
        else if (byte === backslash) this.#escaped = true
        else if (byte === quote) this.#inText = false
        continue
      }
      if (isBlank(byte)) continue
      if (this.#ended) throw afterEnd(this.#fileName)
      // [ and {, like ] and }, differ in the bit that this takes out.
      const bracket = byte & 0xdf
      if (byte === quote) this.#inText = true
      else if (bracket === 0x5b) {
        this.#depth++
        if (this.#depth === 1) start = at + 1
      } else if (bracket === 0x5d) {
        this.#depth--
        if (this.#depth > 0) continue
        this.#emit(bytes, start, at)
        this.#ended = true
        start = at + 1
      } else if (byte === comma && this.#depth === 1) {
        this.#emit(bytes, start, at)
        start = at + 1
      }
    }
    this.#rest = bytes.slice(start)
    if (this.#rest.length > longestElement) throw tooLong(this.#fileName, this.#element + 1)
  }

  /** Throws a `Problem` where the array is not closed: the file was cut off. */
  finish(): void {
    if (this.#ended) return
    throw new Problem(
      'json',
      `${this.#fileName} ends in the middle of record ${(this.#element + 1).toLocaleString('en-GB')}: the list ` +
        'is never closed. It was cut off on the way; download it again.',
    )
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    let from = start
    while (from < end && isBlank(bytes[from])) from++
    if (from === end) return
    this.#element++
    this.#onElement(bytes, from, end, this.#element)
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13
}

function afterEnd(fileName: string): Problem {
  return new Problem(
    'json',
    `${fileName} goes on after the end of its list, so it is no JSON file. ` +
      'If it holds one record a line, name it .ndjson; else drop the file as it was downloaded.',
  )
}

function tooLong(fileName: string, element: number): Problem {
  return new Problem(
    'json',
    `${fileName}: record ${element} is larger than 64 MB. Cut the file into a list of smaller records.`,
  )
}
