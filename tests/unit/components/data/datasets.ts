import type { DatasetSummary, ImportPlan } from '../../../../workers/data/api.ts'

export function dataset(name: string, part: Partial<DatasetSummary> = {}): DatasetSummary {
  return {
    id: name,
    name,
    kind: 'prices',
    simulated: false,
    records: 10,
    rows: 10,
    refused: 0,
    repeated: 0,
    symbols: [name],
    from: 18_000,
    to: 19_000,
    bytes: 100,
    sha256: name.toLowerCase(),
    schemaHash: 'aa',
    adjustedBy: [],
    knownAt: null,
    notes: [],
    importedAt: 0,
    kept: false,
    keptMessage: '',
    vintageOf: null,
    ...part,
  }
}

export const simulated = dataset('Simulated market', { simulated: true, symbols: ['QQQ', 'ALTO'] })

export function plan(fileName: string, part: Partial<ImportPlan> = {}): ImportPlan {
  return {
    fileId: fileName,
    fileName,
    bytes: 100,
    format: 'csv',
    path: '',
    kind: 'prices',
    shape: 'Yahoo',
    content: 'rows',
    header: ['Date', 'Open', 'High', 'Low', 'Close', 'Volume'],
    headerLine: 1,
    width: 6,
    columns: { date: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 },
    delimiter: ',',
    decimal: '.',
    dateFormat: 'iso',
    dateFormats: {},
    dateAmbiguous: false,
    priceScale: 1,
    scales: {},
    constants: {},
    remembered: false,
    notes: [],
    symbol: fileName.replace('.csv', ''),
    sample: [{ cells: ['2020-01-02', '1', '2', '1', '2', '100'], dateInWords: '2 January 2020' }],
    problems: [],
    ...part,
  }
}
