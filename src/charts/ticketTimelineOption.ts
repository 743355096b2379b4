import type { ProductTimeline, TicketBand } from '../../workers/backtest/api.ts'
import { axisLabel, timeAxis, valueAxis } from './axes.ts'
import { date, number, percent, price } from './format.ts'
import { MS_PER_DAY } from './frame.ts'
import type { ChartTheme, Frame, Picture } from './frame.ts'
import { extent, linearTicks, padded, timeTicks } from './scales.ts'
import type { Tip, TipRow } from './tip.ts'

const TOP = 12
const GAP = 20
const BOTTOM = 28
const LANES = { price: 190, counts: 86, happenings: 50, adoption: 66 }
/** Further lines would say little beside the first two. */
const mostAdoption = 2
const minutesPerDay = 1440

interface Lane {
  name: string
  top: number
  height: number
}

/** Figures of adoption that are drawn: the first few with a figure at least every week. */
export function drawnAdoption({ adoption }: ProductTimeline): ProductTimeline['adoption'] {
  return adoption.filter(({ span, metric }) => span <= 7 && !isRelease(metric)).slice(0, mostAdoption)
}

export function ticketTimelineHeight(timeline: ProductTimeline): number {
  const lanes = lanesOf(timeline)
  const last = lanes[lanes.length - 1]
  return last.top + last.height + BOTTOM
}

/** Bands that are drawn: uptake above complaints, as on the wall. */
const drawnBands = ({ bands }: ProductTimeline): TicketBand[] =>
  (['positive', 'negative'] as const).flatMap((mood) => bands.filter((band) => band.mood === mood))

const isRelease = (metric: string): boolean => metric === 'release' || metric === 'releases'

function lanesOf(timeline: ProductTimeline): Lane[] {
  const wanted = [
    { name: timeline.symbol, height: LANES.price },
    ...drawnBands(timeline).map(({ mood }) => ({ name: mood, height: LANES.counts })),
    { name: 'happenings', height: LANES.happenings },
    ...drawnAdoption(timeline).map(({ metric }) => ({ name: metric, height: LANES.adoption })),
  ]
  let top = TOP
  return wanted.map(({ name, height }) => {
    const lane = { name, top, height }
    top += height + GAP
    return lane
  })
}

/**
 * Price with lots, counts with what is usual, incidents, news, versions and adoption, on one axis of time.
 *
 * @param selected epoch day that is looked at; null = none
 */
export function ticketTimelineOption(
  timeline: ProductTimeline,
  [from, to]: [from: number, to: number],
  selected: number | null,
  { width, theme }: Frame,
): Picture | null {
  const lanes = lanesOf(timeline)
  const ticks = timeTicks(from, to, Math.max(2, Math.floor(width / 90)))
  const bands = drawnBands(timeline)
  const adoption = drawnAdoption(timeline)
  const happenings = 1 + bands.length
  const last = lanes.length - 1
  const series: object[] = [
    ...priceSeries(timeline, theme, width > 480),
    ...bands.flatMap((band, i) => bandSeries(timeline, band, 1 + i, theme)),
    ...happeningSeries(timeline, happenings, theme),
    ...adoption.map((figures, i) => adoptionSeries(figures, happenings + 1 + i, theme)),
  ]
  const axis = (i: number): object => timeAxis(theme, from, to, ticks, { gridIndex: i, labels: i === last })
  const option = {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: lanes.map(({ top, height }) => ({
      left: 52,
      right: 16,
      top,
      height,
      containLabel: false,
      outerBoundsMode: 'none',
    })),
    xAxis: lanes.map((_, i) => axis(i)),
    yAxis: [
      priceAxis(timeline, theme),
      ...bands.map((band, i) => countAxis(band, theme, 1 + i)),
      happeningAxis(theme, happenings),
      ...adoption.map((figures, i) => adoptionAxis(figures, theme, happenings + 1 + i)),
    ],
    series: [...series, ...selectedLines(lanes.length, selected, theme)],
  }
  return { option, tip: (at) => tipOf(timeline, Math.floor(at / MS_PER_DAY + 0.5), theme) }
}

// ── Price and lots ────────────────────────────────────────────────────────

function priceAxis({ prices, symbol }: ProductTimeline, theme: ChartTheme): object {
  const found = extent([prices.low, prices.high])
  const domain = found ? padded(found, 0.08) : { min: 0, max: 1 }
  return valueAxis(theme, domain, found ? linearTicks(domain, 5) : [], price, {
    gridIndex: 0,
    ...laneName(theme, found ? symbol : `${symbol}: no prices`),
  })
}

const laneName = (theme: ChartTheme, name: string): object => ({
  name,
  nameLocation: 'end',
  nameGap: 5,
  nameTextStyle: {
    color: theme.ink2,
    fontFamily: theme.font,
    fontSize: 11,
    align: 'left',
    padding: [0, 0, -2, -44],
  },
})

function priceSeries({ prices, lots }: ProductTimeline, theme: ChartTheme, wide: boolean): object[] {
  const at = (day: number): number => day * MS_PER_DAY
  const line = (color: string, dashed: boolean): object => ({
    color,
    width: dashed ? 1 : 2,
    type: dashed ? [4, 3] : 'solid',
    opacity: dashed ? 0.7 : 0.9,
  })
  const lines = lots.flatMap((lot) => {
    const tone = lot.return < 0 ? theme.loss : theme.gain
    const level = (value: number, color: string): object[] =>
      Number.isFinite(value)
        ? [
            [
              { coord: [at(lot.entryDay), value], lineStyle: line(color, true), label: { show: false } },
              { coord: [at(lot.exitDay), value] },
            ],
          ]
        : []
    return [
      [
        {
          coord: [at(lot.entryDay), lot.entryPrice],
          lineStyle: line(tone, false),
          label: {
            show: wide && lots.length <= 12,
            position: 'end',
            formatter: percent(lot.return, { signed: true }),
            color: tone,
            fontFamily: theme.font,
            fontSize: 11,
          },
        },
        { coord: [at(lot.exitDay), lot.exitPrice] },
      ],
      ...level(lot.stop, theme.loss),
      ...level(lot.target, theme.gain),
    ]
  })
  const marks = lots.map((lot) => ({
    coord: [at(lot.entryDay), lot.entryPrice],
    symbol: 'triangle',
    symbolSize: 10,
    symbolRotate: lot.direction === 1 ? 0 : 180,
    symbolOffset: [0, lot.direction === 1 ? 9 : -9],
    itemStyle: {
      color: lot.direction === 1 ? theme.gain : theme.loss,
      borderColor: theme.surface,
      borderWidth: 1.2,
    },
    label: { show: false },
  }))
  return [
    {
      type: 'line',
      animation: false,
      symbol: 'none',
      emphasis: { disabled: true },
      lineStyle: { color: theme.ink2, width: 1.2 },
      itemStyle: { color: theme.ink2 },
      data: Array.from(prices.date, (day, i) => [at(day), prices.close[i]]),
      markLine: { silent: true, animation: false, symbol: 'none', data: lines },
      markPoint: { silent: true, animation: false, data: marks },
    },
  ]
}

// ── Counts ────────────────────────────────────────────────────────────────

function countAxis({ mood, count, upper }: TicketBand, theme: ChartTheme, gridIndex: number): object {
  const most = Math.max(1, extent([count, upper])?.max ?? 1)
  const domain = { min: 0, max: most * 1.12 }
  const whole = (value: number): string => number(value, { digits: 0 })
  return valueAxis(theme, domain, wholeTicks(most), whole, {
    gridIndex,
    ...laneName(theme, `${mood} tickets a day`),
  })
}

const wholeTicks = (most: number): number[] =>
  linearTicks({ min: 0, max: most }, 3).filter((tick) => Number.isInteger(tick))

function bandSeries(
  { candidates }: ProductTimeline,
  { mood, from, count, expected, upper, shifts }: TicketBand,
  gridIndex: number,
  theme: ChartTheme,
): object[] {
  const colour = mood === 'positive' ? theme.gain : theme.loss
  const direction = mood === 'positive' ? 1 : -1
  const found = candidates.filter((candidate) => candidate.direction === direction)
  const unusual = new Set(found.map(({ day }) => day))
  const place = {
    xAxisIndex: gridIndex,
    yAxisIndex: gridIndex,
    animation: false,
    emphasis: { disabled: true },
  }
  const at = (i: number): number => (from + i) * MS_PER_DAY
  const line = { ...place, type: 'line', symbol: 'none', step: 'middle' }
  return [
    {
      ...line,
      lineStyle: { width: 0 },
      areaStyle: { color: theme.accent, opacity: 0.13 },
      data: Array.from(upper, (value, i) => [at(i), value]),
    },
    {
      ...place,
      type: 'bar',
      barMaxWidth: 6,
      barMinWidth: 1,
      z: 3,
      itemStyle: { color: theme.bench },
      data: Array.from(count, (value, i) => ({
        value: [at(i), value],
        ...(unusual.has(from + i) && { itemStyle: { color: colour } }),
      })),
    },
    {
      ...line,
      lineStyle: { color: theme.ink3, width: 1, opacity: 0.7 },
      data: Array.from(expected, (value, i) => [at(i), value]),
      markLine: {
        silent: true,
        animation: false,
        symbol: 'none',
        data: shifts.map(({ day }) => ({
          xAxis: day * MS_PER_DAY,
          label: { show: false },
          lineStyle: { color: theme.ink2, width: 1, type: [2, 3] },
        })),
      },
    },
    {
      ...place,
      type: 'line',
      lineStyle: { width: 0, opacity: 0 },
      symbol: 'triangle',
      symbolRotate: direction === 1 ? 0 : 180,
      symbolSize: 8,
      symbolOffset: [0, -8],
      showSymbol: true,
      showAllSymbol: true,
      data: found.map(({ day, count: tickets, parts }) => ({
        value: [day * MS_PER_DAY, tickets],
        itemStyle: {
          color: parts.some(({ id, part }) => id !== 'base' && part > 0) ? colour : theme.surface,
          borderColor: colour,
          borderWidth: 1.4,
        },
      })),
    },
  ]
}

// ── Incidents, news, versions ─────────────────────────────────────────────

const happeningLanes = ['incidents', 'news', 'versions']

const happeningAxis = (theme: ChartTheme, gridIndex: number): object => ({
  type: 'category',
  gridIndex,
  inverse: true,
  data: happeningLanes,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { ...axisLabel(theme), interval: 0, margin: 6 },
  splitLine: { show: false },
  axisPointer: { show: false },
})

function happeningSeries(
  { incidents, news, adoption }: ProductTimeline,
  gridIndex: number,
  theme: ChartTheme,
): object[] {
  const place = {
    type: 'line',
    xAxisIndex: gridIndex,
    yAxisIndex: gridIndex,
    animation: false,
    emphasis: { disabled: true },
    lineStyle: { width: 0, opacity: 0 },
    showSymbol: true,
    showAllSymbol: true,
  }
  const ms = (minute: number): number => minute * 60_000
  const trouble = incidents.filter(({ severity }) => severity !== 'none' && severity !== 'maintenance')
  const dot = (value: number[], color: string): object => ({ value, itemStyle: { color } })
  return [
    // Of each incident a line as long as it lasted, and a mark where it began.
    {
      ...place,
      symbol: 'rect',
      symbolSize: [3, 9],
      data: trouble.map(({ started, severity }) =>
        dot([ms(started), 0], severity === 'minor' ? theme.bench : theme.warn),
      ),
      markLine: {
        silent: true,
        animation: false,
        symbol: 'none',
        data: trouble
          .filter(({ resolved }) => resolved > 0)
          .map(({ started, resolved, severity }) => [
            {
              coord: [ms(started), 0],
              label: { show: false },
              lineStyle: {
                color: severity === 'minor' ? theme.bench : theme.warn,
                width: 6,
                type: 'solid',
              },
            },
            { coord: [ms(resolved), 0] },
          ]),
      },
    },
    {
      ...place,
      symbol: 'rect',
      symbolSize: [2, 8],
      data: news.map(({ published, sentiment }) =>
        dot([ms(published), 1], sentiment > 0 ? theme.gain : sentiment < 0 ? theme.loss : theme.bench),
      ),
    },
    {
      ...place,
      symbol: 'diamond',
      symbolSize: 8,
      itemStyle: { color: theme.ink2 },
      data: adoption
        .filter(({ metric }) => isRelease(metric))
        .flatMap(({ from, value }) =>
          Array.from(value.keys())
            .filter((i) => value[i] > 0)
            .map((i) => [(from + i) * MS_PER_DAY, 2]),
        ),
    },
  ]
}

// ── Adoption ──────────────────────────────────────────────────────────────

type Adoption = ProductTimeline['adoption'][number]

function adoptionAxis({ metric, span, value }: Adoption, theme: ChartTheme, gridIndex: number): object {
  const domain = { min: 0, max: Math.max(1, extent([value])?.max ?? 1) * 1.08 }
  const short = (figure: number): string =>
    figure >= 1e6
      ? `${number(figure / 1e6, { digits: 1 })}m`
      : figure >= 1e4
        ? `${number(figure / 1e3, { digits: 0 })}k`
        : number(figure, { digits: 0 })
  return valueAxis(theme, domain, linearTicks(domain, 3), short, {
    gridIndex,
    ...laneName(theme, `${metric} ${span === 1 ? 'a day' : `in ${span} days`}`),
  })
}

function adoptionSeries(
  { from, value, gaps, holidays, span }: Adoption,
  gridIndex: number,
  theme: ChartTheme,
): object {
  const area = (day: number, color: string, opacity: number): object[] => [
    { xAxis: (day - 0.5) * MS_PER_DAY, itemStyle: { color, opacity } },
    { xAxis: (day + 0.5) * MS_PER_DAY },
  ]
  return {
    type: 'line',
    xAxisIndex: gridIndex,
    yAxisIndex: gridIndex,
    animation: false,
    emphasis: { disabled: true },
    symbol: 'none',
    connectNulls: span > 1,
    lineStyle: { color: theme.ink2, width: 1.1 },
    itemStyle: { color: theme.ink2 },
    data: Array.from(value, (figure, i) => [(from + i) * MS_PER_DAY, Number.isNaN(figure) ? null : figure]),
    markArea: {
      silent: true,
      animation: false,
      data: [
        ...gaps.map((day) => area(day, theme.warn, 0.35)),
        ...holidays.map((day) => area(day, theme.ink3, 0.14)),
      ],
    },
  }
}

// ── The day that is looked at ─────────────────────────────────────────────

function selectedLines(lanes: number, selected: number | null, theme: ChartTheme): object[] {
  if (selected === null) return []
  return Array.from({ length: lanes }, (_, i) => ({
    type: 'line',
    xAxisIndex: i,
    yAxisIndex: i,
    data: [],
    markLine: {
      silent: true,
      animation: false,
      symbol: 'none',
      data: [
        {
          xAxis: selected * MS_PER_DAY,
          label: { show: false },
          lineStyle: { color: theme.accent, width: 1.5, type: 'solid' },
        },
      ],
    },
  }))
}

function tipOf(timeline: ProductTimeline, day: number, theme: ChartTheme): Tip | null {
  const row = (name: string, value: string, colour?: string): TipRow => ({ name, values: [value], colour })
  const { prices, incidents, news, candidates } = timeline
  const session = prices.date.indexOf(day)
  const rows: TipRow[] = session >= 0 ? [row('Close', price(prices.close[session]))] : []
  for (const { mood, from, count, expected, upper } of drawnBands(timeline)) {
    const i = day - from
    if (i < 0 || i >= count.length) continue
    const usual = Number.isNaN(upper[i])
      ? ''
      : `, usual ${number(expected[i], { digits: 1 })}, at most ${number(upper[i], { digits: 0 })}`
    rows.push(
      row(
        mood,
        Number.isNaN(count[i]) ? 'missing' : number(count[i], { digits: 0 }) + usual,
        mood === 'positive' ? theme.gain : theme.loss,
      ),
    )
  }
  for (const candidate of candidates.filter((one) => one.day === day))
    rows.push(row('confidence', `${number(candidate.confidence)}${candidate.dropped ? ', dropped' : ''}`))
  for (const { started, resolved, severity, title } of incidents) {
    const end = Number.isNaN(resolved) ? started : resolved
    if (Math.floor(started / minutesPerDay) <= day && Math.floor(end / minutesPerDay) >= day)
      rows.push(row(`incident, ${severity}`, shortened(title), theme.warn))
  }
  for (const { published, headline, sentiment } of news)
    if (Math.floor(published / minutesPerDay) === day)
      rows.push(row('news', `${shortened(headline)} ${number(sentiment, { signed: true })}`.trim()))
  for (const { metric, from, value, span } of drawnAdoption(timeline)) {
    const figure = value[day - from]
    if (figure === undefined || (span > 1 && Number.isNaN(figure))) continue
    rows.push(row(metric, Number.isNaN(figure) ? 'gap' : number(figure, { digits: 0 })))
  }
  return rows.length > 0 ? { title: date(day), rows: rows.slice(0, 10) } : null
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
