import { eventKinds, type FlightTables } from '../../quant/flightTables.ts'
import type { Panel } from '../../quant/panel.ts'
import type { JetRows } from '../jetFeatures.ts'
import { MarketModel } from './marketModel.ts'

/** Calendar days in which an announcement counts, trading days in which a price must move. */
export const eventHorizon = 60
export const tradeHorizon = 42
/** Barriers in deviations of the whole way. */
const barrier = 2
/** As the loss of a censored label is written in `workers/quant/rows.ts`. */
export const unknown = -100

export const directionClasses = ['sell', 'hold', 'buy']
export const eventClasses = ['none', 'acquirer', 'target']

export interface JetLabels {
  /** [rows] index into the classes; −100 where the data end before the answer */
  direction: Int32Array
  event: Int32Array
  /** [rows] epoch day of the announcement in the horizon; −1 none */
  eventDay: Int32Array
  /** [rows] deepest fall of the abnormal price on the way, a fraction ≥ 0; NaN unknown */
  adverse: Float32Array
  /** [rows] epoch day on which all of them are settled */
  resolved: Int32Array
  /** [rows] abnormal return up to the announcement or the horizon; NaN unknown */
  abnormal: Float32Array
}

/**
 * What came of each row, told of the visited company on a visit, of the company itself on a week.
 *
 * Event: the first announcement in (t, t + 60 calendar days]. Direction: the first of two barriers, ± 2σ√h, that the
 * cumulative abnormal return touches, h trading days being those to the announcement or 42; touching neither is
 * “hold”. σ is that of the abnormal returns of the 250 days that end 65 trading days before (market model, MacKinlay
 * 1997), so that a drift before the news does not hide in it.
 *
 * @param benchmark index of the market in the panel; −1 = the mean of all symbols stands for it
 */
export function jetLabels(rows: JetRows, tables: FlightTables, panel: Panel, benchmark: number): JetLabels {
  const { dates } = panel
  const end = dates.at(-1) ?? 0
  const symbolOf = symbolsInPanel(tables, panel)
  const model = new MarketModel(panel, benchmark)
  const announcements = announcementsOf(tables)
  const labels: JetLabels = {
    direction: new Int32Array(rows.rows).fill(unknown),
    event: new Int32Array(rows.rows).fill(unknown),
    eventDay: new Int32Array(rows.rows).fill(-1),
    adverse: new Float32Array(rows.rows).fill(NaN),
    resolved: new Int32Array(rows.rows),
    abnormal: new Float32Array(rows.rows).fill(NaN),
  }
  for (let row = 0; row < rows.rows; row++) {
    const company = rows.visited[row] >= 0 ? rows.visited[row] : rows.company[row]
    const day = rows.day[row]
    const today = dates[day]
    const next = announcements[company].find((each) => each.day > today && each.day <= today + eventHorizon)
    const censored = today + eventHorizon > end
    if (next) labels.eventDay[row] = next.day
    if (!censored) labels.event[row] = next ? (next.target ? 2 : 1) : 0
    const last = Math.min(day + tradeHorizon, dates.length - 1)
    labels.resolved[row] = Math.max(today + eventHorizon, dates[last])
    if (day + tradeHorizon >= dates.length || symbolOf[company] < 0) continue
    let until = last
    if (next) while (until > day && dates[until - 1] >= next.day) until--
    const path = model.path(symbolOf[company], day, until)
    if (!path) continue
    const limit = barrier * path.deviation * Math.sqrt(until - day)
    const touched = path.cumulative.find((value) => Math.abs(value) >= limit)
    labels.direction[row] = touched === undefined ? 1 : touched > 0 ? 2 : 0
    labels.adverse[row] = Math.max(0, -Math.min(...path.cumulative))
    labels.abnormal[row] = path.cumulative[path.cumulative.length - 1]
  }
  return labels
}

/** [companies] index of the symbol in the panel; −1 = not traded there */
export function symbolsInPanel({ companies }: FlightTables, { symbols }: Panel): Int32Array {
  const at = new Map(symbols.map((symbol, i) => [symbol, i]))
  return Int32Array.from(companies.symbol, (symbol) => at.get(symbol) ?? -1)
}

/** [companies] deals announced, by day */
function announcementsOf({ companies, events }: FlightTables): { day: number; target: boolean }[][] {
  const all: { day: number; target: boolean }[][] = companies.symbol.map(() => [])
  events.day.forEach((day, i) => {
    const kind = eventKinds[events.kind[i]]
    if (kind !== 'target' && kind !== 'merger' && kind !== 'acquirer') return
    all[events.company[i]].push({ day, target: kind !== 'acquirer' })
  })
  return all
}
