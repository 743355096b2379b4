/**
 * Anyone's signals, from the rows of a file. A row belongs to the last trading day on or before its date, and
 * is traded at the next open like every other signal. Rows of one day keep the order of the file.
 */
import type { Panel } from '../quant/panel.ts'
import { customClaims, customName, customParams, customReasons } from './customParams.ts'
import type { CustomParams } from './customParams.ts'
import { riskRules } from './riskParams.ts'
import type { Inputs, RiskRules, SignalRows, Signals, System } from './system.ts'

/** Rows of the file that cannot become signals on this panel, by reason. */
export interface LeftOut {
  /** Names the prices do not know, with their number of rows, most rows first. */
  unknownSymbols: { symbol: string; rows: number }[]
  /** Rows of a symbol that is not traded, such as the benchmark. */
  notTradable: number
  /** Dated before the first trading day. */
  beforeFirstDay: number
  /** Direction other than −1, 0 and 1, or an entry without a conviction. */
  unusable: number
}

interface Resolved {
  /** [rows kept] ordered by day */
  row: Int32Array
  day: Int32Array
  symbol: Int32Array
  leftOut: LeftOut
}

function normalised(name: string): string {
  return name.trim().toUpperCase()
}

/** Index of the last trading day on or before the epoch day; −1 before the first. */
function tradingDayOf(dates: Int32Array, epochDay: number): number {
  let low = 0
  let high = dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (dates[middle] <= epochDay) low = middle + 1
    else high = middle
  }
  return low - 1
}

function usable(rows: SignalRows, row: number): boolean {
  const direction = rows.direction[row]
  return direction === 0 || (Math.abs(direction) === 1 && !Number.isNaN(rows.conviction[row]))
}

function resolve(rows: SignalRows, panel: Panel, tradable: Uint8Array): Resolved {
  const indexOf = new Map(panel.symbols.map((name, index) => [normalised(name), index]))
  const unknown = new Map<string, number>()
  const leftOut: LeftOut = { unknownSymbols: [], notTradable: 0, beforeFirstDay: 0, unusable: 0 }
  const kept: { row: number; day: number; symbol: number }[] = []
  for (let row = 0; row < rows.date.length; row++) {
    const name = normalised(rows.symbol[row])
    const symbol = indexOf.get(name)
    if (symbol === undefined) {
      unknown.set(name, (unknown.get(name) ?? 0) + 1)
      continue
    }
    const day = tradingDayOf(panel.dates, rows.date[row])
    if (!tradable[symbol]) leftOut.notTradable++
    else if (day < 0) leftOut.beforeFirstDay++
    else if (!usable(rows, row)) leftOut.unusable++
    else kept.push({ row, day, symbol })
  }
  leftOut.unknownSymbols = Array.from(unknown, ([symbol, count]) => ({ symbol, rows: count })).sort(
    (a, b) => b.rows - a.rows,
  )
  kept.sort((a, b) => a.day - b.day)
  return {
    row: Int32Array.from(kept, (entry) => entry.row),
    day: Int32Array.from(kept, (entry) => entry.day),
    symbol: Int32Array.from(kept, (entry) => entry.symbol),
    leftOut,
  }
}

const resolutions = new WeakMap<SignalRows, { panel: Panel; tradable: string; resolved: Resolved }>()

/** Rows do not move while a slider does: the newest resolution of a file is kept. */
function resolved(rows: SignalRows, { panel, tradable }: Inputs): Resolved {
  const traded = tradable.join('')
  const kept = resolutions.get(rows)
  if (kept?.panel === panel && kept.tradable === traded) return kept.resolved
  const fresh = resolve(rows, panel, tradable)
  resolutions.set(rows, { panel, tradable: traded, resolved: fresh })
  return fresh
}

/** What of the file is left out on these prices, to be shown beside the report. */
export function leftOutSignals(inputs: Inputs): LeftOut {
  if (inputs.signals) return resolved(inputs.signals, inputs).leftOut
  return { unknownSymbols: [], notTradable: 0, beforeFirstDay: 0, unusable: 0 }
}

const nothing: Signals = {
  day: new Int32Array(0),
  symbol: new Int32Array(0),
  direction: new Int8Array(0),
  conviction: new Float64Array(0),
  horizon: new Int32Array(0),
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/**
 * Convictions are clipped to 0–1 and horizons to at least 0. Sizes that are not positive fall back to the
 * rules. Stops and targets are levels as quoted on the day, so they are brought to the adjusted prices of the
 * panel.
 */
function signals(inputs: Inputs, params: CustomParams): Signals {
  const rows = inputs.signals
  if (!rows) return nothing
  const { panel } = inputs
  const all = resolved(rows, inputs)
  const chosen = Array.from(all.row.keys()).filter(
    (i) =>
      rows.direction[all.row[i]] === 0 || clamp01(rows.conviction[all.row[i]]) >= params.minimumConviction,
  )
  const level = (column: Float64Array) =>
    Float64Array.from(chosen, (i) => {
      const factor = panel.rawFactor?.[all.symbol[i] * panel.dates.length + all.day[i]] ?? 1
      const value = column[all.row[i]] / (factor > 0 ? factor : 1)
      return value > 0 ? value : NaN
    })
  return {
    day: Int32Array.from(chosen, (i) => all.day[i]),
    symbol: Int32Array.from(chosen, (i) => all.symbol[i]),
    direction: Int8Array.from(chosen, (i) => rows.direction[all.row[i]]),
    conviction: Float64Array.from(chosen, (i) => {
      const conviction = rows.conviction[all.row[i]]
      return Number.isNaN(conviction) ? 1 : clamp01(conviction)
    }),
    horizon: Int32Array.from(chosen, (i) => Math.max(0, rows.horizon[all.row[i]])),
    stop: level(rows.stop),
    target: level(rows.target),
    size: Float64Array.from(chosen, (i) => (rows.size[all.row[i]] > 0 ? rows.size[all.row[i]] : NaN)),
    reason: new Int32Array(chosen.length),
  }
}

function sizing(params: CustomParams): RiskRules['sizing'] {
  switch (params.sizing) {
    case 'equal':
      return { kind: 'equal', fraction: params.equalFraction }
    case 'risk':
      return { kind: 'risk', budget: params.riskBudget }
    case 'volatility':
      return { kind: 'volatility', target: params.volatilityTarget, days: params.volatilityDays }
    default:
      return { kind: 'conviction', scale: params.sizeAtFullConviction, max: params.maxPosition }
  }
}

function rules(params: CustomParams): RiskRules {
  return { ...riskRules(params), sizing: sizing(params) }
}

export const custom: System<CustomParams> = {
  id: 'custom',
  name: customName,
  params: customParams,
  tables: ['prices', 'signals'],
  onlyRules: Object.keys(customParams).filter((name) => name !== 'minimumConviction'),
  reasons: customReasons,
  claims: customClaims,
  signals,
  rules,
}
