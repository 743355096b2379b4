import type { ExitReason, Part, Report, ReportTrade } from '../../../workers/backtest/api.ts'
import { structureTitle } from '../options/structureWords.ts'

export interface TradeRow {
  /** Index into the trades of the report. */
  index: number
  trade: ReportTrade
  symbol: string
  signal: string
  /** The legs in words; '' for shares. */
  structure: string
  entryDate: number
  exitDate: number
}

export type TradeColumn =
  | 'entry'
  | 'symbol'
  | 'side'
  | 'structure'
  | 'signal'
  | 'shares'
  | 'in'
  | 'out'
  | 'bars'
  | 'exit'
  | 'return'
  | 'profit'

export interface TradeOrder {
  column: TradeColumn
  descending: boolean
}

/** Empty = all. */
export interface TradeFilter {
  symbol: string
  signal: string
  exit: string
}

export const exitWords: Record<ExitReason, string> = {
  stop: 'stop',
  'stop-gap': 'stop, gap',
  target: 'target',
  'target-gap': 'target, gap',
  time: 'time',
  signal: 'signal',
  trim: 'trim',
  breaker: 'breaker',
  delisted: 'delisted',
  end: 'end',
  expiry: 'expiry',
  roll: 'rolled',
  assignment: 'assigned',
}

/** Trades of one part with their names and dates; a trade belongs to the part of its entry. */
export function tradeRows(report: Report, part: Part): TradeRow[] {
  const rows: TradeRow[] = []
  report.trades.forEach((trade, index) => {
    if (part !== 'all' && trade.outOfSample !== (part === 'outOfSample')) return
    rows.push({
      index,
      trade,
      symbol: report.symbols[trade.symbol] ?? '?',
      signal: report.reasons[trade.reason] ?? 'unknown',
      structure: trade.instrument ? structureTitle(trade.instrument.legs) : '',
      entryDate: report.dates[trade.entryDay],
      exitDate: report.dates[trade.exitDay],
    })
  })
  return rows
}

export function filterTrades(rows: TradeRow[], { symbol, signal, exit }: TradeFilter): TradeRow[] {
  return rows.filter(
    (row) =>
      (symbol === '' || row.symbol === symbol) &&
      (signal === '' || row.signal === signal) &&
      (exit === '' || exitWords[row.trade.exitReason] === exit),
  )
}

/** What the size of a trade is counted in: contracts of a structure, else shares. */
export const unitsOf = ({ shares, instrument }: ReportTrade): number => instrument?.contracts ?? shares

const KEYS: Record<TradeColumn, (row: TradeRow) => number | string> = {
  entry: (row) => row.entryDate,
  symbol: (row) => row.symbol,
  side: (row) => row.trade.direction,
  structure: (row) => row.structure,
  signal: (row) => row.signal,
  shares: (row) => unitsOf(row.trade),
  in: (row) => row.trade.entryPrice,
  out: (row) => row.trade.exitPrice,
  bars: (row) => row.trade.bars,
  exit: (row) => exitWords[row.trade.exitReason],
  return: (row) => row.trade.return,
  profit: (row) => row.trade.profit,
}

/** A sorted copy; equal rows stay in the order of the report, whichever way is up. */
export function sortTrades(rows: TradeRow[], { column, descending }: TradeOrder): TradeRow[] {
  const key = KEYS[column]
  const sign = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const left = key(a)
    const right = key(b)
    if (left === right) return a.index - b.index
    if (typeof left === 'string') return sign * left.localeCompare(String(right), 'en')
    return sign * (left - Number(right))
  })
}

/** The distinct values a filter offers, in alphabetical order. */
export function choices(rows: TradeRow[], of: (row: TradeRow) => string): string[] {
  return [...new Set(rows.map(of))].sort((a, b) => a.localeCompare(b, 'en'))
}
