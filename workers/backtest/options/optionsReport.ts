import { structureKinds } from '../../quant/structures.ts'
import type { StructureKind } from '../../quant/structures.ts'
import type { FinishedRun } from '../engine.ts'
import { dailyParts, noParts } from '../structures/attribution.ts'
import type { Lot } from '../structures/lot.ts'
import { marketOf } from '../structures/openStructures.ts'
import type { OptionMarket } from '../structures/optionMarket.ts'
import type { MarkFrom, OptionsReport, ProfitParts } from './contract.ts'

const partNames = ['spot', 'time', 'volatility', 'rate', 'spread', 'fees', 'rest'] as const
const daysOfYear = 365

/** What a run in options made its money with, what it was exposed to, and where its prices are from. */
export function optionsReport(run: FinishedRun): OptionsReport {
  const { report, scope, structures = [] } = run
  const days = report.dates.length
  const column = () => new Float64Array(days)
  const cumulated = Object.fromEntries(
    partNames.map((name) => [name, column()]),
  ) as OptionsReport['cumulated']
  const greeks = { delta: column(), gamma: column(), vega: column(), theta: column(), margin: column() }
  const fills: Record<MarkFrom, number> = { quoted: 0, surface: 0, model: 0 }
  const marks: Record<MarkFrom, number> = { quoted: 0, surface: 0, model: 0 }
  const byKind = new Map<StructureKind, { trades: number; parts: ProfitParts }>()
  const total: ProfitParts = { ...noParts(), profit: 0 }
  let earlyAssignmentDays = 0
  const market = marketOf(run)
  for (const lot of structures) {
    const first = scope.range.first
    const daily = dailyParts(lot, market!)
    const kind = byKind.get(lot.kind) ?? { trades: 0, parts: { ...noParts(), profit: 0 } }
    byKind.set(lot.kind, kind)
    kind.trades++
    daily.forEach((parts, k) => {
      // The last mark can be older than the exit, where the symbol did not trade any more.
      const day = (k === daily.length - 1 ? lot.exitDay : lot.days[k]) - first
      for (const name of partNames) {
        cumulated[name][day] += parts[name]
        total[name] += parts[name]
        kind.parts[name] += parts[name]
      }
    })
    total.profit += lot.profit
    kind.parts.profit += lot.profit
    addGreeks(greeks, lot, market!, first)
    for (const from of ['quoted', 'surface', 'model'] as const) marks[from] += lot[from]
    for (const at of [lot.history[0], lot.history[lot.history.length - 1]])
      lot.legs.forEach(({ right }, i) => {
        if (right !== 0) fills[at[i].from]++
      })
    earlyAssignmentDays += lot.assignable
  }
  for (const series of Object.values(cumulated))
    for (let day = 1; day < days; day++) series[day] += series[day - 1]
  const { counters } = report
  return {
    hash: report.hash,
    inOptions: market !== null,
    parts: total,
    byKind: structureKinds.flatMap((kind) => {
      const found = byKind.get(kind)
      return found ? [{ kind, trades: found.trades, ...found.parts }] : []
    }),
    marks,
    fills,
    ...greeks,
    cumulated,
    dropped: {
      noContract: counters.noContract ?? 0,
      tooWide: counters.tooWide ?? 0,
      belowMinimum: counters.belowMinimum,
      noRoom: counters.noRoom,
    },
    exits: exitsOf(run),
    earlyAssignmentDays,
  }
}

type DailyGreeks = Pick<OptionsReport, 'delta' | 'gamma' | 'vega' | 'theta' | 'margin'>

/** Dollars over every close at which the lot is held. */
function addGreeks(into: DailyGreeks, lot: Lot, market: OptionMarket, first: number): void {
  const { legs, units, history, days } = lot
  let k = 0
  for (let day = lot.entryDay; day < lot.exitDay; day++) {
    while (k + 1 < days.length && days[k + 1] <= day) k++
    const at = day - first
    into.margin[at] += units * lot.margin
    legs.forEach((leg, i) => {
      const { spot, years, dividendYield, vol } = history[k][i]
      const held = units * leg.quantity
      if (leg.right === 0) {
        into.delta[at] += held * spot
        return
      }
      const state = { spot, years, dividendYield, vol: vol > 0 ? vol : 0, fromChain: true }
      const { delta, gamma, vega, theta } = market.greeksOf(leg.right, leg.strike, state)
      into.delta[at] += held * delta * spot
      into.gamma[at] += held * gamma * spot * spot * 0.01
      into.vega[at] += (held * vega) / 100
      into.theta[at] += (held * theta) / daysOfYear
    })
  }
}

function exitsOf({ report }: FinishedRun): OptionsReport['exits'] {
  const exits = new Map<string, { reason: string; trades: number; profit: number }>()
  for (const { exitReason, profit } of report.trades) {
    const exit = exits.get(exitReason) ?? { reason: exitReason, trades: 0, profit: 0 }
    exit.trades++
    exit.profit += profit
    exits.set(exitReason, exit)
  }
  return [...exits.values()].sort((a, b) => b.trades - a.trades)
}
