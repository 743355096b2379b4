import type { Report } from './api.ts'
import { monthOf } from './calendar.ts'

export interface MonthReturn {
  year: number
  month: number
  return: number
}

/** Returns compounded by calendar month; `dates[i]` is the epoch day on which `returns[i]` ended. */
export function monthReturns(dates: ArrayLike<number>, returns: Float64Array): MonthReturn[] {
  const months: MonthReturn[] = []
  let growth = 1
  for (let i = 0; i < returns.length; i++) {
    const { year, month } = monthOf(dates[i])
    const current = months.at(-1)
    if (current === undefined || current.year !== year || current.month !== month) {
      growth = 1
      months.push({ year, month, return: 0 })
    }
    growth *= 1 + returns[i]
    months[months.length - 1].return = growth - 1
  }
  return months
}

/** A row per calendar year, twelve months each, NaN where the run has no day; `total` is the year so far. */
export function monthlyTable(
  dates: ArrayLike<number>,
  returns: Float64Array,
  benchmark: Float64Array | null,
): Report['monthly'] {
  const rows: Report['monthly'] = []
  const yearly = benchmark === null ? [] : monthReturns(dates, benchmark)
  for (const { year, month, return: value } of monthReturns(dates, returns)) {
    if (rows.at(-1)?.year !== year) {
      rows.push({ year, months: new Array<number>(12).fill(NaN), total: 0, benchmark: NaN })
    }
    const row = rows[rows.length - 1]
    row.months[month] = value
    row.total = (1 + row.total) * (1 + value) - 1
  }
  for (const row of rows) {
    const months = yearly.filter((month) => month.year === row.year)
    if (months.length > 0)
      row.benchmark = months.reduce((growth, month) => growth * (1 + month.return), 1) - 1
  }
  return rows
}
