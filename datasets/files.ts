import { createHash } from 'node:crypto'
import { gzipSync, strToU8 } from 'fflate'
import { isoDate } from './calendar.ts'
import { companiesCsv, pricesCsv } from './csv.ts'
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
  /** Rows of the table without its header; 0 for what is no table. */
  rows: number
  /** Size and sha-256 (hex) of the file as it is served. */
  bytes: number
  sha256: string
  /** The same of the text inside, where the file is compressed. */
  text?: { bytes: number; sha256: string }
}

/** The files of a market as they are served: `prices.csv.gz`, `companies.csv`, `truth.json`, `manifest.json`. */
export function marketFiles(market: SimulatedMarket): Map<string, Uint8Array> {
  const prices = pricesCsv(market)
  const companies = companiesCsv(market.companies)
  const files = new Map([
    // Without a time of modification the same text gives the same bytes.
    ['prices.csv.gz', gzipSync(strToU8(prices.text), { level: 6, mtime: 0 })],
    ['companies.csv', strToU8(companies.text)],
    ['truth.json', strToU8(truthJson(market.truth))],
  ])
  const described = (name: string, rows: number): ManifestFile => {
    const bytes = files.get(name)!
    return { name, rows, bytes: bytes.length, sha256: sha256(bytes) }
  }
  const manifest: Manifest = {
    simulated: true,
    seed: market.seed,
    strength: market.strength,
    from: isoDate(market.dates[0]),
    to: isoDate(market.dates.at(-1)!),
    symbols: market.symbols,
    files: [
      {
        ...described('prices.csv.gz', prices.rows),
        text: { bytes: Buffer.byteLength(prices.text), sha256: sha256(prices.text) },
      },
      described('companies.csv', companies.rows),
      described('truth.json', 0),
    ],
  }
  return files.set('manifest.json', strToU8(JSON.stringify(manifest, null, 2) + '\n'))
}

/** Hex sha-256; of a text, in UTF-8. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The truth as JSON; typed arrays become plain ones. */
export function truthJson(truth: Truth): string {
  const plain = (_key: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value)
  return JSON.stringify(truth, plain, 1) + '\n'
}
