import { Problem } from '../problem.ts'

const sliceBytes = 1 << 20

/** What the reader needs of a `File`. */
export type NamedBlob = Blob & { name: string }

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/**
 * The bytes of a file as UTF-8 text, about 1 MB at a time: unzipped where it is gzip, decoded where it is
 * UTF-16, without a byte-order mark. `onRaw` sees the bytes as they lie on disk (for hash and progress).
 * Throws a `Problem` when the file cannot be read.
 */
export async function* utf8Bytes(
  file: NamedBlob,
  onRaw: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const first = await slice(file, 0, 4)
  const gzip = first[0] === 0x1f && first[1] === 0x8b
  const raw = slices(file, onRaw)
  const bytes = gzip ? gunzip(raw, file.name) : raw
  let encoding: Encoding | null = null
  let decoder: TextDecoder | null = null
  const encoder = new TextEncoder()
  for await (let chunk of bytes) {
    if (encoding === null) {
      encoding = encodingOf(chunk)
      if (encoding !== 'utf-8') decoder = new TextDecoder(encoding)
      else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) chunk = chunk.subarray(3)
    }
    if (decoder) yield encoder.encode(decoder.decode(chunk, { stream: true }))
    else yield chunk
  }
  if (decoder) {
    const rest = encoder.encode(decoder.decode())
    if (rest.length > 0) yield rest
  }
}

/** By byte-order mark, else by the zero bytes that Latin letters leave in UTF-16. */
function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const length = Math.min(bytes.length, 512) & ~1
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const most = length * 0.4
  if (length >= 8 && odd > most && even === 0) return 'utf-16le'
  if (length >= 8 && even > most && odd === 0) return 'utf-16be'
  return 'utf-8'
}

async function* slices(file: NamedBlob, onRaw: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < file.size; offset += sliceBytes) {
    const bytes = await slice(file, offset, offset + sliceBytes)
    onRaw(bytes)
    yield bytes
  }
}

/** Bytes `from` to `to` of a file; throws a `Problem` where it cannot be read any more. */
export async function slice(file: NamedBlob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer())
  } catch (error) {
    throw new Problem(
      'unreadable',
      `${file.name} cannot be read. If it is a folder, open it and drop the files inside; ` +
        'if it was moved or changed since it was dropped, drop it again.',
      String(error),
    )
  }
}

async function* gunzip(raw: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const next = await raw.next()
        if (next.done) controller.close()
        else controller.enqueue(next.value as Uint8Array<ArrayBuffer>)
      } catch (error) {
        controller.error(error)
      }
    },
    async cancel() {
      await raw.return(undefined)
    },
  })
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      'gzip',
      `${name} is a damaged gzip file: it ends early or was changed on the way. Download it again, or ` +
        'unpack it and drop the CSV inside.',
      String(error),
    )
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
