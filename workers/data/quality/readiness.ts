import type { SystemReadiness } from '../api.ts'
import type { Database } from '../database.ts'
import { isoOf } from '../read/dates.ts'
import type { TableName } from '../schema.ts'
import { listed, plural, whole } from './findings.ts'
import { rowCount, rowsOf, type LoadedTable, type LoadedTables } from './loadedTables.ts'

type SystemName = SystemReadiness['system']

interface Needs {
  required: TableName[]
  optional: TableName[]
  /** Of the required tables with a time, which must meet in the same days. */
  meet: TableName[]
  /** Tables whose symbols must meet. */
  symbols: TableName[]
  /** Bars before the first signal can be told from noise. */
  warmUp: number
  /** A required table, and others that may be counted in its place, the first that is there. */
  inPlace?: { of: TableName; by: TableName[] }
}

const systems: Record<SystemName, Needs> = {
  jet: {
    required: ['prices', 'companies', 'airports', 'aircraft', 'flights', 'events'],
    optional: [],
    meet: ['prices', 'flights', 'events'],
    symbols: ['prices', 'companies', 'aircraft'],
    warmUp: 130,
  },
  tickets: {
    required: ['prices', 'tickets'],
    optional: ['adoption', 'incidents', 'news'],
    meet: ['prices', 'tickets'],
    symbols: ['prices', 'tickets'],
    warmUp: 60,
    inPlace: { of: 'tickets', by: ['incidents', 'adoption'] },
  },
  options: {
    required: ['prices'],
    optional: ['options'],
    meet: ['prices'],
    symbols: ['prices'],
    warmUp: 200,
  },
  custom: {
    required: ['signals', 'prices'],
    optional: [],
    meet: ['signals', 'prices'],
    symbols: ['signals', 'prices'],
    warmUp: 1,
  },
}

/** Why a system cannot do without a table. */
const missing: Partial<Record<TableName, string>> = {
  prices: 'No prices are loaded: nothing can be bought or measured.',
  companies: 'No companies are loaded: without their headquarters no visit can be told.',
  airports: 'No airports are loaded: without their places no distance and no visit can be told.',
  aircraft: 'No aircraft are loaded: a flight belongs to nobody. Load a registry, then match its owners.',
  flights: 'No flights are loaded.',
  events: 'No events are loaded: there is nothing to learn from or to be tested on.',
  tickets: 'No tickets are loaded; incidents or daily downloads would do in their place.',
  signals: 'No signals are loaded. A file of symbol, date and direction is enough.',
}

/** What is lost without a table that a system can do without. */
const without: Partial<Record<TableName, string>> = {
  adoption: 'Without adoption figures no rise in use can confirm a signal to buy.',
  incidents: 'Without incidents no outage can confirm a signal to sell.',
  news: 'Without news the mood of headlines can confirm nothing.',
  options:
    'Without option quotes there is no Strikemap, and every contract is priced by a model; the report says so.',
}

/** What each system can and cannot run on, with what is loaded now. */
export async function readinessOf(database: Database, loaded: LoadedTables): Promise<SystemReadiness[]> {
  const symbols = new Map<TableName, Set<string>>()
  for (const table of loaded.values()) symbols.set(table.kind, await symbolsOf(database, table))
  return (Object.keys(systems) as SystemName[]).map((system) => readySystem(system, loaded, symbols))
}

async function symbolsOf(database: Database, table: LoadedTable): Promise<Set<string>> {
  if (table.kind !== 'aircraft' && table.kind !== 'events') {
    return new Set(table.datasets.flatMap(({ summary }) => summary.symbols))
  }
  // Matched owners give these tables their symbols after the import.
  const found = await database.query(
    `SELECT DISTINCT symbol FROM ${rowsOf(table, 'symbol')} WHERE symbol <> ''`,
  )
  return new Set(found.texts('symbol'))
}

function readySystem(
  system: SystemName,
  loaded: LoadedTables,
  symbols: Map<TableName, Set<string>>,
): SystemReadiness {
  const { required, optional, meet, symbols: sharing, warmUp, inPlace } = withStandIn(systems[system], loaded)
  const needs = [...required, ...optional].map((kind) => {
    const table = loaded.get(kind)
    const { from, to } = rangeOf(table)
    return {
      kind,
      required: required.includes(kind),
      rows: table ? rowCount(table) : 0,
      from,
      to,
      symbols: symbols.get(kind)?.size ?? 0,
    }
  })
  const absent = required.filter((kind) => !loaded.has(kind))
  const sentences = absent.map((kind) => missing[kind] ?? `No ${kind} are loaded.`)
  const overlap = absent.length === 0 ? overlapOf(meet.map((kind) => rangeOf(loaded.get(kind)))) : null
  const shared = absent.length === 0 ? sharedBy(sharing.map((kind) => symbols.get(kind) ?? new Set())) : []
  if (absent.length === 0) {
    if (!overlap) sentences.push(noDayInCommon(meet, loaded))
    if (shared.length === 0) sentences.push(noSymbolInCommon(system, sharing, symbols))
  }
  const canRun = absent.length === 0 && overlap !== null && shared.length > 0
  if (inPlace) sentences.push(`No ${inPlace.of} are loaded: ${standIns[inPlace.by[0]]} in their place.`)
  if (canRun && overlap) {
    const sessions = Math.round(((overlap.to - overlap.from + 1) * 252) / 365.25)
    sentences.push(
      `Can run on ${plural(shared.length, 'symbol')} from ${isoOf(overlap.from)} to ${isoOf(overlap.to)}: ${listed(shared)}.`,
    )
    if (sessions < 2 * warmUp) {
      sentences.push(
        `That is about ${plural(sessions, 'session')}, of which the first ${whole(warmUp)} only warm up: too few for more than a trial.`,
      )
    }
    if (system === 'jet') sentences.push(...thinFleet(loaded, symbols))
  }
  sentences.push(
    ...(system === 'options'
      ? aboutChains(loaded, symbols)
      : mixedOrigins([...required, ...optional], loaded)),
  )
  if (absent.length === 0) {
    for (const kind of optional) if (!loaded.has(kind)) sentences.push(without[kind] ?? '')
  }
  return { system, needs, overlap, symbols: shared.length, canRun, sentences: sentences.filter(Boolean) }
}

const standIns: Partial<Record<TableName, string>> = {
  incidents: 'the incidents begun on each day are counted',
  adoption: 'daily downloads are taken',
}

/** The needs with the table in the place of one that is not there; `inPlace` is left only where it is used. */
function withStandIn({ inPlace, ...needs }: Needs, loaded: LoadedTables): Needs {
  if (!inPlace || loaded.has(inPlace.of)) return needs
  const by = inPlace.by.find((kind) => loaded.has(kind))
  if (by === undefined) return needs
  const swapped = (kinds: TableName[]) => kinds.map((kind) => (kind === inPlace.of ? by : kind))
  return {
    ...needs,
    required: swapped(needs.required),
    optional: needs.optional.filter((kind) => kind !== by),
    meet: swapped(needs.meet),
    symbols: swapped(needs.symbols),
    inPlace: { of: inPlace.of, by: [by] },
  }
}

/** First and last epoch day over all files; 0 for tables without time. */
function rangeOf(table: LoadedTable | undefined): { from: number; to: number } {
  if (!table || table.rule.time === null) return { from: 0, to: 0 }
  const summaries = table.datasets.map(({ summary }) => summary)
  return {
    from: Math.min(...summaries.map(({ from }) => from)),
    to: Math.max(...summaries.map(({ to }) => to)),
  }
}

function overlapOf(ranges: { from: number; to: number }[]): { from: number; to: number } | null {
  const from = Math.max(...ranges.map((range) => range.from))
  const to = Math.min(...ranges.map((range) => range.to))
  return from <= to ? { from, to } : null
}

function sharedBy([first, ...rest]: Set<string>[]): string[] {
  return [...first].filter((symbol) => rest.every((others) => others.has(symbol))).sort()
}

function noDayInCommon(kinds: TableName[], loaded: LoadedTables): string {
  const spans = kinds.map((kind) => {
    const { from, to } = rangeOf(loaded.get(kind))
    return `${kind} from ${isoOf(from)} to ${isoOf(to)}`
  })
  return `The tables have no day in common: ${spans.join(', ')}.`
}

function noSymbolInCommon(
  system: SystemName,
  kinds: TableName[],
  symbols: Map<TableName, Set<string>>,
): string {
  if (system === 'jet' && symbols.get('aircraft')?.size === 0) {
    return 'No aircraft belongs to a company yet. Match the owners of the registry to companies.'
  }
  const some = kinds.map((kind) => `${kind}: ${listed([...(symbols.get(kind) ?? [])].sort(), 3) || 'none'}`)
  return `The tables have no symbol in common (${some.join('; ')}). Tickers must be written alike in all of them.`
}

function thinFleet(loaded: LoadedTables, symbols: Map<TableName, Set<string>>): string[] {
  const aircraft = rowCount(loaded.get('aircraft')!)
  const owned = symbols.get('aircraft')?.size ?? 0
  const events = symbols.get('events') ?? new Set()
  const sentences = [
    `${plural(owned, 'company operates', 'companies operate')} aircraft, of ${whole(aircraft)} in the registry.`,
  ]
  if (events.size === 0) sentences.push('No event has a ticker yet: match the names of companies first.')
  return sentences
}

/** Which parts of Options have what they need; chains of a person stand beside simulated ones and never mix. */
function aboutChains(loaded: LoadedTables, symbols: Map<TableName, Set<string>>): string[] {
  const chains = loaded.get('options')
  if (!chains) return []
  const own = chains.datasets.filter(({ summary }) => !summary.simulated)
  const prices = loaded.get('prices')?.datasets ?? []
  const ownPrices = prices.some(({ summary }) => !summary.simulated)
  const sentences = [
    `Strikemap and Surface read the chains of ${plural(symbols.get('options')?.size ?? 0, 'underlying')}; they need no prices.`,
  ]
  if (own.length === 0) return sentences
  if (!ownPrices) {
    sentences.push(
      'Your chains have no prices of their own: runs in options trade on their quotes once you load the prices of the underlyings.',
    )
    return sentences
  }
  const priced = new Set(prices.flatMap(({ summary }) => (summary.simulated ? [] : summary.symbols)))
  const without = [...new Set(own.flatMap(({ summary }) => summary.symbols))].filter(
    (symbol) => !priced.has(symbol),
  )
  if (without.length > 0) {
    sentences.push(
      `There are chains, but no prices, of ${listed(without.sort())}: runs do not trade on them.`,
    )
  }
  return sentences
}

/** Simulated prices and real flights have nothing to do with each other. */
function mixedOrigins(kinds: TableName[], loaded: LoadedTables): string[] {
  const present = kinds.filter((kind) => loaded.has(kind))
  const simulated = present.filter((kind) =>
    loaded.get(kind)!.datasets.some(({ summary }) => summary.simulated),
  )
  const own = present.filter((kind) => !simulated.includes(kind))
  if (simulated.length === 0 || own.length === 0) return []
  const rowsOfAll = (kinds: TableName[]) => kinds.map((kind) => loaded.get(kind)!.rule.rows).join(', ')
  return [
    `The ${rowsOfAll(simulated)} are simulated, the ${rowsOfAll(own)} your own: a result on both would mean nothing. ` +
      'Load your own of each.',
  ]
}
