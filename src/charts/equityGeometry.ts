import type { Report } from '../../workers/backtest/api.ts'
import { NARROW } from './frame.ts'
import type { Zoom } from './frame.ts'
import { extent, linearTicks, logTicks, lowerBound, padded, timeTicks } from './scales.ts'
import type { Domain, TimeTick } from './scales.ts'

/** What the equity picture needs of a report. */
export type EquityData = Pick<
  Report,
  'dates' | 'split' | 'capital' | 'equity' | 'benchmark' | 'drawdown' | 'benchmarkDrawdown'
> & { benchmarkName: string | null }

export interface EquityView {
  log: boolean
  zoom: Zoom
}

/** Both pictures of equity, the SVG and the canvas, stand on these pixels. */
export const EQUITY = { height: 370, top: 10, upper: 232, gap: 22, lower: 80, bottom: 26 } as const

export interface Margins {
  left: number
  right: number
}

/** Room for the tick labels, and for direct labels where they fit. */
export function equityMargins(width: number): Margins {
  return width > NARROW ? { left: 48, right: 84 } : { left: 44, right: 10 }
}

export interface EquityScales {
  /** Inclusive indices into the dates. */
  first: number
  last: number
  /** Rebased: the starting capital is 100. */
  upper: Domain
  upperTicks: number[]
  /** Fractions ≤ 0. */
  lower: Domain
  lowerTicks: number[]
  time: TimeTick[]
  log: boolean
}

/** Domains and ticks for the part on screen. Equity that reaches zero cannot stand on a logarithmic axis. */
export function equityScales(
  data: EquityData,
  { log, zoom }: EquityView,
  width: number,
): EquityScales | null {
  const days = data.dates.length
  if (days < 2) return null
  let first = zoom ? Math.min(lowerBound(data.dates, zoom[0]), days - 2) : 0
  const last = zoom ? Math.max(Math.min(lowerBound(data.dates, zoom[1] + 1), days) - 1, first + 1) : days - 1
  first = Math.min(first, last - 1)
  const values = extent([data.equity, data.benchmark], first, last + 1)
  const depths = extent([data.drawdown, data.benchmarkDrawdown], first, last + 1)
  if (!values) return null
  const rebased = { min: (100 * values.min) / data.capital, max: (100 * values.max) / data.capital }
  const asLog = log && rebased.min > 0
  const upper = padded(rebased, 0.05, asLog)
  const lower = { min: Math.min(depths?.min ?? 0, -0.02) * 1.06, max: 0 }
  return {
    first,
    last,
    upper,
    upperTicks: asLog ? logTicks(upper, 6) : linearTicks(upper, 6),
    lower,
    lowerTicks: linearTicks(lower, 3),
    time: timeTicks(data.dates[first], data.dates[last], Math.max(2, Math.floor(width / 90))),
    log: asLog,
  }
}

/** Moves labels that would touch apart, keeping their order; positions are pixels from the top. */
export function spread(positions: number[], distance: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b])
  const moved = [...positions]
  // Two that are moved apart can come too near to a third: once more, until none does.
  for (let pass = 0, touching = true; touching && pass < 60; pass++) {
    touching = false
    for (let k = 1; k < order.length; k++) {
      const overlap = moved[order[k - 1]] + distance - moved[order[k]]
      if (!(overlap > 0.1)) continue
      touching = true
      moved[order[k - 1]] -= overlap / 2
      moved[order[k]] += overlap / 2
    }
  }
  return moved
}
