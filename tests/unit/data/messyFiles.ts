import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import Papa from 'papaparse'
import type { ImportPlan } from '../../../workers/data/api.ts'
import { Problem } from '../../../workers/data/problem.ts'
import { sharedPath } from '../shared.ts'
import { fileAt, valueOf, type OpenedService } from './openService.ts'
import { compare, plainRecords, type Comparison } from './plainRecords.ts'

export const messyFolder = sharedPath('realdata', 'messy')

/** What became of one messy file. */
export interface MessyResult {
  path: string
  /** Table it was taken for; '' where it matches none. */
  table: string
  /** Loaded at once, after a question, only because the person insists on a table, or not at all. */
  outcome: 'loaded' | 'asked' | 'insisted' | 'told'
  /** Records of the file that have something in them, the header not counted; null where it is no text. */
  recordsIn: number | null
  loaded: number
  refused: number
  /** Of the reader against the records that are right, where these are known. */
  reading: Comparison | null
  /** What the person is told, without the name of the file. */
  message: string
  milliseconds: number
}

/** Files of the collection, without expectations and descriptions. */
export function messyFiles(): string[] {
  return ['csv-spectrum/csvs', 'pollock/polluted', 'pollock/survey', 'duckdb_csv', 'papaparse'].flatMap(
    (folder) => filesUnder(join(messyFolder, folder)).map((path) => relative(messyFolder, path)),
  )
}

function filesUnder(path: string): string[] {
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const full = join(path, name)
      return statSync(full).isDirectory() ? filesUnder(full) : [full]
    })
}

/**
 * Drops the file and answers what is asked (a symbol, the order of day and month). A file that matches no table is
 * imported as a person would who insists: a list of companies, the first cell the symbol, the second the name.
 */
export async function importMessy({ service }: OpenedService, path: string): Promise<MessyResult> {
  const began = performance.now()
  const file = await fileAt(join(messyFolder, path))
  const [guessed] = valueOf(await service.inspect([file], null))
  const known = guessed.shape !== 'unknown shape'
  const asked = known && (guessed.symbol === '' || guessed.dateAmbiguous)
  const symbol = guessed.symbol === '' ? 'TEST' : guessed.symbol
  const plan = known
    ? { ...guessed, symbol, dateAmbiguous: false }
    : {
        ...valueOf(await service.replan({ ...guessed, kind: 'companies', width: 0 })),
        columns: { symbol: 0, name: 1 },
      }
  const report = valueOf(await service.importFiles([{ ...plan, symbol: known ? symbol : null }]))
  const [dataset] = report.datasets
  const [message = ''] = [...guessed.problems, ...report.failed.map((failure) => failure.message)]
  const result: MessyResult = {
    path,
    table: known ? `${plan.kind}${plan.content === 'rows' ? '' : ` (${plan.content})`}` : '',
    outcome: known && dataset ? (asked ? 'asked' : 'loaded') : dataset ? 'insisted' : 'told',
    recordsIn: await recordsIn(file, plan),
    loaded: dataset?.records ?? 0,
    refused: dataset?.refused ?? 0,
    reading: await readingOf(file, path),
    message: message.replaceAll(file.name, '…'),
    milliseconds: performance.now() - began,
  }
  if (dataset) valueOf(await service.remove(dataset.id))
  return result
}

async function recordsIn(file: File, plan: ImportPlan): Promise<number | null> {
  if (plan.format !== 'csv' || plan.width === 0) return null
  const { records } = await plainRecords(file, plan)
  return records.length - (plan.headerLine === null ? 0 : 1)
}

async function readingOf(file: File, path: string): Promise<Comparison | null> {
  const expected = expectedRecords(path)
  if (expected === null) return null
  try {
    return compare(await plainRecords(file), expected)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { expected: expected.length, right: 0, refused: 0, above: 0, other: 0 }
  }
}

/** The right records, header included, of the files that come with them. */
function expectedRecords(path: string): string[][] | null {
  const [collection, folder, name] = path.split('/')
  if (collection === 'csv-spectrum') return spectrumRecords(name)
  if (folder === 'polluted') {
    const map = JSON.parse(text('pollock', 'polluted_clean', 'map.json')) as Record<string, string>
    return cleanRecords(text('pollock', 'polluted_clean', map[name]))
  }
  return folder === 'survey' ? cleanRecords(text('pollock', 'survey_clean', name)) : null
}

function spectrumRecords(name: string): string[][] {
  const rows = [JSON.parse(text('csv-spectrum', 'json', name.replace(/csv$/, 'json')))].flat() as Record<
    string,
    string
  >[]
  return [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]
}

function cleanRecords(csv: string): string[][] {
  const { data } = Papa.parse<string[]>(csv, { delimiter: ',', skipEmptyLines: true })
  // Names that the collection gave to files without a header.
  return data[0]?.every((name, i) => name === `col_${i}`) ? data.slice(1) : data
}

function text(...parts: string[]): string {
  return readFileSync(join(messyFolder, ...parts), 'utf8')
}
