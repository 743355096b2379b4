import { date, isoDate, number, percent } from '../../charts/format.ts'
import {
  extent,
  linearTicks,
  lowerBound,
  logTicks,
  padded,
  position,
  timeTicks,
} from '../../charts/scales.ts'
import { spread } from '../../charts/equityGeometry.ts'
import type { SampleSummary } from '../../state/samples.ts'
import type { TableData } from '../tableData.ts'

/** Pixels from the top: equity, a gap, drawdown, the years. The width is whatever the card has. */
export const frame = { top: 16, upper: 104, gap: 12, lower: 34, height: 190 } as const
const lowerTop = frame.top + frame.upper + frame.gap

/** Width of the drawing in its own units, stretched to the card. */
export const drawnWidth = 1000

interface Rule {
  y: number
  text: string
}

/** Everything the picture draws: heights in pixels, across in percent, paths `drawnWidth` wide. */
export interface SmallPicture {
  equity: string
  /** Empty without a benchmark. */
  benchmark: string
  /** An area that hangs from its baseline. */
  drawdown: string
  /** Where the line of drawdown begins. */
  baseline: number
  rules: Rule[]
  years: { across: number; text: string }[]
  /** Percent from the left at which nothing had been seen; null without a split. */
  outOfSample: number | null
  /** Heights of the names at the ends of the lines. */
  ends: { strategy: number; benchmark: number }
  label: string
}

type Curves = Pick<
  SampleSummary,
  'days' | 'equity' | 'benchmark' | 'drawdown' | 'splitFrom' | 'benchmarkName'
>

/** Equity over its benchmark on a logarithmic axis, drawdown below; null where there are no two days to join. */
export function smallPicture(curves: Curves): SmallPicture | null {
  const { days, equity, benchmark, drawdown, splitFrom } = curves
  const values = extent([equity, benchmark])
  const last = days.length - 1
  if (last < 1 || !values) return null
  const log = values.min > 0
  const upper = padded({ min: 100 * values.min, max: 100 * values.max }, 0.05, log)
  const lower = { min: Math.min(extent([drawdown])?.min ?? 0, -0.02) * 1.06, max: 0 }
  const upperY = (value: number) => frame.top + frame.upper * (1 - position(100 * value, upper, log))
  const lowerY = (value: number) => lowerTop + frame.lower * (1 - position(value, lower))
  const across = (day: number) => (100 * (day - days[0])) / (days[last] - days[0])
  const path = (line: Float64Array, y: (value: number) => number) =>
    Array.from(line, (value, i) => {
      const x = (drawnWidth / 100) * across(days[i])
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y(value).toFixed(1)}`
    }).join('')
  const hasBenchmark = benchmark.length > 0
  const ends = spread([upperY(equity[last]), ...(hasBenchmark ? [upperY(benchmark[last])] : [])], 14)
  return {
    equity: path(equity, upperY),
    benchmark: hasBenchmark ? path(benchmark, upperY) : '',
    drawdown: path(drawdown, lowerY),
    baseline: lowerTop,
    rules: [
      ...(log ? logTicks(upper, 3) : linearTicks(upper, 3)).map((tick) => ({
        y: upperY(tick / 100),
        text: number(tick, { digits: 0 }),
      })),
      ...linearTicks(lower, 2).map((tick) => ({ y: lowerY(tick), text: percent(tick, { digits: 0 }) })),
    ],
    years: timeTicks(days[0], days[last], 6).map(({ day, text }) => ({ across: across(day), text })),
    outOfSample: Number.isFinite(splitFrom) ? across(splitFrom) : null,
    ends: { strategy: ends[0], benchmark: ends[1] ?? NaN },
    label: labelOf(curves),
  }
}

function labelOf({ days, equity, benchmark, drawdown, splitFrom, benchmarkName }: Curves): string {
  const last = days.length - 1
  const level = (line: Float64Array) => number(100 * line[last], { digits: 0 })
  const against = benchmark.length > 0 ? `, ${benchmarkName} at ${level(benchmark)}` : ''
  const unseen = Number.isFinite(splitFrom) ? `, out of sample from ${date(splitFrom)}` : ''
  const deepest = percent(extent([drawdown])?.min ?? NaN)
  return (
    `Equity from 100 on ${date(days[0])} to ${date(days[last])}${unseen}: ` +
    `the strategy ends at ${level(equity)}${against}. Its deepest drawdown is ${deepest}.`
  )
}

/** The same as numbers: where the lines stand at the end of each year, and how deep the year went. */
export function smallTable({
  days,
  equity,
  benchmark,
  drawdown,
  benchmarkName,
}: Omit<Curves, 'splitFrom'>): TableData {
  const years = [...new Set(Array.from(days, (day) => isoDate(day).slice(0, 4)))]
  const hasBenchmark = benchmark.length > 0
  return {
    head: ['Year', 'Strategy', ...(hasBenchmark ? [benchmarkName ?? 'Benchmark'] : []), 'Deepest drawdown'],
    rows: years.map((year) => {
      const from = lowerBound(days, Date.UTC(Number(year), 0, 1) / 86_400_000)
      const to = lowerBound(days, Date.UTC(Number(year) + 1, 0, 1) / 86_400_000)
      const level = (line: Float64Array) => number(100 * line[to - 1], { digits: 1 })
      return [
        year,
        level(equity),
        ...(hasBenchmark ? [level(benchmark)] : []),
        percent(extent([drawdown], from, to)?.min ?? NaN),
      ]
    }),
    note: 'Level at the end of each year, 100 at the start.',
  }
}
