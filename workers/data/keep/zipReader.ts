import { Problem } from '../problem.ts'

/** A file inside a ZIP archive, as its table of contents describes it. */
export interface ZipEntry {
  /** Bytes as unpacked. */
  size: number
  /** CRC-32 of the unpacked bytes, eight hex digits. */
  crc32: string
  stream(): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
}

const endBytes = 22
const longestComment = 0xffff
const longestContents = 16 << 20
const methods = { stored: 0, deflated: 8 }

/**
 * The files of a ZIP archive by name. Only the table of contents at the end is read; the files are streamed
 * when asked for (APPNOTE 6.3, without ZIP64 and encryption). Throws a `Problem` for anything else.
 */
export async function readZip(archive: Blob, name: string): Promise<Map<string, ZipEntry>> {
  const damaged = () =>
    new Problem('zip', `${name} is no project file, or it is damaged. Save the project once more.`)
  const tailFrom = Math.max(0, archive.size - endBytes - longestComment)
  const tail = await viewOf(archive, tailFrom, archive.size)
  let end = tail.byteLength - endBytes
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw damaged()
  const count = tail.getUint16(end + 10, true)
  const length = tail.getUint32(end + 12, true)
  const from = tail.getUint32(end + 16, true)
  if (length > longestContents || from + length > tailFrom + end) throw damaged()
  const contents = await viewOf(archive, from, from + length)
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > contents.byteLength || contents.getUint32(at, true) !== 0x02014b50) throw damaged()
    const field = (offset: number) => contents.getUint16(at + offset, true)
    const [nameLength, extraLength, commentLength] = [field(28), field(30), field(32)]
    if (at + 46 + nameLength > contents.byteLength) throw damaged()
    const method = field(10)
    const packed = contents.getUint32(at + 20, true)
    const size = contents.getUint32(at + 24, true)
    const start = contents.getUint32(at + 42, true)
    const crc32 = contents
      .getUint32(at + 16, true)
      .toString(16)
      .padStart(8, '0')
    const entryName = new TextDecoder().decode(new Uint8Array(contents.buffer, at + 46, nameLength))
    const stream = async () => {
      const head = await viewOf(archive, start, start + 30)
      if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw damaged()
      const first = start + 30 + head.getUint16(26, true) + head.getUint16(28, true)
      if (first + packed > from) throw damaged()
      const bytes = archive.slice(first, first + packed).stream()
      if (method === methods.stored) return bytes
      if (method !== methods.deflated) throw damaged()
      return bytes.pipeThrough(
        new DecompressionStream('deflate-raw') as TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>,
      )
    }
    entries.set(entryName, { size, crc32, stream })
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

async function viewOf(archive: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await archive.slice(from, to).arrayBuffer())
}
