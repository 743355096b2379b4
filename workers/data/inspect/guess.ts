import { parsePartialDate } from '../read/partialDates.ts'
import { contractParts } from '../read/contract.ts'
import { noDate } from '../read/dates.ts'
import { isNoValue } from '../read/textForms.ts'
import { roleOf, type ColumnRule, type TableRule } from '../schema.ts'
import { namesOf, normalised, rules } from './columns.ts'
import { looksLikeDate, looksLikeNumber } from './lookLike.ts'
import { cellsOf, readAs, type Reading } from './reading.ts'
import type { Sight } from './sight.ts'
import { targets, type Target } from './target.ts'

const sampledCells = 200
/** A column whose cells do not look like it in most rows is no such column. */
const mostFit = 0.5
/** What the names of two columns that few tables have weigh together. */
const leastScore = 1.9
/** What it weighs that a table explains the whole header. */
const wholeHeader = 1.5

/** The table whose columns the header names best, or null where no table comes near. */
export function guessTable(sight: Sight): Reading | null {
  let best: Reading | null = null
  let bestScore = leastScore
  for (const target of targets) {
    const reading = readAs(sight, target)
    const score = scoreOf(reading)
    if (score > bestScore) {
      best = reading
      bestScore = score
    }
  }
  return best
}

/** The reading of one kind of table that fits best: rows as they are, unless what is staged is named better. */
export function readAsKind(sight: Sight, kind: Target['kind']): Reading {
  const [first, ...others] = targets
    .filter((target) => target.kind === kind)
    .map((target) => readAs(sight, target))
  return others.reduce((best, other) => (scoreOf(other) > scoreOf(best) ? other : best), first)
}

/** A list of companies is told by a column that can be nothing else: anything may have a name or a code. */
const symbolNames = new Set(['symbol', 'ticker', 'tickersymbol', 'stocksymbol', 'actsymbol'])

/** 0 where a column that is needed is not there, or does not look like one. */
function scoreOf(reading: Reading): number {
  const { target, columns, header } = reading
  if (!header || reading.data.length === 0) return 0
  const { table } = target
  let score = 0
  for (const rule of rules(table)) {
    const role = roleOf(rule)
    const cell = columns[role] as number | undefined
    if (cell === undefined) {
      if (!canBeAbsent(rule, reading)) return 0
      continue
    }
    const fit = fitOf(rule, cellsOf(reading, role))
    if (rule.required && fit < mostFit) return 0
    score += (fit * (rule.key || rule.required ? 2 : 1)) / tablesWith(normalised(header[cell]))
  }
  if (table.name === 'companies' && !symbolNames.has(normalised(header[columns.symbol]))) return 0
  const explained = Object.keys(columns).length / header.length
  return score + wholeHeader * explained ** 2
}

/** Of what a file may lack, because the whole file is about one, or because another column tells it. */
function canBeAbsent(rule: ColumnRule, { columns, target }: Reading): boolean {
  const { name } = target.table
  if (rule.unless !== undefined) return rule.unless in columns
  if (rule.name === 'symbol') return !rule.required || name !== 'companies'
  if (rule.name === 'quote_date') return true
  if (rule.name === 'announced_on') return 'year' in columns
  if (name === 'aircraft_types' && rule.name === 'description') return 'wake' in columns
  return !rule.required
}

/** Share of the cells that look like the column; 1 where there is nothing to look at. */
function fitOf(rule: ColumnRule, cells: string[]): number {
  const filled = cells.filter((cell) => !isNoValue(cell)).slice(0, sampledCells)
  if (filled.length === 0) return rule.required ? 0 : 1
  return filled.filter((cell) => looksLike(rule, cell)).length / filled.length
}

function looksLike(rule: ColumnRule, cell: string): boolean {
  const { type, form, choices, open, words, partial, name, contract } = rule
  if (contract && contractParts(cell) !== null) return true
  if (type === 'DATE' || type === 'TIMESTAMP')
    return looksLikeDate(cell) || (partial === true && parsePartialDate(cell).day !== noDate)
  if (type === 'DOUBLE') return looksLikeNumber(cell) || Object.hasOwn(words ?? {}, cell.toLowerCase())
  if (form === 'symbol') return /^[a-z0-9.^=-]{1,12}$/i.test(cell)
  if (form === 'icao24') return /^[0-9a-f]{5,6}$/i.test(cell)
  if (form === 'airport') return /^[a-z0-9-]{3,7}$/i.test(cell)
  if (form === 'choice') return open === true || Object.hasOwn(choices ?? {}, cell.toLowerCase())
  return name !== 'wake' || cell.length <= 2
}

const tablesByName = new Map<string, number>()

/** How many tables call a column so: a name that all of them have tells nothing. */
function tablesWith(name: string): number {
  if (tablesByName.size === 0) {
    for (const { table } of targets)
      for (const known of namesIn(table)) tablesByName.set(known, (tablesByName.get(known) ?? 0) + 1)
  }
  return tablesByName.get(name) ?? 1
}

function namesIn(table: TableRule): Set<string> {
  return new Set(rules(table).flatMap(namesOf))
}
