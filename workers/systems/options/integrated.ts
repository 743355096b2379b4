import { structureKinds } from '../../quant/structures.ts'
import type { StructureKind } from '../../quant/structures.ts'
import { jet } from '../jet.ts'
import type { JetParams } from '../jetParams.ts'
import { tickets } from '../tickets.ts'
import type { TicketsParams } from '../ticketsParams.ts'
import type { Inputs, ParamSchema, Params, Signals } from '../system.ts'
import { cheapContractsOf } from './availability.ts'
import type { IntegratedParams } from './integratedParams.ts'

/** Weights of the rank. */
const ofConviction = 0.7
const ofAvailability = 0.3

/** Places of the two sources in the reasons of the system, behind the six signals. */
const firstReason = 6

interface Row {
  day: number
  symbol: number
  direction: number
  rank: number
  horizon: number
  stopFraction: number
  targetFraction: number
  structure: number
  reason: number
}

/**
 * Signals of Jet and Tickets by their recommended settings, ranked by 0.7 × |conviction| × confidence + 0.3 ×
 * availability of cheap contracts in the direction of the signal, and sized by that rank. Strong ones become an option
 * beside shares where a cheap one is to be had, else protected shares. What closes a position closes it here too.
 * Horizons, stops and targets are those of the system that spoke; one that has no data says nothing.
 */
export function integratedSignals(inputs: Inputs, params: IntegratedParams): Signals {
  const { panel } = inputs
  const cheap = panel.chains ? cheapContractsOf(panel.chains) : null
  const spoken = [
    jet.signals(inputs, recommended(jet.params) as JetParams),
    tickets.signals(inputs, recommended(tickets.params) as TicketsParams),
  ]
  const rows: Row[] = []
  spoken.forEach((signals, source) => {
    for (let i = 0; i < signals.day.length; i++) {
      const direction = signals.direction[i]
      const symbol = signals.symbol[i]
      const day = signals.day[i]
      const available =
        direction === 0 || cheap === null
          ? 0
          : cheap.availability(panel.symbols[symbol], panel.dates[day], direction > 0 ? 1 : -1)
      const conviction = Math.abs(signals.conviction[i]) * (signals.confidence?.[i] ?? 1)
      const rank = Math.min(1, ofConviction * conviction + ofAvailability * available)
      if (direction !== 0 && rank < params.leastRank) continue
      rows.push({
        day,
        symbol,
        direction,
        rank,
        horizon: signals.horizon[i],
        stopFraction: signals.stopFraction?.[i] ?? NaN,
        targetFraction: signals.targetFraction?.[i] ?? NaN,
        structure: direction !== 0 && rank >= params.strongRank ? strongAs(params, available) : -1,
        reason: firstReason + source,
      })
    }
  })
  rows.sort((a, b) => a.day - b.day || b.rank - a.rank || a.symbol - b.symbol || a.reason - b.reason)
  return {
    day: Int32Array.from(rows, ({ day }) => day),
    symbol: Int32Array.from(rows, ({ symbol }) => symbol),
    direction: Int8Array.from(rows, ({ direction }) => direction),
    conviction: Float64Array.from(rows, ({ rank }) => rank),
    horizon: Int32Array.from(rows, ({ horizon }) => horizon),
    stopFraction: Float64Array.from(rows, ({ stopFraction }) => stopFraction),
    targetFraction: Float64Array.from(rows, ({ targetFraction }) => targetFraction),
    structure: Int8Array.from(rows, ({ structure }) => structure),
    reason: Int32Array.from(rows, ({ reason }) => reason),
  }
}

function strongAs({ strongAs: choice }: IntegratedParams, available: number): number {
  if (choice === 'none') return -1
  const kind = choice === 'rule' ? (available > 0 ? 'option-and-shares' : 'protective-put') : choice
  return structureKinds.indexOf(kind as StructureKind)
}

function recommended<P>(schema: ParamSchema<P>): Params {
  const specs = schema as Record<string, { recommended: Params[string] }>
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.recommended]))
}
