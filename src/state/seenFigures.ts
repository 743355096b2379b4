import * as v from 'valibot'
import type { Report } from '../../workers/backtest/api.ts'
import { version } from '../version.ts'

/** The headline of a result as its sender saw it, to say what differs where the hashes do. Null = undefined there. */
export interface SeenFigures {
  /** Of Contrail. */
  version: string
  trades: number
  /** Out of sample where there is a split: fractions, and the Sharpe ratio a year. */
  totalReturn: number | null
  sharpe: number | null
  maxDrawdown: number | null
  /** Money at the last close. */
  equity: number | null
}

const figure = v.nullable(v.pipe(v.number(), v.minValue(-1e15), v.maxValue(1e15)))
export const seenField = v.nullable(
  v.object({
    version: v.pipe(v.string(), v.regex(/^[\w.+-]{1,24}$/)),
    trades: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    totalReturn: figure,
    sharpe: figure,
    maxDrawdown: figure,
    equity: figure,
  }),
)

/** Rounded so that the link stays short; finer differences show in the hash alone. */
export function seenFigures(report: Report): SeenFigures {
  const part = report.split < report.dates.length ? 'outOfSample' : 'all'
  const metric = (id: string) => report.metrics.find((one) => one.id === id)?.[part] ?? NaN
  return {
    version,
    trades: report.trades.length,
    totalReturn: rounded(metric('totalReturn'), 6),
    sharpe: rounded(metric('sharpe'), 4),
    maxDrawdown: rounded(metric('maxDrawdown'), 6),
    equity: rounded(report.equity.at(-1) ?? NaN, 2),
  }
}

function rounded(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : null
}
