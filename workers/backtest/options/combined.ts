import { defaultParams, systemInfos } from '../../systems/api.ts'
import type { SystemId } from '../../systems/system.ts'
import type { RunRequest } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import { daysPerYear } from '../sizing.ts'
import { performance as figuresOf } from '../../quant/statistics.ts'
import type { Combined, CombinedPart } from './contract.ts'

interface Part {
  shown: CombinedPart
  /** [days − 1]; empty where it is not there */
  returns: Float64Array
}

const nothing = new Float64Array(0)

/**
 * The three systems over the same days, each from the same capital; a book that holds a third of its money in each,
 * weighed anew every day; and the integrated mode. Jet and Tickets run as recommended, Options and the integrated mode
 * by the parameters of the request. Each is charged as a trial.
 *
 * @param run of the request
 * @param tryOut runs another request on the same panel and charges it
 */
export function combinedOf(
  run: FinishedRun,
  request: RunRequest,
  tryOut: (request: RunRequest) => FinishedRun | string,
): Combined {
  const { report, judged, panel } = run
  const recommended = (system: SystemId): RunRequest => ({
    ...request,
    system,
    params: defaultParams(
      systemInfos.find(({ id }) => id === system)!,
      'recommended',
    ),
  })
  const from = judged.from
  const technical = { ...request, params: { ...request.params, signalSource: 'technical' } }
  const integrated = { ...request, params: { ...request.params, signalSource: 'integrated' } }
  const scored = (panel.jet?.candidates.models.length ?? 0) > 0
  const noFlights = panel.jet
    ? 'No model has scored these flights. Open Jet, and train or fit one under “Model”.'
    : 'There are no flights in the data. Load them in the data room, or choose the simulated market.'
  const noTickets =
    'There are no tickets in the data. Load them in the data room, or choose the simulated market.'
  const neither = 'Neither Jet nor Tickets has data, so there is nothing to combine.'
  const part = (id: CombinedPart['id'], label: string, missing: string, what: RunRequest): Part => {
    const found = missing === '' ? tryOut(what) : missing
    return typeof found === 'string' ? absent(id, label, found) : partOf(id, label, found, from)
  }
  const systems = [
    part('jet', 'Jet', scored ? '' : noFlights, recommended('jet')),
    part('tickets', 'Tickets', panel.demand ? '' : noTickets, recommended('tickets')),
    part('options', 'Options', '', technical),
  ]
  const there = systems.filter(({ shown }) => shown.problem === '')
  const equal = equalWeight(there, report.capital, report.dates.length, from)
  const parts = [
    ...systems,
    equal,
    part('integrated', 'Integrated', scored || panel.demand ? '' : neither, integrated),
  ]
  const meanVolatility = there.reduce((sum, { shown }) => sum + shown.annualVolatility, 0) / there.length
  return {
    dates: report.dates,
    from,
    parts: parts.map(({ shown }) => shown),
    correlation: correlations(parts, from),
    benchmark: report.benchmark,
    diversification: there.length > 1 ? equal.shown.annualVolatility / meanVolatility : NaN,
  }
}

function absent(id: CombinedPart['id'], label: string, problem: string): Part {
  const unknown = { sharpe: NaN, cagr: NaN, annualVolatility: NaN, maxDrawdown: NaN }
  return { shown: { id, label, problem, equity: nothing, trades: 0, ...unknown }, returns: nothing }
}

function partOf(id: CombinedPart['id'], label: string, { report, judged }: FinishedRun, from: number): Part {
  return figured(id, label, report.equity, judged.run.returns, judged.trades.length, from)
}

function figured(
  id: CombinedPart['id'],
  label: string,
  equity: Float64Array,
  returns: Float64Array,
  trades: number,
  from: number,
): Part {
  const { sharpe, cagr, annualVolatility, maxDrawdown } = figuresOf(returns.subarray(from - 1), {
    periodsPerYear: daysPerYear,
  })
  return {
    shown: { id, label, problem: '', equity, trades, sharpe, cagr, annualVolatility, maxDrawdown },
    returns,
  }
}

/** Equal parts of the money in each, weighed anew at every close. */
function equalWeight(parts: readonly Part[], capital: number, days: number, from: number): Part {
  if (parts.length < 2) {
    return absent('equal', 'Equal parts', 'There is only one system with data, and nothing to spread over.')
  }
  const equity = new Float64Array(days)
  const returns = new Float64Array(days - 1)
  equity[0] = capital
  for (let day = 1; day < days; day++) {
    returns[day - 1] = parts.reduce((sum, one) => sum + one.returns[day - 1], 0) / parts.length
    equity[day] = equity[day - 1] * (1 + returns[day - 1])
  }
  const trades = parts.reduce((sum, { shown }) => sum + shown.trades, 0)
  return figured('equal', 'Equal parts', equity, returns, trades, from)
}

function correlations(parts: readonly Part[], from: number): Float64Array {
  const n = parts.length
  const out = new Float64Array(n * n).fill(NaN)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out[i * n + j] = correlation(parts[i].returns, parts[j].returns, from - 1)
  return out
}

function correlation(a: Float64Array, b: Float64Array, from: number): number {
  const n = Math.min(a.length, b.length) - from
  if (n < 2) return NaN
  let [sumA, sumB] = [0, 0]
  for (let i = from; i < from + n; i++) {
    sumA += a[i]
    sumB += b[i]
  }
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = from; i < from + n; i++) {
    const [x, y] = [a[i] - sumA / n, b[i] - sumB / n]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return ab / Math.sqrt(aa * bb)
}
