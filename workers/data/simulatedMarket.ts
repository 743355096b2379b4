import type { DatasetSummary, Outcome, SimulatedPart, TableName } from './api.ts'
import { importFile } from './importFile.ts'
import { outcomeOf } from './problem.ts'
import { Refusals } from './refusals.ts'
import { tableNames, tables } from './schema.ts'
import { schemaHash } from './schemaHash.ts'
import type { DataSession } from './session.ts'
import { checkedHash, fetchManifest, fetchPart, planOfOwnFile, type SimulatedManifest } from './simulated.ts'

const titles: Partial<Record<TableName, string>> = { prices: 'Simulated market' }

/** The market that the site carries, a file per table, fetched when asked for. */
export class SimulatedMarket {
  readonly #session: DataSession
  readonly #changed: () => Promise<void>
  #manifest: Promise<SimulatedManifest> | null = null

  constructor(session: DataSession, changed: () => Promise<void>) {
    this.#session = session
    this.#changed = changed
  }

  parts(): Promise<Outcome<SimulatedPart[]>> {
    return outcomeOf(async () => {
      const { files } = await this.#fetchManifest()
      return files.flatMap(({ name, rows, bytes }) => {
        const kind = tableOf(name)
        if (kind === null) return []
        return [{ kind, rows: rows ?? 0, bytes, loaded: this.#loaded(kind) !== undefined }]
      })
    })
  }

  /** Prices and companies; the summary is that of the prices. */
  loadCore(): Promise<Outcome<DatasetSummary>> {
    return this.#session.inTurn(async (signal) => (await this.#load(['prices', 'companies'], signal))[0])
  }

  load(kinds: TableName[]): Promise<Outcome<DatasetSummary[]>> {
    return this.#session.inTurn((signal) => this.#load(kinds, signal))
  }

  #loaded(kind: TableName): DatasetSummary | undefined {
    return this.#session.catalog.all().find(({ summary }) => summary.simulated && summary.kind === kind)
      ?.summary
  }

  /** All of the tables or none. */
  async #load(kinds: TableName[], signal: AbortSignal): Promise<DatasetSummary[]> {
    const { catalog, baseUrl, fetchFrom } = this.#session
    const [manifest] = await Promise.all([this.#fetchManifest(), this.#session.open()])
    const wanted = kinds.filter((kind) => !this.#loaded(kind))
    const names = wanted.map((kind) => nameOf(manifest, kind))
    const files = await Promise.all(names.map((name) => fetchPart(baseUrl, name, fetchFrom)))
    const added: string[] = []
    try {
      for (const [i, kind] of wanted.entries()) {
        const summary = await this.#import(manifest, kind, files[i], signal)
        added.push(summary.id)
        catalog.add({ summary, table: summary.id, refused: new Refusals() })
      }
    } catch (error) {
      for (const id of added) {
        catalog.remove(id)
        await this.#session.drop(id)
      }
      throw error
    }
    if (added.length > 0) await this.#changed()
    return kinds.map((kind) => this.#loaded(kind)!)
  }

  async #import(
    manifest: SimulatedManifest,
    kind: TableName,
    file: File,
    signal: AbortSignal,
  ): Promise<DatasetSummary> {
    const { catalog, progress } = this.#session
    const database = await this.#session.open()
    const id = catalog.nextId()
    const table = tables[kind]
    const plan = await planOfOwnFile(file, table)
    const target = { database, name: id, table, progress, signal, writer: null }
    const { notes, refused, ...rows } = await importFile(target, plan, file)
    const sha256 = checkedHash(manifest, file.name, { ...rows, refused: refused.count })
    const knownFromFile = notes.some(({ knownAssumed }) => knownAssumed === 0)
    return {
      ...rows,
      id,
      name: titles[kind] ?? `Simulated ${tables[kind].rows}`,
      kind,
      simulated: true,
      refused: refused.count,
      sha256,
      schemaHash: await schemaHash(kind),
      adjustedBy: [],
      knownAt: table.knownAt ? (knownFromFile ? 'file' : 'assumed') : null,
      notes: [],
      importedAt: 0,
      kept: false,
      keptMessage: '',
      vintageOf: null,
    }
  }

  #fetchManifest(): Promise<SimulatedManifest> {
    if (!this.#manifest) {
      this.#manifest = fetchManifest(this.#session.baseUrl, this.#session.fetchFrom)
      // A download that failed may be tried again.
      this.#manifest.catch(() => (this.#manifest = null))
    }
    return this.#manifest
  }
}

/** `flights.csv.gz` → flights. */
function tableOf(fileName: string): TableName | null {
  const stem = fileName.split('.')[0]
  return /\.csv(\.gz)?$/.test(fileName) ? (tableNames.find((name) => name === stem) ?? null) : null
}

function nameOf({ files }: SimulatedManifest, kind: TableName): string {
  return files.find(({ name }) => tableOf(name) === kind)?.name ?? `${kind}.csv`
}
