import { quantile } from '../../quant/quantiles.ts'
import type { Params, Signals } from '../../systems/system.ts'
import type { RunRequest } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import { wilson } from '../intervals.ts'
import { daysPerYear } from '../sizing.ts'
import { AbnormalReturns } from './afterSignals.ts'
import { Agreement } from './agreement.ts'
import { decisionsOf } from './candidates.ts'
import type { ShareOf, WhatIf, WhatIfRow } from './contract.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

/**
 * What other values of one parameter would have brought; everything else is as in the run. Counted is what was
 * entered out of sample where the run has a split, else all of it. Rows stand in the order of the values.
 *
 * @param tryOut computes a run and charges it as a trial: who sees what a value would have brought has tried it
 * @returns a sentence where the parameter cannot be moved
 */
export function whatIf(
  run: FinishedRun,
  market: TicketsMarket,
  param: string,
  values: number[],
  tryOut: (request: RunRequest) => FinishedRun | string,
): WhatIf | string {
  const { scope, panel: loaded } = run
  const { request } = run.report
  if (typeof request.params[param] !== 'number') return `“${param}” is not a number that can be moved.`
  const started = performance.now()
  const against = request.benchmark ?? market.benchmark
  const { panel } = loaded
  const { range, split } = scope
  const days = range.last - range.first + 1
  const from = range.first + (split < days ? split : 0)
  const abnormal = new AbnormalReturns(panel, against)
  const agreement = new Agreement(market.tables)
  const span = [panel.dates[from], panel.dates[range.last]] as const

  const rows: WhatIfRow[] = []
  for (const threshold of values) {
    const params = { ...request.params, [param]: threshold }
    const other = tryOut({ ...request, params })
    if (typeof other === 'string') return other
    const { signals } = other
    const unusualOn = unusualDays({ ...market, benchmark: request.benchmark }, params)

    let [count, right, rightExpected, answered, confirmed, confirmedExpected] = [0, 0, 0, 0, 0, 0]
    const leads: number[] = []
    for (const { symbol, day, direction, horizon } of entriesOf(signals, from, range.last)) {
      count++
      const name = panel.symbols[symbol]
      const went = direction * abnormal.of(symbol, day + 1, horizon)
      if (!Number.isNaN(went)) {
        answered++
        if (went > 0) right++
        rightExpected += abnormal.shareOf(symbol, horizon, direction, from, range.last)
      }
      const unusual = unusualOn.get(keyOf(symbol, day, direction)) ?? panel.dates[day]
      const { agrees, lead } = agreement.around(name, direction, unusual)
      if (agrees) confirmed++
      if (!Number.isNaN(lead)) leads.push(lead)
      confirmedExpected += agreement.shareOf(name, direction, ...span)
    }

    const trades = other.report.trades.filter(({ entryDay }) => entryDay >= from - range.first)
    rows.push({
      threshold,
      signals: count,
      trades: trades.length,
      perYear: (count * daysPerYear) / (range.last - from + 1),
      right: shareOf(right, answered),
      rightByChance: rightExpected / answered,
      answered,
      confirmed: shareOf(confirmed, count),
      confirmedByChance: confirmedExpected / count,
      leadDays: quantile(leads, 0.5),
      meanReturn: trades.reduce((sum, trade) => sum + trade.return, 0) / trades.length,
    })
  }
  return {
    param,
    against,
    outOfSample: split < days,
    rows,
    milliseconds: performance.now() - started,
  }
}

function shareOf(hits: number, of: number): ShareOf {
  return { share: hits / of, ...(of > 0 ? wilson(hits, of) : { low: NaN, high: NaN }) }
}

/** Signals that ask for an entry on a session from `from` to `last` of the panel. */
function* entriesOf(
  { day, symbol, direction, horizon }: Signals,
  from: number,
  last: number,
): Generator<{ symbol: number; day: number; direction: 1 | -1; horizon: number }> {
  for (let row = 0; row < day.length; row++) {
    const side = direction[row]
    if ((side !== 1 && side !== -1) || day[row] + 1 < from || day[row] >= last) continue
    yield { symbol: symbol[row], day: day[row], direction: side, horizon: Math.max(1, horizon[row]) }
  }
}

const keyOf = (symbol: number, session: number, direction: number): string =>
  `${symbol} ${session} ${direction}`

/** The day that each signal speaks of, by symbol, session and direction. */
function unusualDays(market: TicketsMarket, params: Params): Map<string, number> {
  const days = new Map<string, number>()
  for (const { symbol, dropped, candidate } of decisionsOf(market, params))
    if (dropped === null) days.set(keyOf(symbol, candidate.session, candidate.direction), candidate.day)
  return days
}
