/**
 * Six technical signals on daily bars, traded in shares or options. Each is decided at the close of a day from the
 * bars up to that day. A buying signal gives direction +1; a selling one closes what is held (direction 0), or sells
 * short (−1) where that is allowed.
 *
 * Several signals of one symbol on one day: the side with the strongest single conviction decides, the
 * selling side on a tie, and the other side is silent. Every signal of the deciding side gives a row, strongest
 * first, so that the simulator fills the strongest and, where lots may overlap, the others too.
 *
 * In its integrated mode the signals are those of Jet and Tickets; see `options/integrated.ts`.
 */
import type { CallList } from './calls.ts'
import { DecidedSignals } from './decidedSignals.ts'
import { indicatorsOf } from './indicatorCache.ts'
import { inTechnology } from './options/technology.ts'
import { expressionOf, expressionParams } from './options/expressionParams.ts'
import { integratedSignals } from './options/integrated.ts'
import { optionsClaims, optionsName, optionsParams, optionsReasons } from './optionsParams.ts'
import type { OptionsParams } from './optionsParams.ts'
import { onlyRiskRules, riskRules } from './riskParams.ts'
import { technicalSignals } from './optionsSignals.ts'
import type { TechnicalSignal } from './optionsSignals.ts'
import type { Inputs, RiskRules, Signals, System } from './system.ts'

const decided = new DecidedSignals()

function signals(given: Inputs, params: OptionsParams): Signals {
  const inputs = params.universe === 'technology' ? inTechnology(given) : given
  if (params.signalSource === 'integrated') return integratedSignals(inputs, params)
  const { panel, tradable } = inputs
  const cache = indicatorsOf(panel)
  const lists: CallList[] = []
  const reasons: number[] = []
  for (let reason = 0; reason < technicalSignals.length; reason++) {
    const signal = technicalSignals[reason]
    if (!params[signal.on]) continue
    lists.push(cache.callsOf(keyOf(signal, params), (calls) => signal.find(calls, cache, params)))
    reasons.push(reason)
  }
  return decided.join(lists, reasons, tradable, params.allowShort)
}

function keyOf({ on, reads }: TechnicalSignal, params: OptionsParams): string {
  let key: string = on
  for (const name of reads) key += ` ${params[name]}`
  return key
}

function rules(params: OptionsParams): RiskRules {
  const common = riskRules(params)
  const inOptions = params.expression !== 'shares' || params.signalSource === 'integrated'
  return {
    ...common,
    sizing: { kind: 'conviction', scale: params.sizeAtFullConviction, max: params.maxPosition },
    ...(inOptions && {
      maxBars: earliest(common.maxBars, params.optionBars),
      expression: expressionOf(params),
    }),
  }
}

/** The shorter of two limits; 0 and absent = none. */
function earliest(bars: number | undefined, others: number): number | undefined {
  if (!(others > 0)) return bars
  return bars === undefined ? others : Math.min(bars, others)
}

export const options: System<OptionsParams> = {
  id: 'options',
  name: optionsName,
  params: optionsParams,
  tables: ['prices'],
  onlyRules: [...onlyRiskRules, 'sizeAtFullConviction', ...Object.keys(expressionParams)],
  reasons: optionsReasons,
  claims: optionsClaims,
  signals,
  rules,
}
