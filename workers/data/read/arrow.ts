import type { FileHandle } from 'node:fs/promises'
import {
  DataType,
  DateUnit,
  RecordBatchReader,
  StructRow,
  TimeUnit,
  Vector,
  type Field,
  type RecordBatch,
  type Schema,
} from 'apache-arrow'
import { Problem } from '../problem.ts'
import { CellWriter } from './cellWriter.ts'
import { slice, type NamedBlob } from './fileBytes.ts'
import { cellText } from './flatten.ts'
import { RawBytes } from './rawBytes.ts'
import type { OpenRecordFile } from './recordSource.ts'

const sliceBytes = 1 << 20
/** `ARROW1`. */
const magic = [65, 82, 82, 79, 87, 49]
const rowsPerTurn = 20_000

/** An Arrow IPC file or stream, batch by batch. */
export const openArrow: OpenRecordFile = async (file) => {
  await refuseCutOff(file)
  const first = await openReader(file)
  const cells = cellsOf(first.schema.fields, [], '')
  await first.cancel()
  return {
    columns: cells.map(({ name }) => name),
    numbers: cells.filter(({ isNumber }) => isNumber).map(({ name }) => name),
    path: '',
    paths: [''],
    async *records(onRecord, onRaw) {
      const writer = new CellWriter()
      const texts = cells.map(() => '')
      const reader = await openReader(file)
      const raw = new RawBytes(file, onRaw)
      let line = 0
      for (;;) {
        const batch = await orProblem(file, () => reader.next())
        if (batch === null) break
        yield* raw.upTo(reader.at)
        const vectors = cells.map((cell) => vectorOf(batch, cell))
        for (let row = 0; row < batch.numRows; row++) {
          for (let i = 0; i < cells.length; i++) texts[i] = cells[i].text(vectors[i]?.get(row))
          line++
          writer.write(texts, line, onRecord)
          if (line % rowsPerTurn === 0) yield
        }
        yield
      }
      await reader.cancel()
      yield* raw.upTo(file.size)
    },
  }
}

interface Cell {
  name: string
  /** Index of the column, then of the child of each structure on the way. */
  at: number[]
  text: (value: unknown) => string
  isNumber: boolean
}

function cellsOf(fields: Field[], at: number[], prefix: string): Cell[] {
  return fields.flatMap((field, i) => {
    const name = prefix + field.name
    const type = field.type as DataType
    if (DataType.isStruct(type)) return cellsOf(type.children, [...at, i], `${name}.`)
    const isNumber = DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type)
    return [{ name, at: [...at, i], text: textOf(type), isNumber }]
  })
}

function vectorOf(batch: RecordBatch, { at: [column, ...children] }: Cell): Vector | null {
  let vector: Vector | null = batch.getChildAt(column)
  for (const child of children) vector = vector?.getChildAt(child) ?? null
  return vector
}

function textOf(type: DataType): (value: unknown) => string {
  if (DataType.isDictionary(type)) return textOf(type.dictionary as DataType)
  if (DataType.isDate(type)) {
    const length = type.unit === DateUnit.DAY ? 10 : undefined
    return (value) => isoText(value).slice(0, length)
  }
  if (DataType.isTimestamp(type)) return isoText
  if (DataType.isTime(type)) {
    const perMillisecond = {
      [TimeUnit.SECOND]: 1e-3,
      [TimeUnit.MILLISECOND]: 1,
      [TimeUnit.MICROSECOND]: 1e3,
      [TimeUnit.NANOSECOND]: 1e6,
    }
    return (value) =>
      value === null || value === undefined
        ? ''
        : isoText(Number(value) / perMillisecond[type.unit]).slice(11, 23)
  }
  if (DataType.isDecimal(type)) return (value) => decimalText(value, type.scale)
  return (value) => cellText(plain(value))
}

/** Vectors and rows of nested values as arrays and objects. */
function plain(value: unknown): unknown {
  if (value instanceof Vector) return Array.from(value as Iterable<unknown>, plain)
  if (value instanceof StructRow)
    return Object.fromEntries([...value].map(([key, part]) => [key, plain(part)]))
  if (value instanceof Uint8Array)
    return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return value
}

/** Arrow gives days and times as milliseconds since 1970. */
function isoText(value: unknown): string {
  if (value === null || value === undefined) return ''
  const date = new Date(Number(value))
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

/** Words of 32 bits, the lowest first, in two’s complement. */
function decimalText(value: unknown, scale: number): string {
  if (!ArrayBuffer.isView(value)) return ''
  const words = new Uint32Array(value.buffer, value.byteOffset, value.byteLength / 4)
  let whole = 0n
  for (let i = words.length - 1; i >= 0; i--) whole = (whole << 32n) | BigInt(words[i])
  whole = BigInt.asIntN(32 * words.length, whole)
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0')
  const text = scale > 0 ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits
  return whole < 0n ? `-${text}` : text
}

interface BatchReader {
  schema: Schema
  /** Null after the last. */
  next(): Promise<RecordBatch | null>
  cancel(): Promise<void>
  /** How far into the file the batches have been read. */
  readonly at: number
}

/** Only what is asked for is read: a file may be larger than the memory. */
async function openReader(file: NamedBlob): Promise<BatchReader> {
  let at = 0
  const take = async (from: number, to: number) => {
    at = Math.min(to, file.size)
    return slice(file, from, to)
  }
  async function* stream() {
    while (at < file.size) yield await take(at, at + sliceBytes)
  }
  /** As Node’s `fs.promises.FileHandle`, the one source that Arrow reads here and there. */
  const handle = {
    fd: 0,
    stat: () => Promise.resolve({ size: file.size }),
    read: async (buffer: Uint8Array, offset: number, length: number, position: number) => {
      const bytes = await take(position, position + length)
      buffer.set(bytes, offset)
      return { bytesRead: bytes.length, buffer }
    },
    close: () => Promise.resolve(),
  }
  const isFile = await startsWithMagic(file)
  const reader = await orProblem(file, async () => {
    const opened = await (isFile
      ? RecordBatchReader.from(handle as unknown as FileHandle)
      : RecordBatchReader.from(stream()))
    return opened.open()
  })
  return {
    schema: reader.schema,
    next: async () => {
      const step: IteratorResult<RecordBatch, unknown> = await reader.next()
      return step.done ? null : step.value
    },
    cancel: async () => {
      await reader.cancel()
    },
    get at() {
      return at
    },
  }
}

async function startsWithMagic(file: NamedBlob): Promise<boolean> {
  return isMagic(await slice(file, 0, magic.length))
}

/** A file (not a stream) ends as it begins. */
async function refuseCutOff(file: NamedBlob): Promise<void> {
  if (!(await startsWithMagic(file))) return
  if (isMagic(await slice(file, file.size - magic.length, file.size))) return
  throw new Problem('arrow', `${file.name} was cut off on the way: its end is missing. Download it again.`)
}

function isMagic(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}

async function orProblem<T>(file: NamedBlob, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    const packed = String(error).includes('compression')
    throw new Problem(
      'arrow',
      packed
        ? `${file.name} is a compressed Arrow file, which is not read here. Save it without compression ` +
            '(compression=“uncompressed”), or as Parquet, and drop it again.'
        : `${file.name} cannot be read as Arrow: it was cut off or changed on the way. Download it again.`,
      String(error),
    )
  }
}
