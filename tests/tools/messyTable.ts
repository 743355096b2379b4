import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importMessy, messyFiles, type MessyResult } from '../unit/data/messyFiles.ts'
import { messyTable } from '../unit/data/messyTable.ts'
import { openService } from '../unit/data/openService.ts'

/** Imports every messy file and writes what came of it to tests/messy-files.md. */
const opened = await openService()
const results: MessyResult[] = []
for (const path of messyFiles()) results.push(await importMessy(opened, path))
await opened.close()
const table = messyTable(results)
writeFileSync(join(import.meta.dirname, '..', 'messy-files.md'), table)
console.log(table)
console.log(`slowest: ${Math.round(Math.max(...results.map(({ milliseconds }) => milliseconds)))} ms`)
process.exit(0)
