import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { AsyncBuffer, DecodedArray, FileMetaData, ParquetParsers, SchemaTree } from 'hyparquet'
import { Problem } from '../problem.ts'
import { CellWriter } from './cellWriter.ts'
import { slice, type NamedBlob } from './fileBytes.ts'
import { flatten } from './flatten.ts'
import { RawBytes } from './rawBytes.ts'
import type { OnRecord, OpenRecordFile } from './recordSource.ts'

const rowsPerTurn = 20_000
const msPerDay = 86_400_000
const numberTypes = new Set(['INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE'])

/** Days and times as ISO text; times are UTC. */
const parsers: Partial<ParquetParsers> = {
  dateFromDays: (days: number | undefined) =>
    isoText(days === undefined ? NaN : days * msPerDay).slice(0, 10),
  timestampFromMilliseconds: (value: bigint | undefined) => timeText(value, 1n),
  timestampFromMicroseconds: (value: bigint | undefined) => timeText(value, 1000n),
  timestampFromNanoseconds: (value: bigint | undefined) => timeText(value, 1_000_000n),
}

/** A Parquet file, row group by row group. */
export const openParquet: OpenRecordFile = async (file) => {
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: async (start, end) => (await slice(file, start, end ?? file.size)).buffer,
  }
  const metadata = await orProblem(file, () => parquetMetadataAsync(buffer, { geoparquet: false }))
  const leaves = leavesOf(parquetSchema(metadata), '')
  return {
    columns: leaves.map(({ name }) => name),
    numbers: leaves.filter(({ isNumber }) => isNumber).map(({ name }) => name),
    path: '',
    paths: [''],
    async *records(onRecord, onRaw) {
      const raw = new RawBytes(file, onRaw)
      const writer = new CellWriter()
      let rowStart = 0
      for (const group of metadata.row_groups) {
        yield* raw.upTo(endOf(group))
        const rowEnd = rowStart + Number(group.num_rows)
        const columns = await orProblem(file, () => readColumns(buffer, metadata, rowStart, rowEnd))
        yield* writeRows(leaves, columns, rowStart, rowEnd, writer, onRecord)
        rowStart = rowEnd
      }
      yield* raw.upTo(file.size)
    },
  }
}

/** A column of cells: its name with dots, the column of the file it lies in, and its decimal places. */
interface Leaf {
  name: string
  column: string
  scale: number | null
  isNumber: boolean
}

/** Structures become columns of their own; lists and maps become one. */
function leavesOf({ children }: SchemaTree, prefix: string): Leaf[] {
  return children.flatMap((child) => {
    const { name, type, converted_type, repetition_type, scale } = child.element
    const full = prefix + name
    const list = converted_type === 'LIST' || converted_type === 'MAP' || repetition_type === 'REPEATED'
    if (child.children.length > 0 && !list) return leavesOf(child, `${full}.`)
    const decimals = converted_type === 'DECIMAL' ? (scale ?? 0) : null
    const isNumber = decimals !== null || numberTypes.has(type ?? '')
    return [{ name: full, column: child.path[0], scale: decimals, isNumber }]
  })
}

/** The columns of a row group, each as the chunks it is decoded into. */
async function readColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<Map<string, { from: number; values: DecodedArray }[]>> {
  const columns = new Map<string, { from: number; values: DecodedArray }[]>()
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd,
    compressors,
    parsers,
    geoparquet: false,
    onChunk({ columnName, columnData, rowStart: from }) {
      const chunks = columns.get(columnName) ?? []
      if (chunks.length === 0) columns.set(columnName, chunks)
      chunks.push({ from, values: columnData })
    },
  })
  return columns
}

function* writeRows(
  leaves: Leaf[],
  columns: Awaited<ReturnType<typeof readColumns>>,
  rowStart: number,
  rowEnd: number,
  writer: CellWriter,
  onRecord: OnRecord,
): Generator<void> {
  const cellOf = new Map(leaves.map(({ name }, cell) => [name, cell]))
  const cells = leaves.map(() => '')
  const names = [...new Set(leaves.map(({ column }) => column))]
  const chunksOf = names.map((name) => (columns.get(name) ?? []).sort((a, b) => a.from - b.from))
  const chunkAt = names.map(() => 0)
  for (let row = rowStart; row < rowEnd; row++) {
    cells.fill('')
    names.forEach((name, i) => {
      const chunks = chunksOf[i]
      while (chunkAt[i] < chunks.length - 1 && row >= chunks[chunkAt[i] + 1].from) chunkAt[i]++
      const chunk = chunks[chunkAt[i]]
      flatten(name, chunk.values[row - chunk.from], (cellName, text) => {
        const cell = cellOf.get(cellName)
        if (cell === undefined) return
        const { scale } = leaves[cell]
        cells[cell] = scale === null || text === '' ? text : Number(text).toFixed(scale)
      })
    })
    writer.write(cells, row + 1, onRecord)
    if ((row + 1) % rowsPerTurn === 0) yield
  }
}

/** Where the bytes of a row group end. */
function endOf({ columns }: FileMetaData['row_groups'][number]): number {
  return Math.max(
    0,
    ...columns.map(({ meta_data: data }) => {
      if (!data) return 0
      const start = Math.min(
        Number(data.data_page_offset),
        Number(data.dictionary_page_offset ?? data.data_page_offset),
      )
      return start + Number(data.total_compressed_size)
    }),
  )
}

function timeText(value: bigint | undefined, perMillisecond: bigint): string {
  return isoText(typeof value === 'bigint' ? Number(value / perMillisecond) : NaN)
}

function isoText(milliseconds: number): string {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

async function orProblem<T>(file: NamedBlob, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      'parquet',
      `${file.name} cannot be read as Parquet: it was cut off, changed on the way, encrypted, or packed in a way ` +
        'that is not known here. Download it again, or save it once more with Snappy or without compression.',
      String(error),
    )
  }
}
