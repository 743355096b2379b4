import type { StructureKind } from '../../quant/structures.ts'
import type { RunRequest } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import type { ExpressionRow, Expressions } from './contract.ts'

/**
 * The signals of a run through some structures, everything else alike.
 * @param kinds at least one
 * @param tryOut runs a request and charges it as a trial
 */
export function expressionsOf(
  request: RunRequest,
  kinds: readonly StructureKind[],
  tryOut: (request: RunRequest) => FinishedRun | string,
): Expressions | string {
  const rows: ExpressionRow[] = []
  let latest: FinishedRun | null = null
  for (const kind of kinds) {
    const run = tryOut({ ...request, params: { ...request.params, expression: kind } })
    if (typeof run === 'string') return run
    rows.push(rowOf(kind, run))
    latest = run
  }
  if (latest === null) return 'No structure was chosen.'
  const { report, judged } = latest
  return {
    dates: report.dates,
    from: judged.from,
    capital: report.capital,
    benchmark: report.benchmark,
    rows,
  }
}

function rowOf(kind: StructureKind, { report, judged, structures = [] }: FinishedRun): ExpressionRow {
  const { stats } = judged.strategy
  const { trades } = judged
  let fills = 0
  let quoted = 0
  for (const lot of structures) {
    for (const marks of [lot.history[0], lot.history[lot.history.length - 1]]) {
      lot.legs.forEach(({ right }, i) => {
        if (right === 0) return
        fills++
        if (marks[i].from === 'quoted') quoted++
      })
    }
  }
  return {
    kind,
    trades: trades.length,
    winRate: trades.length > 0 ? trades.filter(({ profit }) => profit > 0).length / trades.length : NaN,
    sharpe: stats.sharpe,
    cagr: stats.cagr,
    maxDrawdown: stats.maxDrawdown,
    alpha: judged.benchmark === null ? NaN : stats.alpha,
    profit: trades.reduce((sum, { profit }) => sum + profit, 0),
    modelled: fills > 0 ? 1 - quoted / fills : 0,
    equity: report.equity,
  }
}
