import { number } from '../../charts/format.ts'
import type { Metric } from '../../../workers/backtest/api.ts'

/** What comes first, in this order; those that the report lacks are left out. */
const headlineIds = [
  'cagr',
  'alpha',
  'sharpe',
  'probabilisticSharpe',
  'maxDrawdown',
  'winRate',
  'profitFactor',
  'trades',
]

export function headlinesOf(metrics: Metric[]): Metric[] {
  return headlineIds.flatMap((id) => metrics.filter((metric) => metric.id === id))
}

/** The value of no skill, for the line an interval has to clear; NaN where there is none. */
const NOTHING: Record<string, number> = {
  cagr: 0,
  alpha: 0,
  rawExcess: 0,
  excessReturn: 0,
  totalReturn: 0,
  sharpe: 0,
  sortino: 0,
  calmar: 0,
  informationRatio: 0,
  probabilisticSharpe: 0.5,
  winRate: 0.5,
  profitFactor: 1,
  omega: 1,
  maxDrawdown: 0,
}

export function nothingOf(id: string): number {
  return NOTHING[id] ?? NaN
}

/** Whether an interval will follow: the place of its picture is kept. */
export function measured(id: string): boolean {
  return id !== 'trades' && id !== 'probabilisticSharpe'
}

/** What stands under a headline that has no interval. */
export function noteOf(metric: Metric, value: number, years: number): string {
  if (!Number.isFinite(value)) return ''
  if (metric.id === 'trades' && years >= 1) return `${number(value / years, { digits: 0 })} a year`
  if (metric.id === 'probabilisticSharpe') return 'of a true Sharpe above 0'
  return ''
}
