import type { ReportTrade } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import { lossesOfEquity } from '../lossesOfEquity.ts'
import type { BudgetReport } from './contract.ts'

/** Losses that rounding alone puts above the budget are none. */
const sameWithin = 1e-9

/**
 * Every trade against the equity it was allowed to lose. A gap beyond the stop loses more than was meant; so does a stop
 * that is hit at its level, by its costs, since shares are counted so that the stop alone loses the budget.
 */
export function budgetReport({ report, judged, rules }: FinishedRun): BudgetReport {
  const budget = rules.sizing.kind === 'risk' ? rules.sizing.budget : NaN
  const { trades, symbols, dates } = report
  const loss = Float64Array.from(lossesOfEquity(judged.run, trades))
  const breaches = trades
    .map((trade, i) => ({ trade, i }))
    .filter(({ i }) => loss[i] > budget + sameWithin)
    .map(({ trade, i }) => {
      const equity = judged.run.equity[Math.max(0, trade.entryDay - 1)]
      const commission = judged.run.commission[i] / equity
      const slippage = judged.run.slippage[i] / equity
      return {
        trade: i,
        symbol: symbols[trade.symbol],
        direction: trade.direction,
        entryDay: dates[trade.entryDay],
        exitDay: dates[trade.exitDay],
        loss: loss[i],
        ...reasonOf(trade, loss[i] - budget, trade.fees / equity + slippage, commission + slippage),
      }
    })
    .sort((a, b) => b.loss - a.loss)
  return {
    budget,
    trades: trades.length,
    losses: loss.filter((each) => each > 0).length,
    breaches,
    worst: loss.length > 0 ? Math.max(...loss) : NaN,
    within: loss.length > 0 ? 1 - breaches.length / loss.length : NaN,
    loss,
  }
}

function reasonOf(
  { exitReason, stop, exitPrice }: ReportTrade,
  excess: number,
  costs: number,
  shown: number,
): Pick<BudgetReport['breaches'][number], 'why' | 'text'> {
  const percent = (fraction: number) => `${(100 * fraction).toFixed(3)} %`
  const gapped = exitReason === 'stop-gap' || (exitReason !== 'stop' && excess > costs)
  if (!gapped) return { why: 'costs', text: `The stop held; costs of ${percent(shown)} came on top.` }
  const where =
    exitReason === 'stop-gap'
      ? `The share opened at ${exitPrice.toFixed(2)}, beyond the stop at ${stop.toFixed(2)}`
      : `The share was closed at ${exitPrice.toFixed(2)} (${exitReason})`
  return {
    why: excess > costs ? 'gap' : 'gap and costs',
    text: `${where}: ${percent(excess)} more than the budget, costs included.`,
  }
}
