import type {
  DatasetSummary,
  ImportPlan,
  ImportReport,
  Outcome,
  Progress,
  RefusedRow,
  RowCount,
  TableName,
} from './api.ts'
import type { Dataset } from './catalog.ts'
import type { Database } from './database.ts'
import { cancelled, importFile, repeatedKeys, type ImportedRows } from './importFile.ts'
import { inspectFile, reinspectFile } from './inspect/inspectFile.ts'
import { emptyPlan, type FileFacts } from './inspect/emptyPlan.ts'
import type { Keep, KeepWriter, KeptFile, KeptPlan } from './keep/keep.ts'
import { recall, rememberMapping } from './keep/mappings.ts'
import { applyLeanFactors, hashOf, readLeanFactors } from './leanFactors.ts'
import { outcomeOf, Problem } from './problem.ts'
import type { ReadingNotes } from './read/columnReaders.ts'
import { compareVintages } from './quality/vintages.ts'
import { tables, type TableRule } from './schema.ts'
import { countRows } from './rowCount.ts'
import { schemaHash } from './schemaHash.ts'
import { positions, ticketTexts } from './schema/staging.ts'
import type { DataSession } from './session.ts'
import { countTickets } from './staging/countTickets.ts'
import { quoteIdentifier } from './sql.ts'
import { joinPositions } from './staging/joinPositions.ts'
import { addUp } from './staging/sums.ts'
import { ticketWords } from './staging/ticketWords.ts'

/** Files become datasets: looked at, confirmed, read, and copied to what is kept. */
export class Importing {
  readonly #session: DataSession
  readonly #keep: Keep
  readonly #files = new Map<string, File>()
  readonly #changed: () => Promise<void>
  #filesSeen = 0
  /** Counts asked for; an import makes those before it worthless. */
  #counts = 0

  /** @param changed called after datasets were added, changed or taken away */
  constructor(session: DataSession, keep: Keep, changed: () => Promise<void>) {
    this.#session = session
    this.#keep = keep
    this.#changed = changed
  }

  inspect(files: File[], kind: TableName | null): Promise<Outcome<ImportPlan[]>> {
    return outcomeOf(async () => {
      const plans: ImportPlan[] = []
      for (const file of files) {
        this.#filesSeen++
        const fileId = `file_${this.#filesSeen}`
        this.#files.set(fileId, file)
        const facts = { fileId, fileName: file.name, bytes: file.size }
        plans.push(await orProblem(emptyPlan(facts, kind ?? 'prices'), () => this.#look(facts, file, kind)))
      }
      return plans
    })
  }

  /** What a file seems to be, or what was confirmed for a file with the same header. */
  async #look(facts: FileFacts, file: File, kind: TableName | null): Promise<ImportPlan> {
    const plan = await inspectFile(facts, file, kind)
    const known = recall(await this.#keep.readDocument('mappings').catch(() => undefined), plan)
    if (!known.remembered || (kind !== null && known.kind !== kind)) return plan
    return { ...(await reinspectFile(known, file)), remembered: true }
  }

  replan(plan: ImportPlan): Promise<Outcome<ImportPlan>> {
    return outcomeOf(() => this.#replan(plan))
  }

  countRows(plan: ImportPlan): Promise<Outcome<RowCount | null>> {
    this.#counts++
    const own = this.#counts
    // Factors become no rows of a table.
    if (isFactors(plan)) return Promise.resolve({ ok: true, value: null })
    const table = stagingOf(plan) ?? tables[plan.kind]
    return outcomeOf(() => countRows(plan, this.#file(plan), table, () => own === this.#counts))
  }

  importFiles(plans: ImportPlan[]): Promise<Outcome<ImportReport>> {
    this.#counts++
    return this.#session.inTurn(async (signal) => {
      const began = performance.now()
      const report: ImportReport = { datasets: [], applied: [], failed: [], milliseconds: 0 }
      const added: Dataset[] = []
      // Factors change prices that must be there before.
      const inOrder = [...plans].sort((a, b) => Number(isFactors(a)) - Number(isFactors(b)))
      try {
        for (const [done, plan] of inOrder.entries()) {
          this.#session.progress({
            label: `Importing ${plan.fileName}`,
            done,
            total: plans.length,
            unit: 'files',
          })
          try {
            const [problem] = (await this.#replan(plan)).problems
            if (problem !== undefined) throw new Problem('plan', problem)
            if (isFactors(plan)) report.applied.push(await this.#applyFactors(plan, this.#file(plan), true))
            else added.push(await this.#add(plan, this.#file(plan), signal))
          } catch (error) {
            if (!(error instanceof Problem) || error.code === 'cancelled') throw error
            report.failed.push({ fileName: plan.fileName, message: error.message })
          }
        }
      } catch (error) {
        // A storage that fails now must not leave the others standing.
        for (const dataset of added) await this.takeBack(dataset).catch(() => undefined)
        await this.#changed()
        throw error
      }
      for (const plan of plans) {
        if (!report.failed.some(({ fileName }) => fileName === plan.fileName)) this.#files.delete(plan.fileId)
      }
      // Only now, because until here a cancel brings everything back as it was.
      for (const { summary } of added) if (isUnchanged(summary)) await this.#replaceEarlier(summary)
      await this.#changed()
      report.datasets = added.map(({ summary }) => summary)
      report.milliseconds = performance.now() - began
      return report
    })
  }

  /**
   * Reads a file again under the plan of an earlier import, and copies it to what is kept where it is not yet.
   * Factors give no dataset but a sentence. Runs inside a turn.
   */
  async importAgain(
    earlier: KeptFile,
    file: File,
    signal: AbortSignal,
    copy: boolean,
  ): Promise<{ dataset: Dataset | null; message: string }> {
    const plan: ImportPlan = {
      ...emptyPlan({ fileId: '', fileName: earlier.name, bytes: earlier.bytes }, earlier.plan.kind),
      ...earlier.plan,
    }
    if (isFactors(plan))
      return { dataset: null, message: (await this.#applyFactors(plan, file, copy)).message }
    if (copy) return { dataset: await this.#add(plan, file, signal, earlier), message: '' }
    const progress: Progress = (step) =>
      this.#session.progress({ ...step, label: `Reading back ${earlier.name}` })
    const dataset = await this.#load(plan, file, signal, null, progress)
    const { importedAt, vintageOf } = earlier
    dataset.summary = { ...dataset.summary, importedAt, vintageOf, kept: true }
    this.#session.catalog.add(dataset)
    return { dataset, message: '' }
  }

  /** A dataset as if it had never been imported. Runs inside a turn. */
  async takeBack(dataset: Dataset): Promise<void> {
    const { summary } = dataset
    this.#session.catalog.remove(summary.id)
    await this.#session.dropDataset(dataset)
    if (summary.collected) return
    // The same file, read once more, has the same copy.
    const again = this.#session.catalog.all().some((other) => isSameFile(other.summary, summary))
    if (again) return
    if (summary.kept) await this.#keep.remove(summary)
    for (const factors of summary.adjustedBy) await this.#keep.remove({ ...factors, kind: summary.kind })
  }

  refused(datasetId: string, limit: number): Promise<Outcome<RefusedRow[]>> {
    return outcomeOf(() => this.#session.catalog.get(datasetId).refused.first.slice(0, limit))
  }

  refusedCsv(datasetId: string): Promise<Outcome<Blob>> {
    return outcomeOf(() => this.#session.catalog.get(datasetId).refused.csv())
  }

  #replan(plan: ImportPlan): Promise<ImportPlan> {
    return orProblem(plan, () => reinspectFile(plan, this.#file(plan)))
  }

  #file({ fileId, fileName }: ImportPlan): File {
    const file = this.#files.get(fileId)
    if (!file) throw new Problem('no-file', `${fileName} is no longer at hand. Drop it again.`)
    return file
  }

  async #add(plan: ImportPlan, file: File, signal: AbortSignal, earlier?: KeptFile): Promise<Dataset> {
    const writer = await this.#keep.begin(plan.fileName, file.size)
    let loaded: Dataset | null = null
    try {
      const dataset = await this.#load(plan, file, signal, writer)
      loaded = dataset
      const older = this.#earlierStateOf(dataset.summary)
      if (older) dataset.summary.vintageOf = await this.#differences(older, dataset)
      if (signal.aborted) throw cancelled()
      const { importedAt, vintageOf } = earlier ?? dataset.summary
      const summary = { ...dataset.summary, importedAt, vintageOf }
      const { kept, message } = await writer.commit({
        name: plan.fileName,
        bytes: summary.bytes,
        sha256: summary.sha256,
        plan: keptPlan(plan),
        importedAt,
        vintageOf,
      })
      // Without room for it, the next such file is looked at afresh.
      const remember = (now: unknown) => rememberMapping(now, plan)
      if (!earlier) await this.#keep.changeDocument('mappings', remember).catch(() => false)
      dataset.summary = { ...summary, kept, keptMessage: message }
      this.#session.catalog.add(dataset)
      return dataset
    } catch (error) {
      await writer.abort()
      if (loaded !== null) await this.#session.dropDataset(loaded)
      throw error
    }
  }

  /** The last import of a file of the same name with other bytes. */
  #earlierStateOf({ name, kind, sha256 }: DatasetSummary): Dataset | undefined {
    return this.#session.catalog
      .all()
      .findLast(
        ({ summary }) =>
          isOfFile(summary) && summary.name === name && summary.kind === kind && summary.sha256 !== sha256,
      )
  }

  async #replaceEarlier({ name, kind, vintageOf }: DatasetSummary): Promise<void> {
    const isEarlier = ({ summary }: Dataset) =>
      summary.name === name && summary.kind === kind && summary.sha256 === vintageOf?.sha256
    for (const earlier of this.#session.catalog.all().filter(isEarlier)) await this.takeBack(earlier)
  }

  async #differences(older: Dataset, newer: Dataset): Promise<DatasetSummary['vintageOf']> {
    const { importedAt, sha256 } = older.summary
    const rule = tables[newer.summary.kind]
    const found = await compareVintages(await this.#session.open(), rule, older.table, newer.table)
    const { changed, removed, added } = found
    return { importedAt, sha256, changed, removed, added }
  }

  /** Reads a file into a table of its own; nothing is left of it when this throws. */
  async #load(
    plan: ImportPlan,
    file: File,
    signal: AbortSignal,
    writer: KeepWriter | null,
    progress = this.#session.progress,
  ): Promise<Dataset> {
    const { catalog } = this.#session
    const database = await this.#session.open()
    const id = catalog.nextId()
    const rule = tables[plan.kind]
    const staged = stagingOf(plan)
    const target = { database, table: staged ?? rule, progress, signal, writer }
    const read = await importFile({ ...target, name: staged ? `${id}_staged` : id }, plan, file)
    const notes = notesOf(plan, read)
    let rows = read.rows
    let repeated = read.repeated
    const isTickets = plan.content === 'tickets'
    if (staged) {
      let isKept = false
      try {
        rows = await this.#derive(database, plan, `${id}_staged`, id, signal, progress)
        if (rows === 0) throw nothingDerived(plan, read.records)
        repeated = await repeatedKeys(database, id, rule)
        notes.push(derivedNote(plan, read.records, rows))
        if (plan.content === 'positions') {
          notes.push(this.#importedAirports().length === 0 ? noAirports : await airportsNote(database, id))
        }
        isKept = isTickets
      } catch (error) {
        await this.#session.drop(id)
        throw error
      } finally {
        if (!isKept) await this.#session.drop(`${id}_staged`)
      }
    }
    const { records, refused, symbols, from, to, bytes, sha256 } = read
    const summary: DatasetSummary = {
      id,
      name: plan.fileName,
      kind: plan.kind,
      simulated: false,
      records,
      rows,
      refused: refused.count,
      repeated,
      symbols,
      from,
      to,
      bytes,
      sha256,
      schemaHash: await schemaHash(plan.kind),
      adjustedBy: [],
      knownAt: knownAtOf(rule, read.notes),
      notes,
      importedAt: Date.now(),
      kept: false,
      keptMessage: '',
      vintageOf: null,
    }
    const dataset = { summary, table: id, refused, content: plan.content }
    return isTickets ? { ...dataset, texts: `${id}_staged` } : dataset
  }

  /** Rows of the table, made from what was staged; how many. */
  async #derive(
    database: Database,
    plan: ImportPlan,
    staged: string,
    name: string,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<number> {
    const label = `Working through ${plan.fileName}`
    if (plan.content === 'tickets') {
      return countTickets(database, staged, name, ticketWords, (done, total) => {
        if (signal.aborted) throw cancelled()
        progress({ label, done, total, unit: 'rows' })
      })
    }
    progress({ label, done: 0, total: 0, unit: 'rows' })
    if (plan.content === 'positions') {
      const airports = this.#importedAirports()
      return joinPositions(
        database,
        staged,
        name,
        airports.map(({ table }) => table),
      )
    }
    return addUp(database, staged, name, tables[plan.kind])
  }

  /** The simulated ones are not there when files are read back, so flights are not made with them. */
  #importedAirports(): Dataset[] {
    return this.#session.catalog
      .all()
      .filter(({ summary }) => summary.kind === 'airports' && !summary.simulated)
  }

  async #applyFactors(
    plan: ImportPlan,
    file: File,
    keep: boolean,
  ): Promise<{ fileName: string; message: string }> {
    const { catalog } = this.#session
    const symbol = (plan.symbol ?? '').toUpperCase()
    const target = catalog
      .all()
      .findLast(
        ({ summary }) => summary.kind === 'prices' && isOfFile(summary) && summary.symbols.includes(symbol),
      )
    if (!target) {
      throw new Problem(
        'factors',
        `${plan.fileName} holds the factors of ${symbol}, but no prices of ${symbol} are loaded. ` +
          'Drop its daily file together with it.',
      )
    }
    const factors = await readLeanFactors(plan, file)
    const rows = await applyLeanFactors(await this.#session.open(), target.table, symbol, factors)
    const sha256 = await hashOf(file)
    target.summary = {
      ...target.summary,
      adjustedBy: [...target.summary.adjustedBy, { name: plan.fileName, sha256 }],
    }
    if (keep) {
      const writer = await this.#keep.begin(plan.fileName, file.size)
      await writer.write(new Uint8Array(await file.arrayBuffer()))
      const kept = { name: plan.fileName, bytes: file.size, sha256, plan: keptPlan(plan) }
      await writer.commit({ ...kept, importedAt: Date.now(), vintageOf: null })
    }
    await this.#changed()
    return {
      fileName: plan.fileName,
      message: `The factors of ${symbol} now adjust ${rows.toLocaleString('en-GB')} rows of ${target.summary.name}.`,
    }
  }
}

/** A newer state of a file that says nothing else about the past takes the place of the older one. */
const isUnchanged = ({ vintageOf }: DatasetSummary) =>
  vintageOf !== null && vintageOf.changed + vintageOf.removed + vintageOf.added === 0

const isOfFile = ({ simulated, collected }: DatasetSummary) => !simulated && !collected

const isSameFile = (one: DatasetSummary, other: DatasetSummary) =>
  one.sha256 === other.sha256 && one.name === other.name && one.kind === other.kind

const isFactors = ({ content }: ImportPlan) => content === 'lean-factors'

/** What is read first, where rows are not taken as they are. */
function stagingOf({ content, kind }: ImportPlan): TableRule | null {
  if (content === 'tickets') return ticketTexts
  if (content === 'positions') return positions
  return content === 'sums' ? tables[kind] : null
}

function keptPlan(plan: ImportPlan): KeptPlan {
  const kept: Partial<ImportPlan> & KeptPlan = { ...plan }
  delete kept.fileId
  delete kept.sample
  delete kept.problems
  delete kept.remembered
  return kept
}

/** Where the rows of a table have their `known_at` from. */
export function knownAtOf({ knownAt }: TableRule, notes: ReadingNotes[]): DatasetSummary['knownAt'] {
  if (!knownAt) return null
  const fromFile = notes.some((note) => note.knownFromFile > 0)
  const assumed = notes.some((note) => note.knownAssumed > 0) || notes.length === 0
  if (fromFile) return assumed ? 'mixed' : 'file'
  return 'assumed'
}

function notesOf(plan: ImportPlan, { notes }: ImportedRows): string[] {
  const month = notes.reduce((sum, note) => sum + note.partial.month, 0)
  const year = notes.reduce((sum, note) => sum + note.partial.year, 0)
  const sentences: string[] = []
  if (month + year > 0) {
    const counts = [
      month > 0 ? `${month.toLocaleString('en-GB')} to the month` : '',
      year > 0 ? `${year.toLocaleString('en-GB')} to the year` : '',
    ].filter(Boolean)
    sentences.push(
      `Not every date is a day: ${counts.join(' and ')} only. Each is read as the last day it may mean` +
        (plan.kind === 'events' ? '; a daily event study should leave them out.' : '.'),
    )
  }
  return sentences
}

function derivedNote({ content }: ImportPlan, records: number, rows: number): string {
  const [from, to] = [records, rows].map((count) => count.toLocaleString('en-GB'))
  if (content === 'tickets')
    return (
      `${from} tickets were counted into ${to} rows by day (UTC; times without an offset are taken as UTC) and by ` +
      `the mood of their words (${ticketWords.language}), unless the file judges it.`
    )
  if (content === 'positions') return `${from} position reports were joined into ${to} flights.`
  return `${from} records were added up into ${to} rows.`
}

/** How many take-offs and landings were seen near an airport. */
async function airportsNote(database: Database, flights: string): Promise<string> {
  const found = await database.query(
    `SELECT count(*)::INTEGER AS n, (count(*) FILTER (origin <> ''))::INTEGER AS origins,
       (count(*) FILTER (destination <> ''))::INTEGER AS destinations FROM ${quoteIdentifier(flights)}`,
  )
  const [n, origins, destinations] = ['n', 'origins', 'destinations'].map((column) =>
    found.integers(column)[0].toLocaleString('en-GB'),
  )
  return (
    `Of ${n} flights ${origins} have an origin and ${destinations} a destination: ` +
    'an airport within 10 km of a report below 3,000 m or from the ground.'
  )
}

const noAirports =
  'No list of airports was imported before, so origins and destinations are blank. Import one, then this file again.'

function nothingDerived({ fileName, content }: ImportPlan, records: number): Problem {
  const count = records.toLocaleString('en-GB')
  return new Problem(
    'no-rows',
    content === 'positions'
      ? `The ${count} position reports of ${fileName} hold no flight of five minutes or more. Load a longer stretch.`
      : `The ${count} records of ${fileName} gave no row. Check which columns are chosen.`,
  )
}

/** The plan with the sentence of whatever stands in the way of looking at the file. */
async function orProblem(plan: ImportPlan, look: () => Promise<ImportPlan>): Promise<ImportPlan> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ...plan, problems: [error.message] }
  }
}
