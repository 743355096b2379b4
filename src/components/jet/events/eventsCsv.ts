import type { EventRow, EventStudyResult } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'

/** One row an announcement, as they are shown. */
export function announcementsCsv(rows: EventRow[]): string {
  const head = ['symbol', 'announced_on', 'kind', 'counterparty', 'abnormal_return_of_the_day', 'why_not']
  return csvFile([
    head,
    ...rows.map((row) => [
      textCell(row.symbol),
      isoDate(row.day),
      textCell(row.kind),
      textCell(row.counterparty),
      numberCell(row.dayReturn),
      textCell(row.why),
    ]),
  ])
}

/** One row an event that was studied. */
export function eachCsv({ each }: EventStudyResult): string {
  return csvFile([
    ['symbol', 'day', 'cumulative_abnormal_return'],
    ...each.map(({ symbol, day, car }) => [textCell(symbol), isoDate(day), numberCell(car)]),
  ])
}

/** One row a day of the window. */
export function curveCsv({ days, meanAbnormal, meanCar, carLow, carHigh }: EventStudyResult): string {
  return csvFile([
    ['day', 'mean_abnormal_return', 'mean_car', 'car_low_95', 'car_high_95'],
    ...Array.from(days, (day, i) => [
      String(day),
      ...[meanAbnormal, meanCar, carLow, carHigh].map((values) => numberCell(values[i])),
    ]),
  ])
}
