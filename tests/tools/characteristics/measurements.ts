import { searchNullMarket } from './nullSearch.ts'
import { measurePower } from './planted.ts'
import { nullReport, powerReport, sizeReport } from './reports.ts'
import { measureSizes } from './sizes.ts'

/** What is measured of one seed, by part of the report. */
export const measurements = {
  size: (seed: number) => measureSizes(seed),
  null: (seed: number, trials: number) => searchNullMarket(seed, trials),
  power: (seed: number, trials: number) => measurePower(seed, trials),
}

export type Part = keyof typeof measurements
export type Measurements = { [P in Part]: Awaited<ReturnType<(typeof measurements)[P]>> }

/** What all seeds together say, as Markdown. */
export const reports: { [P in Part]: (all: Measurements[P][]) => string } = {
  size: sizeReport,
  null: nullReport,
  power: powerReport,
}
