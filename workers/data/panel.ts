import type { Panel } from '../quant/panel.ts'
import type { PanelMessage } from './api.ts'
import type { Database } from './database.ts'
import type { SymbolRepairs } from './repairs.ts'
import { quoteIdentifier, quoteLiteral } from './sql.ts'

/** One table of prices and the symbols taken from it. */
export interface PanelSource {
  table: string
  /** Rows that repeat a symbol and date; 0 spares the pass that settles them. */
  repeated: number
  symbols: SymbolRepairs[]
}

/**
 * A step of adj_factor larger than this between two bars is a split: dividends move it far less. Volume
 * before a split is counted in the shares after it; dividends leave volume alone.
 */
const splitStep = 1.2

/**
 * One aligned market from all sources, in one SQL pass: repeated dates settled, repairs applied, prices ×
 * adj_factor, days = union of the days traded, symbols by name. Only + − × ÷ touch the numbers, so the
 * same files give the same bits everywhere.
 */
export async function buildPanel(database: Database, sources: PanelSource[]): Promise<Panel> {
  const listed = sources
    .flatMap(({ symbols }, source) => symbols.map((repairs) => ({ source, repairs })))
    .sort((a, b) => (a.repairs.symbol < b.repairs.symbol ? -1 : 1))
  const symbols = listed.map(({ repairs }) => repairs.symbol)
  const rows = await database.query(barsSql(sources, listed))
  const day = rows.integers('day')
  const ordinal = rows.integers('ordinal')
  const dates = distinctDays(day)
  const size = symbols.length * dates.length
  const filled = (column: string): Float64Array => {
    const values = rows.numbers(column)
    const matrix = new Float64Array(size).fill(NaN)
    for (let i = 0; i < values.length; i++) matrix[cell[i]] = values[i]
    return matrix
  }
  const cell = cellsOf(ordinal, day, dates)
  const panel: Panel = {
    dates,
    symbols,
    open: filled('open'),
    high: filled('high'),
    low: filled('low'),
    close: filled('close'),
    volume: filled('volume'),
    rawFactor: filled('raw_factor'),
  }
  countInSharesOfTheEnd(panel)
  return panel
}

function barsSql(sources: PanelSource[], listed: { source: number; repairs: SymbolRepairs }[]): string {
  const symbols = listed.map(
    ({ source, repairs }, ordinal) =>
      `(${source}, ${quoteLiteral(repairs.symbol)}, ${ordinal}, ${repairs.keep === 'first'}, ` +
      `${repairs.dropNonPositive}, ${repairs.widenHighLow})`,
  )
  const splits = listed.flatMap(({ repairs }, ordinal) => splitSteps(repairs, ordinal))
  const repeated = sources.some((source) => source.repeated > 0)
  const bars = sources.map(
    ({ table }, source) =>
      `SELECT ${source} AS source, symbol, (date - DATE '1970-01-01')::INTEGER AS day, open, high, low, close,
       volume, adj_factor, line FROM ${quoteIdentifier(table)}`,
  )
  return `
    WITH listed(source, symbol, ordinal, keep_first, drop_bad, widen) AS (VALUES ${symbols.join(', ')}),
    split(ordinal, from_day, until_day, multiplier) AS (
      ${splits.length > 0 ? `VALUES ${splits.join(', ')}` : 'SELECT 0, 0, 0, 1::DOUBLE WHERE false'}),
    bar AS (${bars.join(' UNION ALL ')}),
    kept AS (
      SELECT listed.ordinal, bar.day, bar.open, bar.close, bar.volume,
        CASE WHEN widen THEN greatest(high, open, close, low) ELSE high END AS high,
        CASE WHEN widen THEN least(low, open, close, high) ELSE low END AS low,
        bar.adj_factor
      FROM bar JOIN listed ON listed.source = bar.source AND listed.symbol = bar.symbol
      WHERE NOT drop_bad OR (open > 0 AND high > 0 AND low > 0 AND close > 0)
      ${
        repeated
          ? `QUALIFY row_number() OVER (PARTITION BY listed.ordinal, bar.day
             ORDER BY CASE WHEN keep_first THEN bar.line ELSE -bar.line END) = 1`
          : ''
      }
    ),
    factored AS (
      SELECT kept.*, adj_factor * COALESCE(split.multiplier, 1) AS factor
      FROM kept LEFT JOIN split
        ON split.ordinal = kept.ordinal AND kept.day >= split.from_day AND kept.day < split.until_day
    )
    SELECT ordinal::INTEGER AS ordinal, day, open * factor AS open, high * factor AS high, low * factor AS low,
      close * factor AS close, volume, 1 / factor AS raw_factor
    FROM factored ORDER BY ordinal, day`
}

/** Intervals of days and what prices are multiplied by in them: the product of the splits still to come. */
function splitSteps({ splits }: SymbolRepairs, ordinal: number): string[] {
  const steps: string[] = []
  let divisor = 1
  for (let i = splits.length - 1; i >= 0; i--) {
    divisor *= splits[i].factor
    const from = i === 0 ? -1_000_000 : splits[i - 1].day
    steps.push(`(${ordinal}, ${from}, ${splits[i].day}, 1::DOUBLE / ${divisor}::DOUBLE)`)
  }
  return steps
}

function distinctDays(day: Int32Array): Int32Array {
  return Int32Array.from(new Set(day)).sort()
}

/** Row of the result → place in a symbol-major matrix. */
function cellsOf(ordinal: Int32Array, day: Int32Array, dates: Int32Array): Int32Array {
  const first = dates[0] ?? 0
  const indexOf = new Int32Array((dates.at(-1) ?? 0) - first + 1)
  dates.forEach((date, index) => (indexOf[date - first] = index))
  return ordinal.map((symbol, i) => symbol * dates.length + indexOf[day[i] - first])
}

function countInSharesOfTheEnd({ symbols, dates, volume, rawFactor }: Panel): void {
  if (!rawFactor) return
  for (let symbol = 0; symbol < symbols.length; symbol++) {
    let later = NaN
    let shares = 1
    for (let day = dates.length - 1; day >= 0; day--) {
      const at = symbol * dates.length + day
      const factor = rawFactor[at]
      if (Number.isNaN(factor)) continue
      const step = factor / later
      if (step > splitStep || step < 1 / splitStep) shares *= step
      volume[at] *= shares
      later = factor
    }
  }
}

/** The panel with the sectors of its symbols, where tables of companies are loaded. */
export async function withSectors(database: Database, panel: Panel, companies: string[]): Promise<Panel> {
  if (companies.length === 0) return panel
  return { ...panel, ...(await sectorsOf(database, companies, panel.symbols)) }
}

/** Sectors numbered by name; −1 where no table knows the symbol or its sector. Of several tables the last counts. */
async function sectorsOf(
  database: Database,
  companies: string[],
  symbols: string[],
): Promise<Required<Pick<Panel, 'sector' | 'sectorNames'>>> {
  const sectorOf = new Map<string, string>()
  for (const table of companies) {
    const rows = await database.query(
      `SELECT symbol, COALESCE(sector, '') AS sector FROM ${quoteIdentifier(table)}`,
    )
    const sectors = rows.texts('sector')
    rows.texts('symbol').forEach((symbol, i) => sectorOf.set(symbol, sectors[i]))
  }
  const names = [...new Set(sectorOf.values())].filter(Boolean).sort()
  const numbers = new Map(names.map((name, i) => [name, i]))
  const sector = Int32Array.from(symbols, (symbol) => numbers.get(sectorOf.get(symbol) ?? '') ?? -1)
  return { sector, sectorNames: names }
}

/** The buffers of a message, to be transferred instead of copied. */
export function transferables({ panel, signals, flights, demand }: PanelMessage): ArrayBuffer[] {
  const parts = [flights, demand, panel.chains].flatMap((tables) => Object.values(tables ?? {}) as object[])
  const tables: object[] = [panel, signals ?? {}, ...parts]
  const arrays = tables.flatMap((table) => Object.values(table) as unknown[])
  const buffers = arrays.flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []))
  // Columns that come out of one query may share a buffer, and no buffer can be sent twice.
  return [...new Set(buffers)]
}
