import { createHash } from 'node:crypto'
import { gzipSync, strToU8 } from 'fflate'
import { isoDate } from './calendar.ts'
import type { SimulatedMarket, Truth } from './market.ts'
import { marketTables, type TableFile } from './marketTables.ts'

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

/** The files of a market as they are served: its tables, `truth.json` and `manifest.json`. */
export function marketFiles(market: SimulatedMarket): Map<string, Uint8Array> {
  const { tables, truths } = marketTables(market)
  const truth = truthJson(market.truth, truths)
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
