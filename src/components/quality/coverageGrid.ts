import { count, monthName, number } from '../../charts/format.ts'
import type { CoverageHeatmap } from '../../../workers/data/api.ts'

export type Period = 'month' | 'quarter' | 'year'

export interface CoverageGrid {
  period: Period
  /** One per column: “Mar 2020”, “Q1 2020”, “2020”. */
  labels: string[]
  /** Columns under one head: the year, or the decade. */
  heads: { text: string; columns: number }[]
  /** [subjects][columns] rows. */
  rows: number[][]
  /** Lowest number of rows of each step of the scale, the first 1; empty where there are no rows at all. */
  steps: number[]
  /** Largest number of rows in a cell. */
  most: number
}

/** More columns are joined into longer periods, so that each stays wide enough to be pointed at. */
const mostColumns = 96
const monthsOf: Record<Period, number> = { month: 1, quarter: 3, year: 12 }

/** The counts by month as a grid that fits on a screen: by month, quarter or year, with the steps of its scale. */
export function coverageGrid({ subjects, months, rows }: CoverageHeatmap): CoverageGrid {
  const dates = months.map((day) => new Date(day * 86_400_000))
  const period: Period =
    months.length <= mostColumns ? 'month' : months.length <= 3 * mostColumns ? 'quarter' : 'year'
  const keys = dates.map((date) =>
    Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / monthsOf[period]),
  )
  const first = keys[0] ?? 0
  const columns = keys.length > 0 ? keys[keys.length - 1] - first + 1 : 0
  const grid = subjects.map((_, s) => {
    const row = new Array<number>(columns).fill(0)
    for (let m = 0; m < months.length; m++) row[keys[m] - first] += rows[s * months.length + m]
    return row
  })
  const labels = Array.from({ length: columns }, (_, i) => labelOf(first + i, period))
  return { period, labels, heads: headsOf(first, columns, period), rows: grid, ...scaleOf(grid) }
}

function labelOf(key: number, period: Period): string {
  const perYear = 12 / monthsOf[period]
  const year = Math.floor(key / perYear)
  if (period === 'year') return String(year)
  const part = key - year * perYear
  return period === 'quarter' ? `Q${part + 1} ${year}` : `${monthName(part)} ${year}`
}

function headsOf(first: number, columns: number, period: Period): CoverageGrid['heads'] {
  const perHead = period === 'year' ? 10 : 12 / monthsOf[period]
  const heads: CoverageGrid['heads'] = []
  for (let i = 0; i < columns; i++) {
    const head = Math.floor((first + i) / perHead)
    const text = period === 'year' ? `${head * 10}s` : String(head)
    const last = heads.at(-1)
    if (last?.text === text) last.columns++
    else heads.push({ text, columns: 1 })
  }
  return heads
}

/** Four equal steps up to what nineteen in twenty filled cells stay below; fewer where counts are small. */
function scaleOf(grid: number[][]): { steps: number[]; most: number } {
  const filled = grid
    .flat()
    .filter((n) => n > 0)
    .sort((a, b) => a - b)
  if (filled.length === 0) return { steps: [], most: 0 }
  const usual = filled[Math.floor(0.95 * (filled.length - 1))]
  const steps = [0.25, 0.5, 0.75].map((share) => Math.max(1, Math.ceil(share * usual)))
  return { steps: [...new Set([1, ...steps])].sort((a, b) => a - b), most: filled[filled.length - 1] }
}

/** 0 = no rows, else the step of the scale from 1 on. */
export function stepOf(rows: number, steps: number[]): number {
  let step = 0
  while (step < steps.length && rows >= steps[step]) step++
  return rows === 0 ? 0 : step
}

/** “1–20 rows”, “21 rows and more”. */
export function stepText(step: number, { steps, most }: Pick<CoverageGrid, 'steps' | 'most'>): string {
  const from = steps[step - 1]
  const to = step < steps.length ? steps[step] - 1 : most
  return from === to ? count(from, 'row') : `${number(from, { digits: 0 })}–${count(to, 'row')}`
}
