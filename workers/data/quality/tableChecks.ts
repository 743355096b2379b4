import type { CoverageHeatmap, TableFinding, TableQuality } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import { tableNames, tables, type TableName } from '../schema.ts'
import { chainFindings } from './chainChecks.ts'
import { chosenByEndFindings, outlierFindings } from './countChecks.ts'
import { coverageOf } from './coverage.ts'
import { duplicateFindings } from './duplicates.ts'
import { dateClusterFindings, outsidePricesFindings } from './eventChecks.ts'
import { rowFindings } from './findings.ts'
import { overlapFindings, routeFindings } from './flightChecks.ts'
import { gapFindings } from './gaps.ts'
import { loadedTables, type LoadedTable, type LoadedTables } from './loadedTables.ts'
import { orphanFindings } from './orphans.ts'
import { readinessOf } from './readiness.ts'
import { rowRules } from './rowRules.ts'
import { readTimeline } from './timeline.ts'
import { assumedFindings, knownEarly, vintageFindings } from './timeTravel.ts'

interface CheckedTable {
  /** Files looked at, own and others'. */
  of: string
  findings: TableFinding[]
  coverage: CoverageHeatmap | null
}

/** Tables that the checks of a table look at beside itself. */
const looksAt: Partial<Record<TableName, TableName[]>> = {
  flights: ['aircraft', 'airports'],
  aircraft: ['companies', 'prices'],
  companies: ['airports'],
}

/** The checks of all tables; what was found is kept until a file comes or goes. */
export class TableChecks {
  readonly #checked = new Map<TableName, CheckedTable>()

  async run(database: Database, datasets: Dataset[]): Promise<TableQuality> {
    const loaded = loadedTables(datasets)
    const checked: CheckedTable[] = []
    for (const kind of tableNames) {
      const table = loaded.get(kind)
      if (table) checked.push(await this.#check(database, table, loaded))
    }
    return {
      findings: checked.flatMap(({ findings }) => findings),
      coverage: checked.flatMap(({ coverage }) => coverage ?? []),
      readiness: await readinessOf(database, loaded),
    }
  }

  /** To be called when the rows of a table change in place. */
  forget(kind: TableName): void {
    this.#checked.delete(kind)
  }

  async #check(database: Database, table: LoadedTable, loaded: LoadedTables): Promise<CheckedTable> {
    const kinds: TableName[] = [table.kind, ...(looksAt[table.kind] ?? ['prices'])]
    const of = kinds
      .flatMap((kind) => loaded.get(kind)?.datasets ?? [])
      .map(({ summary }) => `${summary.id} ${summary.rows} ${summary.repeated}`)
      .join('\n')
    const known = this.#checked.get(table.kind)
    if (known?.of === of) return known
    const checked = { of, ...(await checkTable(database, table, loaded)) }
    this.#checked.set(table.kind, checked)
    return checked
  }
}

async function checkTable(
  database: Database,
  table: LoadedTable,
  loaded: LoadedTables,
): Promise<Omit<CheckedTable, 'of'>> {
  const { kind, rule } = table
  const findings: TableFinding[] = []
  for (const dataset of table.datasets) findings.push(...(await checkFile(database, dataset)))
  const timeline = rule.time !== null && rule.subject !== null ? await readTimeline(database, table) : null
  findings.push(...(await orphanFindings(database, table, loaded, timeline)))
  const prices = loaded.get('prices')
  const airports = loaded.get('airports')
  if (kind === 'options') {
    for (const dataset of table.datasets) findings.push(...(await chainFindings(database, dataset, prices)))
  }
  if (kind === 'flights' && airports) findings.push(...(await routeFindings(database, table, airports)))
  if (kind === 'events') {
    findings.push(...(await dateClusterFindings(database, table)))
    if (prices) findings.push(...(await outsidePricesFindings(database, table, prices)))
  }
  if (!timeline) return { findings, coverage: null }
  findings.push(...gapFindings(kind, timeline))
  if (kind === 'flights') findings.push(...overlapFindings(timeline))
  return { findings, coverage: coverageOf(kind, timeline) }
}

/** What one file is held against on its own. Prices have checks of their own (`quality`). */
async function checkFile(database: Database, dataset: Dataset): Promise<TableFinding[]> {
  const { kind } = dataset.summary
  const findings = vintageFindings(dataset)
  if (kind === 'prices') return findings
  findings.push(
    ...(await assumedFindings(database, dataset)),
    ...(await rowFindings(database, dataset, kind, [...knownEarly(tables[kind]), ...(rowRules[kind] ?? [])])),
    ...(await duplicateFindings(database, dataset)),
  )
  if (kind === 'tickets' || kind === 'adoption')
    findings.push(...(await outlierFindings(database, kind, dataset)))
  if (kind === 'adoption') findings.push(...(await chosenByEndFindings(database, dataset)))
  return findings
}
