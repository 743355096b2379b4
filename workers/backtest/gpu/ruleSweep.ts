import type { Panel } from '../../quant/panel.ts'
import type { Params, ParamValue } from '../../systems/system.ts'
import type { RunRequest } from '../api.ts'
import { scopeOf } from '../range.ts'
import type { RunScope } from '../range.ts'
import type { Axis } from '../sweep/contract.ts'

/** The rules that have a kernel, by the switch that turns them on. */
export const rules = ['averages', 'rsi', 'bollinger'] as const
export type Rule = (typeof rules)[number]
const switches = ['averagesOn', 'rsiOn', 'bollingerOn', 'volumeOn', 'macdOn', 'momentumOn'] as const

/** A sweep that the kernel can compute. */
export interface RuleSweep {
  rule: Rule
  /** The one that is traded. */
  symbol: number
  scope: RunScope
  params: Params
  axes: Axis[]
}

/** What the kernel does not know; it must be off (false or 0) in every combination. */
const unknown: Record<string, string> = {
  allowShort: 'short selling',
  overlap: 'several lots per symbol',
  trailingStop: 'trailing stops',
  breakerDailyLoss: 'a daily-loss breaker',
  breakerDrawdown: 'a drawdown breaker',
}

/** Values that a parameter takes over the sweep. */
export function valuesOf({ params, axes }: Pick<RuleSweep, 'params' | 'axes'>, param: string): ParamValue[] {
  return axes.find((axis) => axis.param === param)?.values ?? [params[param]]
}

/**
 * The sweep as the kernel can compute it, or the sentence that says why it cannot: it knows one symbol with a bar
 * on every day, one rule, and long positions with stop, target, time exit and costs.
 */
export function ruleSweepOf(panel: Panel, request: RunRequest, axes: Axis[]): RuleSweep | string {
  const { params } = request
  if (request.system !== 'options')
    return 'The GPU kernel knows moving averages, RSI and Bollinger bands, which only the options system has.'
  const scope = scopeOf(panel, request)
  if (typeof scope === 'string') return scope
  const symbols = scope.tradable.reduce((sum, one) => sum + one, 0)
  if (symbols !== 1) return `The GPU kernel trades one symbol, and there are ${symbols}.`
  const inShares = [
    ...axes.flatMap(({ param, values }) => (param === 'expression' ? values : [])),
    params.expression,
  ]
  if (params.signalSource !== 'technical' || inShares.some((kind) => kind !== 'shares'))
    return 'The GPU kernel trades shares on technical signals.'
  const swept = axes.find(({ param }) => switches.some((name) => name === param))
  if (swept !== undefined) return 'The GPU kernel cannot switch signals on and off within a sweep.'
  const on = switches.filter((name) => params[name] === true)
  const rule = rules.find((name) => on[0] === `${name}On`)
  if (on.length !== 1 || rule === undefined)
    return 'The GPU kernel needs exactly one signal: moving averages, RSI or Bollinger bands.'
  const sweep = { rule, symbol: scope.tradable.indexOf(1), scope, params, axes }
  for (const [param, words] of Object.entries(unknown)) {
    if (valuesOf(sweep, param).some(Boolean)) return `The GPU kernel does not know ${words}.`
  }
  if (!barsAreWhole(panel, sweep))
    return `The GPU kernel needs a whole bar of ${panel.symbols[sweep.symbol]} on every day.`
  if (trimsMayHappen(panel, sweep)) return 'The GPU kernel does not trim positions, which could happen here.'
  return sweep
}

function barsAreWhole({ dates, open, high, low, close }: Panel, { symbol, scope }: RuleSweep): boolean {
  const start = symbol * dates.length
  for (let at = start + scope.range.first; at <= start + scope.range.last; at++) {
    for (const prices of [open, high, low, close])
      if (!(prices[at] > 0 && prices[at] < Infinity)) return false
  }
  return true
}

/**
 * Whether a position can grow beyond the level at which it is trimmed. One that is bought for the share w of
 * equity and sold once it has gained g is at most w(1 + g) ÷ (1 + wg − cost) of it.
 */
function trimsMayHappen(panel: Panel, sweep: RuleSweep): boolean {
  const most = (param: string) => Math.max(...valuesOf(sweep, param).map(Number))
  const least = (param: string) => Math.min(...valuesOf(sweep, param).map(Number))
  const levels = valuesOf(sweep, 'trimAbove')
    .map(Number)
    .filter((level) => level > 0)
  if (levels.length === 0) return false
  if (least('target') === 0 || closesAboveItsHigh(panel, sweep)) return true
  const share = Math.min(most('sizeAtFullConviction'), most('maxPosition'), most('gross'))
  const gain = most('target')
  const cost = (share * most('commissionBps')) / 10_000
  return (share * (1 + gain)) / (1 + share * gain - cost) >= 0.9999 * Math.min(...levels)
}

/** A faulty bar, in which a target is passed at the close without having been reached. */
function closesAboveItsHigh({ dates, high, close }: Panel, { symbol, scope }: RuleSweep): boolean {
  const start = symbol * dates.length
  for (let at = start + scope.range.first; at <= start + scope.range.last; at++) {
    if (close[at] > high[at] * 1.00001) return true
  }
  return false
}
