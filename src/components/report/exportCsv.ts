import type { Report, ReportTrade } from '../../../workers/backtest/api.ts'
import { isoDate } from '../../charts/format.ts'
import { instrumentTitle } from '../options/structureWords.ts'
import { exitWords } from './tradeRows.ts'

/**
 * One text cell: quoted where needed, and with an apostrophe before anything a spreadsheet would run as a
 * formula (=, +, −, @, tab, carriage return, also after spaces), which a symbol or a signal from a file may hold.
 */
export function textCell(text: string): string {
  const defused = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n\t;]|^\s|\s$/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused
}

/** Shortest text that reads back as the same number; empty where there is none. */
export function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}

/** Lines of cells as the text of a file. */
export const csvFile = (lines: string[][]): string =>
  lines.map((cells) => cells.join(',')).join('\r\n') + '\r\n'

/** All trades, one per row, dates as ISO dates and numbers in full precision; structures with their legs. */
export function tradesCsv(report: Report): string {
  const head = [
    'symbol', 'direction', 'signal', 'conviction', 'signal_date', 'entry_date', 'entry_price', 'exit_date',
    'exit_price', 'exit_reason', 'shares', 'stop', 'target', 'bars', 'return', 'fees', 'profit',
    'largest_move_against', 'largest_move_for', 'ambiguous', 'breach', 'sample',
  ] // prettier-ignore
  const inOptions = report.trades.some(({ instrument }) => instrument !== undefined)
  const structureHead = [
    'structure', 'legs', 'contracts', 'most_loss', 'marks_quoted', 'marks_surface', 'marks_model',
  ] // prettier-ignore
  const split = report.split < report.dates.length
  const rows = report.trades.map((trade) => [
    textCell(report.symbols[trade.symbol] ?? ''),
    trade.direction === 1 ? 'long' : 'short',
    textCell(report.reasons[trade.reason] ?? ''),
    numberCell(trade.conviction),
    isoDate(report.dates[trade.signalDay]),
    isoDate(report.dates[trade.entryDay]),
    numberCell(trade.entryPrice),
    isoDate(report.dates[trade.exitDay]),
    numberCell(trade.exitPrice),
    textCell(exitWords[trade.exitReason]),
    numberCell(trade.shares),
    numberCell(trade.stop),
    numberCell(trade.target),
    numberCell(trade.bars),
    numberCell(trade.return),
    numberCell(trade.fees),
    numberCell(trade.profit),
    numberCell(trade.adverse),
    numberCell(trade.favourable),
    String(trade.ambiguous),
    String(trade.breach),
    split ? (trade.outOfSample ? 'out of sample' : 'in sample') : '',
    ...(inOptions ? structureCells(trade) : []),
  ])
  return csvFile([inOptions ? [...head, ...structureHead] : head, ...rows])
}

/** Empty for shares; prices of the row are those of one share of the structure. */
function structureCells({ instrument }: ReportTrade): string[] {
  if (!instrument) return ['shares', '', '', '', '', '', '']
  const { kind, contracts, mostLoss, marks } = instrument
  return [
    textCell(kind),
    textCell(instrumentTitle(instrument)),
    ...[contracts, mostLoss, marks.quoted, marks.surface, marks.model].map(numberCell),
  ]
}

/** Equity by day beside the benchmark, with drawdowns and exposure as fractions. */
export function equityCsv(report: Report): string {
  const benchmark = report.benchmark.length > 0
  const split = report.split < report.dates.length
  const head = [
    'date',
    'equity',
    'drawdown',
    ...(benchmark
      ? [textCell(`benchmark ${report.request.benchmark ?? ''}`.trim()), 'benchmark_drawdown']
      : []),
    'gross_exposure',
    'net_exposure',
    'sample',
  ]
  const rows = Array.from(report.dates, (day, i) => [
    isoDate(day),
    numberCell(report.equity[i]),
    numberCell(report.drawdown[i]),
    ...(benchmark ? [numberCell(report.benchmark[i]), numberCell(report.benchmarkDrawdown[i])] : []),
    numberCell(report.gross[i]),
    numberCell(report.net[i]),
    split ? (i >= report.split ? 'out of sample' : 'in sample') : '',
  ])
  return csvFile([head, ...rows])
}
