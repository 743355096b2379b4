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
      name: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
      rows: v.nullable(v.number()),
      sha256: v.string(),
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

/** Throws when a file is not the one that was generated; hosts that unpack gzip on the way change its bytes alone. */
export function checkAgainstManifest(
  manifest: SimulatedManifest,
  name: string,
  imported: { rows: number; refused: number; sha256: string },
  packed: boolean,
): void {
  const entry = manifest.files.find((file) => file.name === name)
  const sameBytes = entry?.sha256 === imported.sha256 || (name.endsWith('.gz') && !packed)
  if (entry && sameBytes && entry.rows === imported.rows && imported.refused === 0) return
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

export async function isGzip(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return start[0] === 0x1f && start[1] === 0x8b
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
