/**
 * Six technical signals on daily bars, traded in shares. Each is decided at the close of a day from the bars
 * up to that day. A buying signal gives direction +1; a selling one closes what is held (direction 0), or
 * sells short (−1) where that is allowed.
 *
 * Several signals of one symbol on one day: the side with the strongest single conviction decides, the
 * selling side on a tie, and the other side is silent. Every signal of the deciding side gives a row, strongest
 * first, so that the simulator fills the strongest and, where lots may overlap, the others too.
 */
import { indicatorsOf } from './indicatorCache.ts'
import type { IndicatorCache } from './indicatorCache.ts'
import { optionsClaims, optionsName, optionsParams, optionsReasons } from './optionsParams.ts'
import type { OptionsParams } from './optionsParams.ts'
import { riskRules } from './riskParams.ts'
import { technicalSignals } from './optionsSignals.ts'
import type { TechnicalSignal } from './optionsSignals.ts'
import { FoundSignals } from './foundSignals.ts'
import type { Inputs, RiskRules, Signals, System } from './system.ts'

/** The bars on which a signal speaks: day in the panel, and conviction, negative where it sells. */
type Calls = [day: Int32Array, conviction: Float64Array]

function callsOf(
  signal: TechnicalSignal,
  symbol: number,
  cache: IndicatorCache,
  params: OptionsParams,
  scratch: Float64Array,
): Calls {
  const { day } = cache.tradedBars(symbol)
  const conviction = scratch.subarray(0, day.length).fill(0)
  signal.fill(conviction, cache, symbol, params)
  let count = 0
  for (let i = 0; i < conviction.length; i++) if (conviction[i] !== 0) count++
  const calls: Calls = [new Int32Array(count), new Float64Array(count)]
  let at = 0
  for (let i = 0; i < day.length; i++) {
    if (conviction[i] === 0) continue
    calls[0][at] = day[i]
    calls[1][at++] = conviction[i]
  }
  return calls
}

function signals(inputs: Inputs, params: OptionsParams): Signals {
  const { panel, tradable } = inputs
  const days = panel.dates.length
  const cache = indicatorsOf(panel)
  const active = technicalSignals
    .map((signal, reason) => ({
      signal,
      reason,
      key: `${signal.on} ${signal.reads.map((name) => params[name]).join(' ')}`,
    }))
    .filter(({ signal }) => params[signal.on])
  const found = new FoundSignals()
  // Strongest convictions of either side on each day, of one symbol at a time.
  const buy = new Float64Array(days)
  const sell = new Float64Array(days)
  const scratch = new Float64Array(days)
  for (let symbol = 0; symbol < panel.symbols.length; symbol++) {
    if (!tradable[symbol]) continue
    const calls = active.map(({ signal, key }) =>
      cache.cached(key, symbol, () => callsOf(signal, symbol, cache, params, scratch)),
    )
    for (const [day, conviction] of calls) strongest(day, conviction, buy, sell)
    for (let k = 0; k < calls.length; k++) {
      const [day, conviction] = calls[k]
      addDeciding(found, symbol, active[k].reason, params.allowShort, day, conviction, buy, sell)
    }
    for (const [day] of calls) {
      for (let i = 0; i < day.length; i++) buy[day[i]] = sell[day[i]] = 0
    }
  }
  return found.inOrder(days)
}

function strongest(day: Int32Array, conviction: Float64Array, buy: Float64Array, sell: Float64Array): void {
  for (let i = 0; i < day.length; i++) {
    const d = day[i]
    if (conviction[i] > buy[d]) buy[d] = conviction[i]
    if (-conviction[i] > sell[d]) sell[d] = -conviction[i]
  }
}

function addDeciding(
  found: FoundSignals,
  symbol: number,
  reason: number,
  allowShort: boolean,
  day: Int32Array,
  conviction: Float64Array,
  buy: Float64Array,
  sell: Float64Array,
): void {
  for (let i = 0; i < day.length; i++) {
    const d = day[i]
    const buys = buy[d] > sell[d]
    if (conviction[i] > 0 === buys) {
      found.add(d, symbol, buys ? 1 : allowShort ? -1 : 0, Math.abs(conviction[i]), reason)
    }
  }
}

function rules(params: OptionsParams): RiskRules {
  return {
    ...riskRules(params),
    sizing: { kind: 'conviction', scale: params.sizeAtFullConviction, max: params.maxPosition },
  }
}

export const options: System<OptionsParams> = {
  id: 'options',
  name: optionsName,
  params: optionsParams,
  tables: ['prices'],
  reasons: optionsReasons,
  claims: optionsClaims,
  signals,
  rules,
}
