import type { DatasetSummary, ImportPlan, Outcome, TableName } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { importFile, repeatedKeys } from '../importFile.ts'
import { knownAtOf } from '../importing.ts'
import { Problem } from '../problem.ts'
import { plural, whole } from '../quality/findings.ts'
import { tables } from '../schema.ts'
import { schemaHash } from '../schemaHash.ts'
import type { DataSession } from '../session.ts'
import { planOfOwnFile } from '../simulated.ts'
import { quoteIdentifier } from '../sql.ts'
import { countTickets } from '../staging/countTickets.ts'
import { ticketWords } from '../staging/ticketWords.ts'
import { collectedCells, collectedLayouts, type CollectedLayout } from './layouts.ts'
import { placeFlights } from './placeFlights.ts'

const keptMessage = 'The collection keeps these rows. Export them, or forget them, in the Live view.'
/** A file no longer than this may be a header alone. */
const longestHeader = 1000

/** What live sources gave, as datasets beside those of files. The collection keeps the rows; here they are read only. */
export class Collected {
  readonly #session: DataSession
  readonly #changed: () => Promise<void>
  /** The airports by which the flights have their origins and destinations. */
  #placedBy = ''

  /** @param changed called after datasets were added, changed or taken away */
  constructor(session: DataSession, changed: () => Promise<void>) {
    this.#session = session
    this.#changed = changed
  }

  /** A dataset a table, in place of the earlier one; a null file takes it away. All of them or none. */
  take(files: { table: TableName; file: File | null }[]): Promise<Outcome<DatasetSummary[]>> {
    return this.#session.inTurn(async (signal) => {
      const { catalog } = this.#session
      const made: Dataset[] = []
      try {
        for (const { table, file } of files) {
          const layout = layoutOf(table)
          if (file && !(await isEmpty(file))) made.push(await this.#load(table, layout, file, signal))
        }
      } catch (error) {
        for (const dataset of made) await this.#session.dropDataset(dataset)
        throw error
      }
      const earlier = catalog
        .all()
        .filter(({ summary }) => summary.collected && files.some(({ table }) => table === summary.kind))
      for (const dataset of earlier) catalog.remove(dataset.summary.id)
      for (const dataset of made) catalog.add(dataset)
      for (const dataset of earlier) await this.#session.dropDataset(dataset)
      await this.#changed()
      return catalog.all().map(({ summary }) => summary)
    })
  }

  /** Airports that were imported since the flights were taken in give them origins and destinations. */
  async followAirports(): Promise<void> {
    const airports = this.#airports()
    for (const dataset of this.#session.catalog.all()) {
      const { ends, table, summary } = dataset
      if (ends === undefined || this.#placedBy === airports.join()) continue
      const note = await placeFlights(await this.#session.open(), ends, table, airports)
      dataset.summary = { ...summary, notes: [note] }
      this.#placedBy = airports.join()
    }
  }

  /** The simulated ones never meet what was really seen. */
  #airports(): string[] {
    return this.#session.catalog
      .all()
      .filter(({ summary }) => summary.kind === 'airports' && !summary.simulated)
      .map(({ table }) => table)
  }

  async #load(kind: TableName, layout: CollectedLayout, file: File, signal: AbortSignal): Promise<Dataset> {
    const database = await this.#session.open()
    const id = this.#session.catalog.nextId()
    const isStaged = layout.read !== tables[kind]
    const name = isStaged ? `${id}_staged` : id
    const plan = await planOf(kind, layout, file)
    const { progress } = this.#session
    const target = { database, name, table: layout.read, progress, signal, writer: null }
    const { notes: reading, refused, ...read } = await importFile(target, plan, file)
    try {
      const { rows, notes } = await this.#derive(database, kind, id, name, read.rows, signal)
      const summary: DatasetSummary = {
        ...read,
        id,
        name: layout.name,
        kind,
        simulated: false,
        rows,
        refused: refused.count,
        repeated: isStaged ? await repeatedKeys(database, id, tables[kind]) : read.repeated,
        schemaHash: await schemaHash(kind),
        adjustedBy: [],
        knownAt: knownAtOf(tables[kind], reading),
        notes,
        importedAt: Date.now(),
        collected: true,
        kept: true,
        keptMessage,
        vintageOf: null,
      }
      const dataset = { summary, table: id, refused, content: plan.content }
      if (kind === 'tickets') return { ...dataset, texts: name }
      return kind === 'flights' ? { ...dataset, ends: name } : dataset
    } catch (error) {
      for (const table of new Set([id, name])) await this.#session.drop(table)
      throw error
    }
  }

  /** The rows of the table, where those of the file are not they. */
  async #derive(
    database: Database,
    kind: TableName,
    id: string,
    staged: string,
    read: number,
    signal: AbortSignal,
  ): Promise<{ rows: number; notes: string[] }> {
    if (kind === 'flights') {
      const airports = this.#airports()
      const note = await placeFlights(database, staged, id, airports)
      this.#placedBy = airports.join()
      return { rows: read, notes: [note] }
    }
    if (kind === 'tickets') {
      const rows = await countTickets(database, staged, id, ticketWords, (done, total) => {
        if (signal.aborted) throw new Problem('cancelled', 'Stopped; what was collected before is as it was.')
        this.#session.progress({ label: 'Counting collected tickets', done, total, unit: 'rows' })
      })
      const note =
        `${plural(read, 'ticket')} were counted into ${whole(rows)} rows by day (UTC) and by the mood of their ` +
        `words (${ticketWords.language}). A day’s count is known when the last of its tickets was seen.`
      return { rows, notes: [note] }
    }
    if (kind === 'adoption') {
      // Seen while the day went on, a count is known when it is over.
      await database.query(
        `UPDATE ${quoteIdentifier(id)} SET known_at = date + 1 WHERE date IS NOT NULL AND known_at <= date`,
      )
    }
    return { rows: read, notes: [] }
  }
}

function layoutOf(table: TableName): CollectedLayout {
  const layout = collectedLayouts[table]
  if (layout) return layout
  throw new Problem(
    'collected',
    `Rows of ${table} are not collected. Reload the page, which may be an old one.`,
  )
}

async function isEmpty(file: File): Promise<boolean> {
  return file.size <= longestHeader && !/\n\s*\S/.test((await file.text()).trim())
}

async function planOf(kind: TableName, layout: CollectedLayout, file: File): Promise<ImportPlan> {
  const plan = await planOfOwnFile(file, layout.read)
  if (plan.header?.join() !== layout.columns.join()) {
    throw new Problem(
      'collected',
      `What was collected for ${kind} has other columns than expected. Reload the page, which may be an old one.`,
      `found ${plan.header?.join()}`,
    )
  }
  return {
    ...plan,
    kind,
    fileName: layout.name,
    content: kind === 'tickets' ? 'tickets' : 'rows',
    columns: collectedCells(layout),
  }
}
