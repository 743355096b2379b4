import * as v from 'valibot'
import type { ImportPlan, TableName } from './api.ts'
import { columnsByHeader } from './inspect/columns.ts'
import { emptyPlan } from './inspect/emptyPlan.ts'
import { readHead } from './inspect/head.ts'
import { layoutUnder } from './inspect/layout.ts'
import { Problem } from './problem.ts'
import type { TableRule } from './schema.ts'

const manifestRule = v.object({
  files: v.array(
    v.object({
      name: v.string(),
      rows: v.nullable(v.number()),
      bytes: v.number(),
      sha256: v.string(),
      /** The same file unpacked: some hosts unpack gzip on the way. */
      text: v.optional(v.object({ sha256: v.string() })),
    }),
  ),
})

export type SimulatedManifest = v.InferOutput<typeof manifestRule>
export type Fetch = (url: string) => Promise<Response>

const advice = 'Reload the page; if it fails again, the files of the site are incomplete.'

/** What the site says of the files of its simulated market. Throws a `Problem`. */
export async function fetchManifest(baseUrl: string, fetchFrom: Fetch): Promise<SimulatedManifest> {
  const response = await get(baseUrl, 'manifest.json', fetchFrom)
  const manifest = v.safeParse(manifestRule, parsed(await response.text()))
  if (manifest.success) return manifest.output
  throw new Problem('simulated', `The list of the simulated files cannot be read. ${advice}`)
}

/** One file of the simulated market. Throws a `Problem`. */
export async function fetchPart(baseUrl: string, name: string, fetchFrom: Fetch): Promise<File> {
  const response = await get(baseUrl, name, fetchFrom)
  return new File([await response.arrayBuffer()], name)
}

async function get(baseUrl: string, name: string, fetchFrom: Fetch): Promise<Response> {
  const message = `The simulated market (${name}) could not be loaded. ${advice}`
  let response: Response
  try {
    response = await fetchFrom(new URL(`datasets/simulated/${name}`, baseUrl).href)
  } catch (error) {
    throw new Problem('simulated', message, String(error))
  }
  if (!response.ok) throw new Problem('simulated', message, `status ${response.status}`)
  return response
}

/** The hash of a file as it was generated. Throws when what arrived is not that file, packed or unpacked. */
export function checkedHash(
  manifest: SimulatedManifest,
  name: string,
  imported: { rows: number; refused: number; sha256: string },
): string {
  const entry = manifest.files.find((file) => file.name === name)
  const sameBytes = entry && [entry.sha256, entry.text?.sha256].includes(imported.sha256)
  if (sameBytes && entry.rows === imported.rows && imported.refused === 0) return entry.sha256
  const detail = `expected ${JSON.stringify(entry)}, got ${JSON.stringify(imported)}`
  throw new Problem('simulated', `The simulated market (${name}) was damaged on the way. ${advice}`, detail)
}

/** Files of our own need no guessing: commas, ISO dates, and the names of the schema in the first line. */
export async function planOfOwnFile(file: File, table: TableRule): Promise<ImportPlan> {
  const [first] = layoutUnder(',', (await readHead(file)).slice(0, 1)).rows
  return {
    ...emptyPlan({ fileId: '', fileName: file.name, bytes: file.size }, table.name as TableName),
    shape: 'Contrail',
    header: first.cells,
    headerLine: first.line,
    width: first.cells.length,
    columns: columnsByHeader(first.cells, table),
    symbol: null,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
