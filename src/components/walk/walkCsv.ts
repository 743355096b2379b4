import type { WalkResult } from '../../../workers/backtest/api.ts'
import { isoDate } from '../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../report/exportCsv.ts'

/** The stitched equity by day, from 1, beside the promise and the benchmark. */
export function walkDaysCsv({ dates, equity, promised, benchmark, folds, spec }: WalkResult): string {
  const compared = benchmark.length > 0
  const head = ['date', 'test', 'out_of_sample', 'promised']
  const named = compared ? [textCell(`benchmark ${spec.request.benchmark ?? ''}`.trim())] : []
  let fold = 0
  const rows = Array.from(dates, (day, i) => {
    while (fold < folds.length - 1 && day > folds[fold].testTo) fold++
    return [
      isoDate(day),
      String(fold + 1),
      numberCell(equity[i]),
      numberCell(promised[i]),
      ...(compared ? [numberCell(benchmark[i])] : []),
    ]
  })
  return csvFile([[...head, ...named], ...rows])
}

/** One row a fold: its days, what was chosen, what was promised and what came of it. */
export function walkFoldsCsv({ folds, spec }: WalkResult): string {
  const params = spec.axes.map(({ param }) => param)
  const numbers = ['sharpe', 'annualReturn', 'maxDrawdown', 'alpha', 'trades'] as const
  const names = ['sharpe', 'annual_return', 'max_drawdown', 'alpha', 'trades']
  const head = [
    'test',
    'train_from',
    'train_to',
    'test_from',
    'test_to',
    ...params.map(textCell),
    ...names.map((name) => `promised_${name}`),
    ...names.map((name) => `got_${name}`),
    'tried',
  ]
  const rows = folds.map((fold, k) => [
    String(k + 1),
    isoDate(fold.trainFrom),
    isoDate(fold.trainTo),
    isoDate(fold.testFrom),
    isoDate(fold.testTo),
    ...params.map((param) => (param in fold.params ? textCell(String(fold.params[param])) : '')),
    ...numbers.map((name) => numberCell(fold.promised[name])),
    ...numbers.map((name) => numberCell(fold.got[name])),
    String(fold.tried),
  ])
  return csvFile([head, ...rows])
}
