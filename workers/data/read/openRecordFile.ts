import type { FileFormat } from '../api.ts'
import type { NamedBlob } from './fileBytes.ts'
import type { OpenRecordFile, RecordFile } from './recordSource.ts'

/** The reader of each format, fetched when a file of it comes. */
const formats: Record<Exclude<FileFormat, 'csv'>, () => Promise<OpenRecordFile>> = {
  json: async () => (await import('./json.ts')).openJson,
  ndjson: async () => (await import('./ndjson.ts')).openNdjson,
  parquet: async () => (await import('./parquet.ts')).openParquet,
  arrow: async () => (await import('./arrow.ts')).openArrow,
}

export async function openRecordFile(
  format: Exclude<FileFormat, 'csv'>,
  file: NamedBlob,
  path: string | null,
): Promise<RecordFile> {
  return (await formats[format]())(file, path)
}
