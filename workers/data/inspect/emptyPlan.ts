import type { ImportPlan, TableName } from '../api.ts'

export interface FileFacts {
  fileId: string
  fileName: string
  bytes: number
}

/** A plan of which nothing is known yet. */
export function emptyPlan(file: FileFacts, kind: TableName): ImportPlan {
  return {
    ...file,
    format: 'csv',
    path: '',
    kind,
    shape: 'unknown shape',
    content: 'rows',
    header: null,
    headerLine: null,
    width: 0,
    columns: {},
    delimiter: ',',
    decimal: '.',
    dateFormat: 'iso',
    dateFormats: {},
    dateAmbiguous: false,
    priceScale: 1,
    scales: {},
    symbol: '',
    constants: {},
    sample: [],
    remembered: false,
    notes: [],
    problems: [],
  }
}
