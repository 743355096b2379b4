import type { CoverageHeatmap } from '../api.ts'
import type { TableName } from '../schema.ts'
import { minutesPerDay, type Timeline } from './timeline.ts'

const mostSubjects = 200
/** Fifty years; a date misread by a century must not draw a thousand columns. */
const mostMonths = 600

/** How many rows each subject has in each month. */
export function coverageOf(kind: TableName, { subjects, offsets, start }: Timeline): CoverageHeatmap {
  const order = subjects
    .map((_, s) => s)
    .filter((s) => offsets[s + 1] > offsets[s])
    .sort((a, b) => offsets[b + 1] - offsets[b] - (offsets[a + 1] - offsets[a]) || a - b)
  const shown = order.slice(0, mostSubjects)
  let first = Infinity
  let last = -Infinity
  for (const s of order) {
    first = Math.min(first, monthOf(start[offsets[s]]))
    last = Math.max(last, monthOf(start[offsets[s + 1] - 1]))
  }
  if (order.length === 0) return { kind, subjects: [], others: 0, months: [], rows: [] }
  first = Math.max(first, last - mostMonths + 1)
  const months = Array.from({ length: last - first + 1 }, (_, m) => firstDayOf(first + m))
  const rows = new Array<number>(shown.length * months.length).fill(0)
  for (const [row, s] of shown.entries()) {
    let month = first
    for (let i = offsets[s]; i < offsets[s + 1]; i++) {
      const day = Math.floor(start[i] / minutesPerDay)
      while (month < last && day >= months[month - first + 1]) month++
      if (day >= months[0]) rows[row * months.length + month - first]++
    }
  }
  return {
    kind,
    subjects: shown.map((s) => subjects[s]),
    others: order.length - shown.length,
    months,
    rows,
  }
}

/** Months since January of the year 0. */
function monthOf(minute: number): number {
  const date = new Date(minute * 60_000)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function firstDayOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000
}
