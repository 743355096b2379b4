import type { Panel } from '../quant/panel.ts'
import type { CandidateScores, JetCandidates } from './jet/candidates.ts'
import { chosenByCoverage } from './jet/coverage.ts'
import { jetClaims, jetName, jetParams, jetReason, jetReasons } from './jetParams.ts'
import type { JetParams } from './jetParams.ts'
import { onlyRiskRules, riskRules } from './riskParams.ts'
import type { Inputs, RiskRules, Signals, System } from './system.ts'

/** Days over which the usual move of 20 days is measured, and how many of them must have traded. */
const moveDays = 20
const leastMoves = 10

interface Row {
  day: number
  symbol: number
  direction: 1 | -1 | 0
  conviction: number
  confidence: number
  size: number
  stop: number
  target: number
  horizon: number
  reason: number
}

/**
 * Visits that a model finds convincing: the visited company long, optionally the visitor short, until the takeover is
 * announced, the time is over or the stop is reached. Without scores of the model there are no signals.
 */
function signals({ panel, tradable, jet }: Inputs, params: JetParams): Signals {
  const scores = jet?.candidates.models.find(({ kind }) => kind === params.model)
  if (!jet || !scores) return columns([])
  const { candidates } = jet
  const chosen = chosenRows(candidates, scores, panel, params)
  const rows: Row[] = []
  const bought = new Map<number, number>()
  for (let row = 0; row < candidates.day.length; row++) {
    const symbol = candidates.visited[row]
    if (!chosen[row] || symbol < 0 || !tradable[symbol]) continue
    const entry = entryOf(candidates, scores, row, panel, params)
    if (!entry) continue
    rows.push(entry)
    bought.set(symbol, Math.min(entry.day, bought.get(symbol) ?? Infinity))
    const visitor = candidates.visitor[row]
    if (params.shortVisitor && params.allowShort && visitor >= 0 && tradable[visitor])
      rows.push({ ...entry, symbol: visitor, direction: -1, reason: jetReason.visitor })
  }
  if (params.exitOnDeal) rows.push(...exits(candidates.deals, bought))
  // Orders of one day are served in the order given: the surest first.
  return columns(rows.sort((a, b) => a.day - b.day || b.conviction - a.conviction || a.symbol - b.symbol))
}

/** [rows] 1 where a candidate becomes a signal */
export function chosenRows(
  candidates: JetCandidates,
  { conviction, event, confidence, risk, fresh }: CandidateScores,
  { dates }: Panel,
  { choose, rankBy, signalsPerYear, leastConviction, leastConfidence, mostRisk }: JetParams,
): Uint8Array {
  const { day, announced } = candidates
  // A company whose takeover is announced is no candidate, and none to be ranked against either.
  const open = (values: Float64Array) => values.map((value, row) => (announced[row] ? NaN : value))
  if (choose === 'coverage')
    return chosenByCoverage(
      day.map((index) => dates[index]),
      open(rankBy === 'event' ? event : conviction),
      signalsPerYear,
      dates[fresh] ?? Infinity,
    )
  // A model that foretells no risk is not held to it.
  return Uint8Array.from(open(conviction), (value, row) =>
    Number(value >= leastConviction && confidence[row] >= leastConfidence && !(risk[row] > mostRisk)),
  )
}

function entryOf(
  { day, visited, visits }: JetCandidates,
  scores: CandidateScores,
  row: number,
  panel: Panel,
  params: JetParams,
): Row | null {
  const conviction = Math.min(1, Math.max(0, scores.conviction[row]))
  const risk = Number.isNaN(scores.risk[row]) ? 0.5 : scores.risk[row]
  const symbol = visited[row]
  const move = params.stopBy === 'volatility' ? usualMove(panel, symbol, day[row]) : NaN
  // Without a history there is no saying what a usual move is, and no stop to be had.
  if (params.stopBy === 'volatility' && Number.isNaN(move)) return null
  const byConviction = params.fullSize * conviction * scores.confidence[row] * (1 - risk)
  return {
    day: day[row],
    symbol,
    direction: 1,
    conviction,
    confidence: scores.confidence[row],
    size: params.sizeBy === 'equal' ? params.fullSize : Math.max(params.leastSize, byConviction),
    stop: params.stopBy === 'fixed' ? params.stop * (1 + risk) : Math.min(0.95, params.stopDeviations * move),
    target: params.targetByConviction > 0 ? params.targetByConviction * conviction : NaN,
    horizon: params.horizon,
    reason: [jetReason.first, jetReason.second][visits[row] - 1] ?? jetReason.more,
  }
}

/** Closes what was bought for a takeover that has been announced. */
function exits({ day, symbol }: JetCandidates['deals'], bought: ReadonlyMap<number, number>): Row[] {
  const rows: Row[] = []
  day.forEach((at, i) => {
    if (!((bought.get(symbol[i]) ?? Infinity) < at)) return
    rows.push({
      day: at,
      symbol: symbol[i],
      direction: 0,
      conviction: 1,
      confidence: 1,
      size: NaN,
      stop: NaN,
      target: NaN,
      horizon: 0,
      reason: jetReason.deal,
    })
  })
  return rows
}

/** Standard deviation of the return of 20 days: that of a day over the last 20, times √20; NaN while unknown. */
export function usualMove({ close, dates }: Panel, symbol: number, day: number): number {
  let n = 0
  let sum = 0
  let squares = 0
  for (let back = 0; back < moveDays && day - back > 0; back++) {
    const at = symbol * dates.length + day - back
    const change = close[at] / close[at - 1] - 1
    if (Number.isNaN(change)) continue
    n++
    sum += change
    squares += change * change
  }
  if (n < leastMoves) return NaN
  return Math.sqrt((Math.max(0, squares - (sum * sum) / n) / (n - 1)) * moveDays)
}

function columns(rows: readonly Row[]): Signals {
  return {
    day: Int32Array.from(rows, ({ day }) => day),
    symbol: Int32Array.from(rows, ({ symbol }) => symbol),
    direction: Int8Array.from(rows, ({ direction }) => direction),
    conviction: Float64Array.from(rows, ({ conviction }) => conviction),
    confidence: Float64Array.from(rows, ({ confidence }) => confidence),
    horizon: Int32Array.from(rows, ({ horizon }) => horizon),
    size: Float64Array.from(rows, ({ size }) => size),
    stopFraction: Float64Array.from(rows, ({ stop }) => stop),
    targetFraction: Float64Array.from(rows, ({ target }) => target),
    reason: Int32Array.from(rows, ({ reason }) => reason),
  }
}

function rules(params: JetParams): RiskRules {
  const { stop, ...common } = riskRules(params)
  return {
    ...common,
    // Each signal brings its own distance.
    ...(params.stopBy === 'fixed' && stop !== undefined ? { stop } : {}),
    ...(params.targetByConviction > 0 && common.target === undefined
      ? { target: params.targetByConviction }
      : {}),
    sizing: { kind: 'conviction', scale: params.fullSize, max: params.maxPosition },
  }
}

export const jet: System<JetParams> = {
  id: 'jet',
  name: jetName,
  params: jetParams,
  tables: ['prices', 'companies', 'airports', 'aircraft', 'flights', 'events'],
  onlyRules: onlyRiskRules.filter((name) => name !== 'stop'),
  reasons: jetReasons,
  claims: jetClaims,
  signals,
  rules,
}
