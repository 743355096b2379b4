import { createHash } from 'node:crypto'
import { gzipSync, strToU8 } from 'fflate'
import { isoDate } from './calendar.ts'
import { chainsPart } from './chains/chainsPart.ts'
import { companiesCsv, pricesCsv } from './csv.ts'
import { demandPart } from './demand/demandPart.ts'
import { flightsPart } from './flights/drawFlights.ts'
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

/** A table of the market as a file. */
export interface TableFile {
  /** File name of the text; a compressed one is served with `.gz` behind it. */
  name: string
  /** Rows without the header. */
  rows: number
  text: string
  compressed: boolean
}

/** What a part of the market beyond prices and companies adds to its files. */
export interface MarketPart {
  tables: TableFile[]
  /** Only what the generator knows; served in `truth.json` under the name of the part. */
  truth: Record<string, unknown>
}

/** The parts by the name they have in the truth; each draws from streams of its own. */
const PARTS: Record<string, (market: SimulatedMarket) => MarketPart> = {
  flights: flightsPart,
  demand: demandPart,
  options: chainsPart,
}

/** The files of a market as they are served: its tables, `truth.json` and `manifest.json`. */
export function marketFiles(market: SimulatedMarket): Map<string, Uint8Array> {
  const parts = Object.entries(PARTS).map(([name, draw]) => ({ name, ...draw(market) }))
  const tables: TableFile[] = [
    { name: 'prices.csv', ...pricesCsv(market), compressed: true },
    { name: 'companies.csv', ...companiesCsv(market.companies), compressed: false },
    ...parts.flatMap((part) => part.tables),
  ]
  const truth = truthJson(market.truth, Object.fromEntries(parts.map((part) => [part.name, part.truth])))
  const served = [...tables.map(servedTable), { name: 'truth.json', rows: 0, content: strToU8(truth) }]
  const manifest: Manifest = {
    simulated: true,
    seed: market.seed,
    strength: market.strength,
    from: isoDate(market.dates[0]),
    to: isoDate(market.dates.at(-1)!),
    symbols: market.symbols,
    files: served.map(({ content, ...entry }) => ({
      ...entry,
      bytes: content.length,
      sha256: sha256(content),
    })),
  }
  const files = new Map(served.map(({ name, content }) => [name, content]))
  return files.set('manifest.json', strToU8(JSON.stringify(manifest, null, 2) + '\n'))
}

function servedTable({ name, rows, text, compressed }: TableFile) {
  const plain = strToU8(text)
  if (!compressed) return { name, rows, content: plain }
  return {
    name: `${name}.gz`,
    rows,
    // Without a time of modification the same text gives the same bytes.
    content: gzipSync(plain, { level: 9, mtime: 0 }),
    text: { bytes: plain.length, sha256: sha256(plain) },
  }
}

/** Hex sha-256; of a text, in UTF-8. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The truth as JSON, that of the parts under their names; typed arrays become plain ones. */
export function truthJson(truth: Truth, parts: Record<string, Record<string, unknown>> = {}): string {
  const plain = (_key: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value)
  return JSON.stringify({ ...truth, ...parts }, plain, 1) + '\n'
}
