import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { priceCsv } from './importCsv.ts'

/** A file of one million price rows, for an upload through the page. */
export async function writeMillionRows(): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'contrail-')), 'million.csv')
  writeFileSync(file, new Uint8Array(await priceCsv(1_000_000).arrayBuffer()))
  return file
}
