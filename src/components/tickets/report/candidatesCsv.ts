import type { TicketCandidate, TicketsStatus } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

const partIds = ['base', 'incident', 'sentiment', 'news', 'downloads', 'commits', 'release'] as const

/** One row an unusual day, with every part of its confidence. */
export function candidatesCsv(rows: TicketCandidate[], products: TicketsStatus['products']): string {
  const head = [
    'decided', 'tickets_of', 'symbol', 'product', 'direction', 'count', 'expected', 'mad_score', 'tail',
    ...partIds, 'confidence', 'horizon_bars', 'why_not',
  ] // prettier-ignore
  return csvFile([
    head,
    ...rows.map((row) => [
      isoDate(row.decided),
      isoDate(row.day),
      textCell(row.symbol),
      textCell(products[row.product]?.name ?? ''),
      row.direction < 0 ? 'short' : 'long',
      numberCell(row.count),
      numberCell(row.expected),
      numberCell(row.score),
      numberCell(row.tail),
      ...partIds.map((id) => numberCell(row.parts.find((part) => part.id === id)?.part ?? 0)),
      numberCell(row.confidence),
      numberCell(row.horizon),
      textCell(row.dropped),
    ]),
  ])
}
