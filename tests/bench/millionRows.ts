import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { millionPriceRows } from './import.ts'

/** A file of one million price rows, for an upload through the page. */
export function writeMillionRows(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'contrail-')), 'million.csv')
  writeFileSync(file, millionPriceRows())
  return file
}
