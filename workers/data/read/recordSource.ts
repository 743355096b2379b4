import type { NamedBlob } from './fileBytes.ts'
import type { CellSpans } from './cells.ts'

/**
 * One record: its cells, the line (CSV, NDJSON) or the number of the record (1-based), and where its text lies
 * in `spans.bytes`. The spans are reused from record to record.
 */
export type OnRecord = (spans: CellSpans, line: number, start: number, end: number) => void

/** A file that is no CSV, as flat records. */
export interface RecordFile {
  /** Names of the cells, in the order of the cells of every record. */
  columns: string[]
  /** Those of them that hold numbers, whose leading zeros are lost. */
  numbers: string[]
  /** As in `ImportPlan.path`. */
  path: string
  /** Other places in the file where records lie, for the person to choose; '' = root. */
  paths: string[]
  /**
   * Hands all records to `onRecord`, yielding after about every megabyte of input so that the caller can
   * flush, report progress and stop. `onRaw` sees the bytes of the file as they lie on disk, in order (for
   * hash, copy and progress). Throws a `Problem` that names file, record and what to do.
   */
  records(onRecord: OnRecord, onRaw: (bytes: Uint8Array) => void): AsyncGenerator<void>
}

export type OpenRecordFile = (file: NamedBlob, path: string | null) => Promise<RecordFile>
