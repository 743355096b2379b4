import type { FlightTables } from '../../quant/flightTables.ts'
import type { Panel } from '../../quant/panel.ts'
import type { RowDataset } from '../../quant/rows.ts'
import { jetRows, type JetRows } from '../jetFeatures.ts'
import { directionClasses, eventClasses, jetLabels, unknown, type JetLabels } from './labels.ts'
import { ruleScores } from './rules.ts'
import { splitRows } from './split.ts'
import { summaryNames } from './summary.ts'

/** A dataset but for its name, which whoever can hash gives it; the rows and labels it was made of beside it. */
export interface JetDataset {
  rows: JetRows
  labels: JetLabels
  dataset: Omit<RowDataset, 'hash'>
}

/** Rows, labels and split of Jet on one market. */
export function jetDataset(
  tables: FlightTables,
  panel: Panel,
  { benchmark, simulated }: { benchmark: number; simulated: boolean },
): JetDataset {
  const rows = jetRows(tables, panel.dates)
  const labels = jetLabels(rows, tables, panel, benchmark)
  const visits = rows.visited.filter((visited) => visited >= 0).length
  const entity = rows.visited.map((visited, row) => (visited >= 0 ? visited : rows.company[row]))
  return {
    rows,
    labels,
    dataset: {
      rows: rows.rows,
      flat: rows.flat,
      sequence: rows.sequence,
      title: `${simulated ? 'Simulated market' : 'Your files'}, ${visits} visits and ${rows.rows - visits} company-weeks`,
      simulated,
      labels: [
        { name: 'direction', classes: directionClasses, values: labels.direction },
        { name: 'event', classes: eventClasses, values: labels.event },
      ],
      value: { name: 'adverse', values: labels.adverse },
      known: rows.known,
      resolved: labels.resolved,
      eventDay: labels.eventDay,
      entity,
      entities: tables.companies.symbol.length,
      judged: judgedRows(rows, labels),
      rules: ruleScores(rows),
      split: splitRows(rows, labels, tables, panel.dates),
    },
  }
}

/** Visits whose answer is known, to companies whose takeover is not announced already. */
function judgedRows(rows: JetRows, labels: JetLabels): Uint8Array {
  const announced = summaryNames.indexOf('takeover of the counterparty announced')
  const width = rows.flat.names.length
  return Uint8Array.from({ length: rows.rows }, (_, row) =>
    Number(
      rows.visited[row] >= 0 &&
        labels.event[row] !== unknown &&
        rows.flat.values[row * width + announced] !== 1,
    ),
  )
}
