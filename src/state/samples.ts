import type { Evidence, Metric, Report, Verdict } from '../../workers/backtest/api.ts'
import { parseReport } from './reportJson.ts'

/** A finished report that comes with the page. */
export interface Sample {
  report: Report
  evidence: Evidence
}

export const sampleSystems = ['jet', 'tickets', 'options'] as const
export type SampleSystem = (typeof sampleSystems)[number]

export const isSampleSystem = (system: string | null): system is SampleSystem =>
  (sampleSystems as readonly (string | null)[]).includes(system)

/** What the landing page shows of a sample. Numbers are of the out-of-sample part where there is a split. */
export interface SampleSummary {
  system: SampleSystem
  hash: string
  verdict: Verdict
  /** As `Evidence.pValue`. */
  pValue: number
  /** First and last epoch day of the run, and the first out of sample; NaN without a split. */
  from: number
  to: number
  splitFrom: number
  symbols: number
  trades: number
  benchmarkName: string | null
  headlines: (Pick<Metric, 'id' | 'label' | 'unit' | 'definition'> & {
    value: number
    /** NaN where there is no interval. */
    low: number
    high: number
    benchmark: number
  })[]
  /** [points] epoch days, thinned for a small picture */
  days: Int32Array
  /** [points] 1 at the start */
  equity: Float64Array
  /** [points] 1 at the start; empty without a benchmark */
  benchmark: Float64Array
  /** [points] fractions ≤ 0 */
  drawdown: Float64Array
}

/** Where the build put the whole reports, relative to the page. */
export type SampleFiles = Record<SampleSystem, string>

/** @returns null where it could not be fetched: everything is computed in the tab anyway */
export async function fetchSample(file: string): Promise<Sample | null> {
  try {
    const response = await fetch(new URL(file, document.baseURI))
    return response.ok ? parseReport<Sample>(await response.text()) : null
  } catch {
    return null
  }
}

/** What the build left on the page; null in development, where nothing is computed ahead. */
export function sampleFilesIn({ jet, tickets, options }: DOMStringMap): SampleFiles | null {
  return jet && tickets && options ? { jet, tickets, options } : null
}
