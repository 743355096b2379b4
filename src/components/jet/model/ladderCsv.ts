import type { Rung } from '../../../../workers/hrm/api.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'
import type { LadderPart } from './ladderWords.ts'

/** One row a model and part: what it is worth on rows that nothing was built on. */
export function ladderCsv(rungs: Rung[]): string {
  const head = [
    ['model', 'part', 'rows', 'positives', 'base_rate'],
    ['average_precision', 'average_precision_low', 'average_precision_high', 'roc_auc'],
    ['precision_at_calls', 'precision_low', 'precision_high', 'lead_days'],
    ['brier', 'log_loss', 'calibration_error'],
    ['compared_with', 'difference', 'difference_low', 'difference_high', 'p', 'seconds'],
  ].flat()
  const rows = rungs.flatMap(({ name, scores, seconds }) =>
    (['test', 'unseen'] satisfies LadderPart[]).flatMap((part) => {
      if (!scores) return []
      const of = scores[part]
      const { averagePrecision, precisionAtCalls, difference } = of
      const numbers = [
        [of.rows, of.positives, of.baseRate],
        [averagePrecision.value, averagePrecision.low, averagePrecision.high, of.rocAuc],
        [precisionAtCalls.value, precisionAtCalls.low, precisionAtCalls.high, of.leadTime],
        [of.brier, of.logLoss, of.calibrationError],
      ].flat()
      return [
        [
          textCell(name),
          part,
          ...numbers.map(numberCell),
          textCell(difference?.to ?? ''),
          ...[difference?.estimate, difference?.low, difference?.high, difference?.p].map((value) =>
            numberCell(value ?? NaN),
          ),
          numberCell(seconds),
        ],
      ]
    }),
  )
  return csvFile([head, ...rows])
}
