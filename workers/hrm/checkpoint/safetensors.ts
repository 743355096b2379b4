/**
 * The safetensors format (github.com/huggingface/safetensors): the length of a header as eight bytes, little-endian,
 * the header as JSON, then the tensors one after the other, without a gap, row by row, little-endian, as the
 * typed arrays of every machine with a browser are. Other tools open such a file; nothing in it can be run.
 */
export interface StoredTensor {
  shape: number[]
  data: Float32Array | Int32Array | Uint8Array
}

export interface SafetensorsFile {
  tensors: Record<string, StoredTensor>
  metadata: Record<string, string>
}

/** Thrown for bytes that are no safetensors file, or not one we can read; the message says where. */
export class SafetensorsError extends Error {
  override name = 'SafetensorsError'
}

const lengthBytes = 8
/** The limit of the format itself. */
const longestHeader = 100_000_000
const metadataKey = '__metadata__'
const kinds = { F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const
type Kind = keyof typeof kinds

export function writeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  // Wide elements first, as the format's own writer does, so that each tensor is aligned.
  const ordered = Object.entries(tensors).sort(
    ([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT,
  )
  const header: Record<string, unknown> = { [metadataKey]: metadata }
  let size = 0
  for (const [name, { shape, data }] of ordered) {
    if (elementsOf(shape) !== data.length)
      throw new SafetensorsError(`${name} has ${data.length} elements; its shape has ${elementsOf(shape)}.`)
    header[name] = { dtype: kindOf(data), shape, data_offsets: [size, size + data.byteLength] }
    size += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const start = Math.ceil((lengthBytes + json.length) / lengthBytes) * lengthBytes
  const file = new Uint8Array(start + size).fill(32, lengthBytes, start)
  new DataView(file.buffer).setBigUint64(0, BigInt(start - lengthBytes), true)
  file.set(json, lengthBytes)
  let at = start
  for (const [, { data }] of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return file
}

/** @throws SafetensorsError for anything that does not fit, before a byte of it is used */
export function readSafetensors(file: Uint8Array): SafetensorsFile {
  const { metadata, entries, start } = readHeader(file)
  const room = file.length - start
  const tensors: [string, StoredTensor][] = []
  let filled = 0
  for (const { name, kind, shape, begin, end } of entries.sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (end > room)
      throw new SafetensorsError(`${name} ends at byte ${end} of the data; the file has only ${room}.`)
    if (begin !== filled)
      throw new SafetensorsError(
        `${name} begins at byte ${begin} of the data, where ${filled} was expected: tensors ` +
          (begin < filled ? 'overlap.' : 'leave a gap.'),
      )
    const needed = elementsOf(shape) * kinds[kind].BYTES_PER_ELEMENT
    if (end - begin !== needed)
      throw new SafetensorsError(
        `${name} has ${end - begin} bytes; ${kind} of shape [${shape.join(', ')}] takes ${needed}.`,
      )
    // A copy, because the place in the file need not be aligned.
    tensors.push([name, { shape, data: new kinds[kind](file.slice(start + begin, start + end).buffer) }])
    filled = end
  }
  if (filled !== room)
    throw new SafetensorsError(`${room - filled} bytes at the end of the file belong to no tensor.`)
  return { tensors: Object.fromEntries(tensors), metadata }
}

/**
 * The metadata alone, of the beginning of a file.
 * @throws SafetensorsError where the header is not all there
 */
export function readMetadata(beginning: Uint8Array): Record<string, string> {
  return readHeader(beginning).metadata
}

/** Bytes up to the end of the header, from the first eight of a file; NaN where they cannot be right. */
export function headerEnd(beginning: Uint8Array): number {
  if (beginning.length < lengthBytes) return NaN
  const { buffer, byteOffset } = beginning
  const length = new DataView(buffer, byteOffset).getBigUint64(0, true)
  return length <= longestHeader ? lengthBytes + Number(length) : NaN
}

interface Entry {
  name: string
  kind: Kind
  shape: number[]
  begin: number
  end: number
}

function readHeader(file: Uint8Array): {
  metadata: Record<string, string>
  entries: Entry[]
  start: number
} {
  const start = headerEnd(file)
  if (!(start <= file.length))
    throw new SafetensorsError('The file does not begin with the header of a safetensors file.')
  const header = parseJson(file.subarray(lengthBytes, start))
  if (!isRecord(header)) throw new SafetensorsError('The header is not an object.')
  const { [metadataKey]: metadata = {}, ...rest } = header
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string'))
    throw new SafetensorsError('The metadata are not texts by name.')
  const entries = Object.entries(rest).map(([name, entry]) => entryOf(name, entry))
  return { metadata: metadata as Record<string, string>, entries, start }
}

function entryOf(name: string, entry: unknown): Entry {
  if (!isRecord(entry)) throw new SafetensorsError(`The header says nothing readable about ${name}.`)
  const { dtype, shape, data_offsets: offsets } = entry
  if (typeof dtype !== 'string' || !Object.hasOwn(kinds, dtype))
    throw new SafetensorsError(
      `${name} is of the type ${String(dtype)}; ${Object.keys(kinds).join(', ')} can be read.`,
    )
  if (!isCounts(shape)) throw new SafetensorsError(`The shape of ${name} is not a list of whole numbers.`)
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1])
    throw new SafetensorsError(`The place of ${name} in the file is not a beginning and an end.`)
  return { name, kind: dtype as Kind, shape, begin: offsets[0], end: offsets[1] }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new SafetensorsError('The header is not JSON.', { cause: error })
  }
}

function kindOf(data: StoredTensor['data']): Kind {
  if (data instanceof Float32Array) return 'F32'
  return data instanceof Int32Array ? 'I32' : 'U8'
}

function elementsOf(shape: number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0)
}
