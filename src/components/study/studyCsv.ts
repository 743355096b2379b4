import type { StudyFigures } from '../../../workers/backtest/api.ts'
import { isoDate } from '../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../report/exportCsv.ts'

/** One row an event that was studied. */
export function eachCsv({ each }: StudyFigures): string {
  return csvFile([
    ['symbol', 'day', 'cumulative_abnormal_return'],
    ...each.map(({ symbol, day, car }) => [textCell(symbol), isoDate(day), numberCell(car)]),
  ])
}

/** One row a day of the window. */
export function curveCsv({ days, meanAbnormal, meanCar, carLow, carHigh }: StudyFigures): string {
  return csvFile([
    ['day', 'mean_abnormal_return', 'mean_car', 'car_low_95', 'car_high_95'],
    ...Array.from(days, (day, i) => [
      String(day),
      ...[meanAbnormal, meanCar, carLow, carHigh].map((values) => numberCell(values[i])),
    ]),
  ])
}
