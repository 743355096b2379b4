import { onlyRiskRules, riskRules } from './riskParams.ts'
import type { Inputs, RiskRules, Signals, System } from './system.ts'
import { partIds, type Candidate } from './tickets/candidates.ts'
import { decide } from './tickets/decisions.ts'
import { ticketWorkOf } from './tickets/ticketWork.ts'
import { ticketsClaims, ticketsName, ticketsParams, ticketsReasons } from './ticketsParams.ts'
import type { TicketsParams } from './ticketsParams.ts'

export { detectAnomalies } from './tickets/detectAnomalies.ts'

/**
 * Unusual days of tickets that independent sources agree with: complaints sell the company, uptake buys it, at the
 * first close at which the day is known. Without tickets there are no signals.
 */
function signals({ panel, tradable, demand }: Inputs, params: TicketsParams): Signals {
  if (!demand) return columns([], params)
  const candidates = ticketWorkOf(demand, panel.dates).candidates(params)
  const chosen = decide(candidates, demand, panel, tradable, params)
    .filter(({ dropped }) => dropped === null)
    // Orders of one day are served in the order given: the surest first.
    .sort(
      ({ candidate: a, symbol: s }, { candidate: b, symbol: t }) =>
        a.session - b.session || b.confidence - a.confidence || b.strength - a.strength || s - t,
    )
  return columns(chosen, params)
}

function columns(
  chosen: readonly { candidate: Candidate; symbol: number }[],
  params: TicketsParams,
): Signals {
  const of = (value: (candidate: Candidate) => number) => chosen.map(({ candidate }) => value(candidate))
  const long = (candidate: Candidate) => candidate.direction > 0
  return {
    day: Int32Array.from(of(({ session }) => session)),
    symbol: Int32Array.from(chosen, ({ symbol }) => symbol),
    direction: Int8Array.from(of(({ direction }) => direction)),
    conviction: Float64Array.from(of(({ confidence }) => Math.min(1, confidence))),
    horizon: Int32Array.from(of(({ horizon }) => horizon)),
    stopFraction: Float64Array.from(of((each) => (long(each) ? params.stopLong : params.stopShort))),
    targetFraction: Float64Array.from(of((each) => (long(each) ? params.targetLong : params.targetShort))),
    reason: Int32Array.from(of(reasonOf)),
  }
}

/** Index into `ticketsReasons`: which source agreed. */
export function reasonOf({ parts, direction }: Candidate): number {
  const agreeing = partIds.filter((id, i) => id !== 'base' && parts[i] > 0)
  const alone = ticketsReasons.length - 1
  if (agreeing.length === 0) return alone
  if (direction < 0) return agreeing.length > 1 ? 3 : ['incident', 'news', 'sentiment'].indexOf(agreeing[0])
  return 4 + (agreeing.length > 1 ? 4 : ['downloads', 'commits', 'release', 'news'].indexOf(agreeing[0]))
}

function rules(params: TicketsParams): RiskRules {
  const { stopLong, stopShort, targetLong, targetShort } = params
  return {
    ...riskRules({
      ...params,
      // For what has no distance of its own; every signal has.
      stop: Math.max(stopLong, stopShort),
      target: Math.max(targetLong, targetShort),
      maxBars: 0,
    }),
    sizing: { kind: 'risk', budget: params.budget },
  }
}

export const tickets: System<TicketsParams> = {
  id: 'tickets',
  name: ticketsName,
  params: ticketsParams,
  tables: ['prices', 'tickets', 'adoption', 'incidents', 'news'],
  onlyRules: [...onlyRiskRules.filter((name) => name in ticketsParams), 'budget'],
  reasons: ticketsReasons,
  claims: ticketsClaims,
  signals,
  rules,
}
