import { eventKinds, type FlightTables } from '../../quant/flightTables.ts'
import type { RowSplit } from '../../quant/rows.ts'
import type { JetRows } from '../jetFeatures.ts'
import type { JetLabels } from './labels.ts'

/** Days at the end that nobody looks at while anything is built, and days before them to choose by. */
const testDays = 365
const validationDays = 274
/** Share of the groups of companies that training never sees. */
const heldOutShare = 0.2

/**
 * One chronological split: training, nine months to choose and calibrate by, and an untouched last year. Rows whose
 * label reaches into the next part are left out (purged: López de Prado 2018, ch. 7), and so are, before the test,
 * all rows about companies kept unseen. Both parties of a deal are on the same side of that line.
 */
export function splitRows(
  rows: JetRows,
  labels: JetLabels,
  tables: FlightTables,
  dates: Int32Array,
): RowSplit {
  const end = (dates.at(-1) ?? 0) + 1
  const testFrom = end - testDays
  const validationFrom = testFrom - validationDays
  const heldOut = heldOutCompanies(tables)
  const split = {
    train: [] as number[],
    validation: [] as number[],
    test: [] as number[],
    unseen: [] as number[],
  }
  let purged = 0
  let left = 0
  for (let row = 0; row < rows.rows; row++) {
    const known = rows.known[row]
    const isHeldOut =
      heldOut.has(rows.company[row]) || (rows.visited[row] >= 0 && heldOut.has(rows.visited[row]))
    const about = rows.visited[row] >= 0 ? rows.visited[row] : rows.company[row]
    if (known >= testFrom) (heldOut.has(about) ? split.unseen : split.test).push(row)
    else if (isHeldOut) left++
    else if (known >= validationFrom) {
      if (labels.resolved[row] < testFrom) split.validation.push(row)
      else purged++
    } else if (labels.resolved[row] < validationFrom) split.train.push(row)
    else purged++
  }
  return {
    train: Int32Array.from(split.train),
    validation: Int32Array.from(split.validation),
    test: Int32Array.from(split.test),
    unseen: Int32Array.from(split.unseen),
    validationFrom,
    testFrom,
    purged,
    heldOut: left,
  }
}

/** Companies in groups of those that ever made a deal with each other; a fifth of the groups, by a fixed draw of names. */
export function heldOutCompanies({ companies, events }: FlightTables): Set<number> {
  const parent = companies.symbol.map((_, company) => company)
  const root = (company: number): number => {
    while (parent[company] !== company) company = parent[company] = parent[parent[company]]
    return company
  }
  events.company.forEach((company, i) => {
    const other = events.counterparty[i]
    if (other >= 0 && eventKinds[events.kind[i]] !== 'earnings') parent[root(company)] = root(other)
  })
  const groups = new Map<number, number[]>()
  companies.symbol.forEach((_, company) => {
    const group = root(company)
    groups.set(group, [...(groups.get(group) ?? []), company])
  })
  const named = [...groups.values()].map((members) => ({
    members,
    draw: hashOf(members.map((company) => companies.symbol[company]).sort()[0]),
  }))
  named.sort((a, b) => a.draw - b.draw || a.members[0] - b.members[0])
  // Companies on their own are drawn apart from those with deals, or one part could get all the deals.
  const out = new Set<number>()
  for (const kind of [
    named.filter(({ members }) => members.length > 1),
    named.filter(({ members }) => members.length === 1),
  ])
    for (const { members } of kind.slice(0, Math.round(heldOutShare * kind.length)))
      for (const company of members) out.add(company)
  return out
}

/** FNV-1a: the same draw wherever the names are the same. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  return hash >>> 0
}
