import type { SqlColumn } from '../../../workers/data/api.ts'
import { axisLabel, valueAxis } from '../../charts/axes.ts'
import type { Frame, Picture } from '../../charts/frame.ts'
import { extent, linearTicks, padded } from '../../charts/scales.ts'
import type { Tip } from '../../charts/tip.ts'
import { cellText, type SqlCell } from './sqlCells.ts'

export interface ChartChoice {
  /** Columns of the result, by index. */
  x: number
  y: number
  kind: 'line' | 'bar'
}

/** A line may have so many points, and a bar chart so many bars. */
export const mostPoints = { line: 5000, bar: 120 }

/** What suits the columns: the first day, time or text across, the first other number upwards. */
export function suggestedChart(columns: SqlColumn[]): ChartChoice | null {
  const y = columns.findIndex(
    ({ type }, i) => type === 'number' && !(i === 0 && columns.slice(1).some((one) => one.type === 'number')),
  )
  if (y < 0) return null
  const time = columns.findIndex(({ type }) => type === 'date' || type === 'time')
  if (time >= 0) return { x: time, y, kind: 'line' }
  const other = columns.findIndex((_, i) => i !== y)
  return { x: Math.max(0, other), y, kind: other >= 0 && columns[other].type === 'number' ? 'line' : 'bar' }
}

interface Point {
  /** Milliseconds or a number; NaN on an axis of words. */
  x: number
  label: string
  y: number
}

/** A line or bars of one column over another. Null where no row has a number to draw. */
export function resultChartOption(
  columns: SqlColumn[],
  cells: SqlCell[][],
  choice: ChartChoice,
  { width, theme }: Frame,
): Picture | null {
  const axis = choice.kind === 'bar' ? 'category' : axisOf(columns[choice.x])
  const points = pointsOf(columns, cells, choice).slice(0, mostPoints[choice.kind])
  if (axis !== 'category') points.sort((a, b) => a.x - b.x)
  const found = extent([points.map(({ y }) => y), choice.kind === 'bar' ? [0] : []])
  if (points.length === 0 || !found) return null
  const domain = padded(found, 0.06)
  const ticks = linearTicks(domain, 5)
  const labels = ticks.map((tick) => cellText(tick) ?? '')
  const left = 20 + 7 * Math.max(...labels.map((label) => label.length))
  const name = columns[choice.y].name
  const option = {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: theme.font },
    grid: { left, right: 16, top: 12, bottom: 30, containLabel: false, outerBoundsMode: 'none' },
    xAxis: {
      type: axis,
      ...(axis === 'category' ? { data: points.map(({ label }) => label) } : { scale: true }),
      axisLine: { show: true, onZero: choice.kind === 'bar', lineStyle: { color: theme.lineStrong } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...axisLabel(theme),
        hideOverlap: true,
        width: Math.max(40, width / 8),
        overflow: 'truncate',
      },
      axisPointer: { show: true, snap: true, label: { show: false }, lineStyle: { color: theme.ink3 } },
    },
    yAxis: valueAxis(theme, domain, ticks, (value) => cellText(value) ?? ''),
    series: [
      {
        type: choice.kind,
        name,
        showSymbol: points.length <= 60,
        symbol: 'circle',
        symbolSize: 5,
        barMaxWidth: 34,
        animation: false,
        emphasis: { disabled: true },
        itemStyle: { color: theme.accent },
        lineStyle: { color: theme.accent, width: 1.5 },
        data: points.map(({ x, y }) => (axis === 'category' ? y : [x, y])),
      },
    ],
  }
  const tip = (at: number): Tip | null => {
    const point = axis === 'category' ? points[Math.round(at)] : nearest(points, at)
    return point
      ? { title: point.label, rows: [{ name, colour: theme.accent, values: [cellText(point.y) ?? ''] }] }
      : null
  }
  return { option, tip }
}

function axisOf({ type }: SqlColumn): 'time' | 'value' | 'category' {
  if (type === 'date' || type === 'time') return 'time'
  return type === 'number' ? 'value' : 'category'
}

function pointsOf(columns: SqlColumn[], cells: SqlCell[][], { x, y, kind }: ChartChoice): Point[] {
  const axis = kind === 'bar' ? 'category' : axisOf(columns[x])
  return cells.flatMap((row) => {
    const height = Number(row[y] ?? NaN)
    const across =
      axis === 'time' ? Date.parse(`${String(row[x]).replace(' ', 'T')}${utc(row[x])}`) : Number(row[x])
    if (!Number.isFinite(height) || (axis !== 'category' && (row[x] === null || !Number.isFinite(across))))
      return []
    return [{ x: across, label: cellText(row[x]) ?? 'missing', y: height }]
  })
}

/** A day alone is read as UTC, a day with a clock only when it says so. */
function utc(cell: SqlCell): string {
  return String(cell).includes(':') ? 'Z' : ''
}

function nearest(points: Point[], at: number): Point | undefined {
  return points.reduce<Point | undefined>(
    (best, point) => (!best || Math.abs(point.x - at) < Math.abs(best.x - at) ? point : best),
    undefined,
  )
}
