import type { FileFormat } from '../../../../workers/data/api.ts'
import { formatOf } from '../../../../workers/data/read/fileFormat.ts'
import { openRecordFile } from '../../../../workers/data/read/openRecordFile.ts'

export interface Read {
  format: FileFormat
  columns: string[]
  path: string
  paths: string[]
  /** Cells of every record as texts; a record that could not be read has one cell. */
  rows: string[][]
  lines: number[]
  /** Bytes handed on for the hash, in order. */
  raw: Uint8Array
}

export async function readAll(file: File, path: string | null = null): Promise<Read> {
  const format = await formatOf(file)
  if (format === 'csv') throw new Error(`${file.name} is CSV`)
  const source = await openRecordFile(format, file, path)
  const rows: string[][] = []
  const lines: number[] = []
  const raw: Uint8Array[] = []
  const reading = source.records(
    (spans, line) => {
      rows.push(Array.from({ length: spans.count }, (_, cell) => spans.text(cell)))
      lines.push(line)
    },
    (bytes) => raw.push(bytes.slice()),
  )
  while (!(await reading.next()).done);
  return {
    format,
    columns: source.columns,
    path: source.path,
    paths: source.paths,
    rows,
    lines,
    raw: new Uint8Array(await new Blob(raw as BlobPart[]).arrayBuffer()),
  }
}

export function file(name: string, content: string | Uint8Array | object): File {
  const text =
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)
  return new File([text as BlobPart], name)
}

/** Whether the bytes handed on are those of the file, in order. */
export async function isWhole({ raw }: Read, blob: Blob): Promise<boolean> {
  return Buffer.from(await blob.arrayBuffer()).equals(raw)
}
