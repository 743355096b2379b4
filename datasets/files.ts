import { createHash } from 'node:crypto'
import { gzipSync, strToU8 } from 'fflate'
import { isoDate } from './calendar.ts'
import { companiesCsv, pricesCsv, type CsvTable } from './csv.ts'
import type { SimulatedMarket, Truth } from './market.ts'

/** What stands beside the files of a simulated market, so that a reader can check them. */
export interface Manifest {
  simulated: true
  seed: number
  strength: number
  /** ISO dates of the first and the last trading day. */
  from: string
  to: string
  symbols: string[]
  files: ManifestFile[]
}

export interface ManifestFile {
  name: string
  /** Rows of the table without its header; null for what is no table. */
  rows: number | null
  /** Size and sha-256 (hex) of the text, before compression. */
  bytes: number
  sha256: string
}

/** The files of a market as they are served: `prices.csv.gz`, `companies.csv`, `truth.json`, `manifest.json`. */
export function marketFiles(market: SimulatedMarket): Map<string, Uint8Array> {
  const prices = pricesCsv(market)
  const companies = companiesCsv(market.companies)
  const truth: CsvTable = { text: truthJson(market.truth), rows: NaN }
  const manifest: Manifest = {
    simulated: true,
    seed: market.seed,
    strength: market.strength,
    from: isoDate(market.dates[0]),
    to: isoDate(market.dates.at(-1)!),
    symbols: market.symbols,
    files: [
      described('prices.csv.gz', prices),
      described('companies.csv', companies),
      described('truth.json', truth),
    ],
  }
  return new Map([
    // Without a time of modification the same text gives the same bytes.
    ['prices.csv.gz', gzipSync(strToU8(prices.text), { level: 6, mtime: 0 })],
    ['companies.csv', strToU8(companies.text)],
    ['truth.json', strToU8(truth.text)],
    ['manifest.json', strToU8(JSON.stringify(manifest, null, 2) + '\n')],
  ])
}

/** Hex sha-256 of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The truth as JSON; typed arrays become plain ones. */
export function truthJson(truth: Truth): string {
  const plain = (_key: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value)
  return JSON.stringify(truth, plain, 1) + '\n'
}

function described(name: string, { text, rows }: CsvTable): ManifestFile {
  return {
    name,
    rows: Number.isNaN(rows) ? null : rows,
    bytes: Buffer.byteLength(text),
    sha256: sha256(text),
  }
}
