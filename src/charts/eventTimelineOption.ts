import type { EventRow } from '../../workers/backtest/api.ts'
import { axisLabel, timeAxis } from './axes.ts'
import { date, percent } from './format.ts'
import { MS_PER_DAY } from './frame.ts'
import type { ChartTheme, Frame, Picture, Zoom } from './frame.ts'
import { timeTicks } from './scales.ts'
import type { Tip } from './tip.ts'

type ThemeColour = 'gain' | 'loss' | 'warn' | 'bench' | 'ink2' | 'ink3'

/** How one kind of announcement is drawn: by shape and by colour, because neither is seen by everybody. */
export interface EventMark {
  symbol: string
  size: number | [number, number]
  colour: ThemeColour
}

/** What stands under each other on the picture. */
export interface Lanes {
  names: string[]
  /** Whether an announcement stands on the lane of its company, or of its kind. */
  by: 'company' | 'kind'
}

export const laneHeight = 24
const TOP = 8
const BOTTOM = 28

export const timelineHeight = (lanes: number): number => TOP + BOTTOM + Math.max(1, lanes) * laneHeight

/**
 * The companies with the most announcements (of equals, the newest) in the order of their names, or all kinds
 * there are in the order given. `left` lanes are not shown.
 */
export function eventLanes(
  rows: EventRow[],
  by: Lanes['by'],
  kinds: readonly string[],
  most: number,
): Lanes & { left: number } {
  if (by === 'kind') {
    const found = new Set(rows.map(({ kind }) => kind))
    return { by, names: kinds.filter((kind) => found.has(kind)), left: 0 }
  }
  const counts = new Map<string, number>()
  const newest = new Map<string, number>()
  for (const { symbol, day } of rows) {
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
    newest.set(symbol, Math.max(day, newest.get(symbol) ?? day))
  }
  const names = [...counts.keys()]
    .sort((a, b) => counts.get(b)! - counts.get(a)! || newest.get(b)! - newest.get(a)!)
    .slice(0, most)
    .sort()
  return { by, names, left: counts.size - names.length }
}

/** Announcements over time, a mark each on its lane. Null where there is none. */
export function eventTimelineOption(
  rows: EventRow[],
  { names, by }: Lanes,
  marks: Record<string, EventMark>,
  laneName: (lane: string) => string,
  zoom: Zoom,
  { width, theme }: Frame,
): Picture | null {
  const lane = new Map(names.map((name, i) => [name, i]))
  const shown = rows.filter((row) => lane.has(row[by === 'company' ? 'symbol' : 'kind']))
  if (shown.length === 0) return null
  const all = shown.map(({ day }) => day)
  const [earliest, latest] = [Math.min(...all), Math.max(...all)]
  // Room for half a mark at either end.
  const room = Math.max(2, Math.ceil(0.01 * (latest - earliest)))
  const [from, to] = zoom ?? [earliest - room, latest + room]
  const series = Object.entries(marks).map(([kind, mark]) => ({
    name: kind,
    type: 'line',
    animation: false,
    emphasis: { disabled: true },
    symbol: mark.symbol,
    symbolSize: mark.size,
    showSymbol: true,
    showAllSymbol: true,
    lineStyle: { width: 0, opacity: 0 },
    itemStyle: { color: theme[mark.colour], opacity: kind === 'earnings' ? 0.6 : 0.9, borderWidth: 0 },
    data: shown
      .filter((row) => row.kind === kind && row.day >= from && row.day <= to)
      .map((row) => [row.day * MS_PER_DAY, lane.get(row[by === 'company' ? 'symbol' : 'kind'])]),
  }))
  const option = {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: {
      left: by === 'company' ? 56 : 84,
      right: 16,
      top: TOP,
      bottom: BOTTOM,
      containLabel: false,
      outerBoundsMode: 'none',
    },
    xAxis: timeAxis(theme, from, to, timeTicks(from, to, Math.max(2, Math.floor(width / 90)))),
    yAxis: laneAxis(theme, names.map(laneName)),
    series: series.filter(({ data }) => data.length > 0),
  }
  const tip = (at: number): Tip | null => {
    const day = Math.round(at / MS_PER_DAY)
    return eventTip(
      shown.filter((row) => row.day === day),
      theme,
      marks,
    )
  }
  return { option, tip }
}

const laneAxis = (theme: ChartTheme, names: string[]): object => ({
  type: 'category',
  inverse: true,
  data: names,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { ...axisLabel(theme), interval: 0, margin: 8, width: 74, overflow: 'truncate' },
  splitLine: { show: true, lineStyle: { color: theme.line } },
  axisPointer: { show: false },
})

const mostInTip = 8

function eventTip(rows: EventRow[], theme: ChartTheme, marks: Record<string, EventMark>): Tip | null {
  if (rows.length === 0) return null
  const listed = rows.slice(0, mostInTip).map((row) => ({
    name: `${row.symbol}, ${row.kind}${row.counterparty ? ` (${row.counterparty})` : ''}`,
    colour: theme[marks[row.kind]?.colour ?? 'ink3'],
    values: [percent(row.dayReturn, { signed: true })],
  }))
  const more = rows.length - listed.length
  return {
    title: date(rows[0].day),
    rows: more > 0 ? [...listed, { name: `and ${more} more`, values: [''] }] : listed,
  }
}
