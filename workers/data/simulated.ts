import * as v from 'valibot'
import type { ImportPlan } from './api.ts'
import { columnsByHeader } from './inspect/columns.ts'
import { readHead } from './inspect/head.ts'
import { layoutUnder } from './inspect/layout.ts'
import { Problem } from './problem.ts'
import type { TableRule } from './schema.ts'

const manifestRule = v.object({
  files: v.array(
    v.object({
      name: v.string(),
      rows: v.nullable(v.number()),
      sha256: v.string(),
      /** The same file unpacked: some hosts unpack gzip on the way. */
      text: v.optional(v.object({ sha256: v.string() })),
    }),
  ),
})

export type SimulatedManifest = v.InferOutput<typeof manifestRule>
export type Fetch = (url: string) => Promise<Response>

const advice = 'Reload the page; if it fails again, the files of the site are incomplete.'

/** The files of the simulated market that the site carries. Throws a `Problem`. */
export async function fetchSimulated(
  baseUrl: string,
  fetchFrom: Fetch,
): Promise<{ manifest: SimulatedManifest; prices: File; companies: File }> {
  const folder = new URL('datasets/simulated/', baseUrl)
  const [manifestText, prices, companies] = await Promise.all([
    get('manifest.json').then((response) => response.text()),
    get('prices.csv.gz').then(asFile('prices.csv.gz')),
    get('companies.csv').then(asFile('companies.csv')),
  ])
  const manifest = v.safeParse(manifestRule, parsed(manifestText))
  if (!manifest.success) {
    throw new Problem('simulated', `The list of the simulated files cannot be read. ${advice}`)
  }
  return { manifest: manifest.output, prices, companies }

  async function get(name: string): Promise<Response> {
    let response: Response
    try {
      response = await fetchFrom(new URL(name, folder).href)
    } catch (error) {
      throw new Problem(
        'simulated',
        `The simulated market (${name}) could not be loaded. ${advice}`,
        String(error),
      )
    }
    if (!response.ok) {
      const detail = `status ${response.status}`
      throw new Problem('simulated', `The simulated market (${name}) could not be loaded. ${advice}`, detail)
    }
    return response
  }
}

/** The hash of a file as it was generated. Throws when what arrived is not that file, packed or unpacked. */
export function hashByManifest(
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
    fileId: '',
    fileName: file.name,
    bytes: file.size,
    kind: 'prices',
    shape: 'Contrail',
    content: 'rows',
    header: first.cells,
    headerLine: first.line,
    width: first.cells.length,
    columns: columnsByHeader(first.cells, table),
    delimiter: ',',
    decimal: '.',
    dateFormat: 'iso',
    dateAmbiguous: false,
    priceScale: 1,
    symbol: null,
    sample: [],
    problems: [],
  }
}

function asFile(name: string): (response: Response) => Promise<File> {
  return async (response) => new File([await response.arrayBuffer()], name)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
