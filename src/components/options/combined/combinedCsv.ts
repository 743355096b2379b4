import type { Combined } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** Equity by day of every part that is there. */
export function combinedCsv({ dates, parts, benchmark }: Combined): string {
  const there = parts.filter(({ problem }) => problem === '')
  const head = [
    'date',
    ...there.map(({ label }) => textCell(label)),
    ...(benchmark.length > 0 ? ['benchmark'] : []),
  ]
  return csvFile([
    head,
    ...Array.from(dates, (day, i) => [
      isoDate(day),
      ...there.map(({ equity }) => numberCell(equity[i])),
      ...(benchmark.length > 0 ? [numberCell(benchmark[i])] : []),
    ]),
  ])
}
