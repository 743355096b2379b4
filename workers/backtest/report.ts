import type { Panel } from '../quant/panel.ts'
import type { RiskRules, Signals, System } from '../systems/system.ts'
import type { Report, RunRequest } from './api.ts'
import { attribute } from './attribution.ts'
import { benchmarkValues } from './benchmark.ts'
import { judgeClaims } from './claims.ts'
import { distributionOf } from './distribution.ts'
import { drawdownsOf } from './drawdowns.ts'
import { flagsOf } from './flags.ts'
import { resultHash } from './hash.ts'
import { breakEvenBps, metricsOf } from './metrics.ts'
import { monthlyTable } from './monthly.ts'
import { partsOf } from './parts.ts'
import type { RunData, RunPart } from './parts.ts'
import type { RunScope } from './range.ts'
import { rollingBeta, rollingSharpe } from './rolling.ts'
import type { Simulation } from './simulate.ts'
import { tradeRows } from './tradeRows.ts'
import { drawdownOf, returnsOf } from './wealth.ts'

/** Everything a report is made of; nothing here is random. */
export interface ReportInputs {
  request: RunRequest
  panel: Panel
  simulated: boolean
  leftOut: string
  scope: RunScope
  system: Pick<System<unknown>, 'reasons' | 'claims'>
  signals: Signals
  rules: RiskRules
  simulation: Simulation
}

/** A report with the data it came from, which the evidence resamples. */
export interface ReportWithParts {
  report: Report
  parts: RunPart[]
  /** The part that is judged: out of sample where there is a split. */
  judged: RunPart
  entriesDecided: number
}

const drawdownsShown = 10

/** Builds the report of a run. `elapsed` is left at zero for the caller, who holds the clock. */
export function buildReport(inputs: ReportInputs): ReportWithParts {
  const { request, panel, scope, system, signals, rules, simulation } = inputs
  const { range, split } = scope
  const { equity, counters, ledger } = simulation
  const dates = panel.dates.slice(range.first, range.last + 1)
  const days = dates.length
  const hasSplit = split < days
  const trades = tradeRows(panel, signals, ledger, range, split, simulation.structures)

  const benchmark = scope.benchmark < 0 ? null : benchmarkValues(panel, scope.benchmark, range, rules.capital)
  const run: RunData = {
    panel,
    range,
    dates,
    split,
    equity,
    gross: simulation.gross.map((value, day) => value / equity[day]),
    net: simulation.net.map((value, day) => value / equity[day]),
    returns: returnsOf(equity),
    benchmarkReturns: benchmark === null ? null : returnsOf(benchmark.values),
    trades,
    riskFree: rules.cashRate ?? 0,
    commission: ledger.fees.map((fees, i) => fees - ledger.borrow[i]).subarray(0, ledger.length),
    slippage: ledger.slippage.subarray(0, ledger.length),
  }
  const parts = partsOf(run)
  const judged = parts[parts.length - 1]
  const { commission, slippage, borrow } = simulation.costs
  const costs = {
    commission,
    slippage,
    borrow,
    interest: simulation.interest,
    total: commission + slippage + borrow,
    breakEvenBps: breakEvenBps(judged),
  }
  const entriesDecided = countEntries(signals, range.first + judged.from - 1, range.last - 1)

  const report: Report = {
    request,
    hash: resultHash(dates, panel.symbols, equity, trades),
    dates,
    split,
    symbols: panel.symbols,
    reasons: system.reasons,
    capital: rules.capital,
    equity,
    benchmark: benchmark?.values ?? new Float64Array(0),
    drawdown: drawdownOf(equity),
    benchmarkDrawdown: benchmark === null ? new Float64Array(0) : drawdownOf(benchmark.values),
    gross: run.gross,
    net: run.net,
    rollingSharpe: rollingSharpe(run.returns),
    rollingBeta: rollingBeta(run.returns, run.benchmarkReturns),
    metrics: metricsOf(parts),
    monthly: monthlyTable(dates.subarray(1), run.returns, run.benchmarkReturns),
    distribution: distributionOf(run.returns, run.benchmarkReturns),
    drawdowns: drawdownsOf(dates, equity).slice(0, drawdownsShown),
    trades,
    bySignal: attribute(trades, hasSplit, ({ reason }) =>
      reason < 0 ? null : (system.reasons[reason] ?? null),
    ),
    bySymbol: attribute(trades, hasSplit, ({ symbol }) => panel.symbols[symbol]),
    bySector: attribute(
      trades,
      hasSplit,
      ({ symbol }) => panel.sectorNames?.[panel.sector?.[symbol] ?? -1] ?? null,
    ),
    costs,
    counters,
    flags: flagsOf({
      panel,
      tradable: scope.tradable,
      simulated: inputs.simulated,
      leftOut: inputs.leftOut,
      benchmark: request.benchmark,
      benchmarkMissing: benchmark?.missing ?? 0,
      hasSplit,
      judged,
      trades,
      counters,
      costs,
      inOptions: rules.expression !== undefined,
      costBps: rules.costs.commissionBps + rules.costs.slippageBps,
    }),
    claims: judgeClaims(system.claims, {
      part: hasSplit ? judged : null,
      rules,
      entriesDecided,
      intervals: null,
    }),
    elapsed: { signals: 0, simulate: 0, report: 0 },
  }
  return { report, parts, judged, entriesDecided }
}

function countEntries({ day, direction }: Signals, from: number, to: number): number {
  let count = 0
  for (let row = 0; row < day.length; row++) {
    if (direction[row] !== 0 && day[row] >= from && day[row] <= to) count++
  }
  return count
}
