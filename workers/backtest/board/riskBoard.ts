import type { FinishedRun } from '../engine.ts'
import { firstAtOrAfter } from '../range.ts'
import type { RiskBoard } from './contract.ts'
import { heldTogether } from './heldTogether.ts'
import { isOpen } from './isOpen.ts'
import { openLots, type OpenLot } from './openLots.ts'
import { stopGap } from './stopGap.ts'

/**
 * What was held at the close of a day, and what it could cost. Nothing after that close is looked at.
 *
 * The loss to a stop counts slippage and commission; a lot without a stop risks its whole value, a structure of
 * options no more than it can lose. The gap is that of `stopGap`.
 *
 * @param day epoch day; the last session up to it counts. Null = the last day of the run
 */
export function riskBoard(run: FinishedRun, day: number | null): RiskBoard {
  const { report, rules, scope } = run
  const { panel } = run.panel
  const { dates } = report
  const last = dates.length - 1
  const at = day === null ? last : Math.max(0, Math.min(last, firstAtOrAfter(dates, day + 1) - 1))
  const equity = report.equity[at]
  const held = openLots(run, at)
  const gap = stopGap(report.trades, at)
  const slippage = rules.costs.slippageBps / 10_000
  const commission = rules.costs.commissionBps / 10_000

  /** Money lost from the close to the exit, `beyond` the stop in money a share. */
  function loss({ trade, price, stop, mostLoss }: OpenLot, beyond: number): number {
    const { direction, shares } = trade
    if (!(stop > 0)) return Math.min(mostLoss, shares * price)
    const exit = stop - direction * beyond
    return Math.min(mostLoss, shares * (direction * (price - exit) + commission * Math.max(0, exit)))
  }

  const lots = held.map((lot): RiskBoard['lots'][number] => {
    const { trade, price, stop, paid } = lot
    const { direction, shares, entryPrice } = trade
    return {
      symbol: report.symbols[trade.symbol],
      structure: lot.structure,
      direction,
      shares,
      entryDay: dates[trade.entryDay],
      entryPrice,
      price,
      stop,
      target: trade.target,
      barsLeft: lot.barsLeft,
      value: Math.abs(lot.exposure) / equity,
      profit: (direction * shares * (price - entryPrice) - paid) / equity,
      atRisk: loss(lot, slippage * stop) / equity,
      budget: budgetOf(lot),
    }
  })
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
  const exposures = held.map(({ exposure }) => exposure / equity)
  const long = sum(exposures.filter((exposure) => exposure > 0))
  const short = -sum(exposures.filter((exposure) => exposure < 0))
  const invested = sum(held.map(({ trade, price }) => trade.direction * trade.shares * price))
  const { symbols, correlation, independentBets } = heldTogether(panel, held, scope.range.first + at)
  return {
    day: dates[at],
    from: dates[0],
    to: dates[last],
    equity,
    cash: equity - invested,
    lots,
    limits: {
      lots: rules.limits.lots ?? NaN,
      gross: rules.limits.gross ?? 1,
      budget: rules.sizing.kind === 'risk' ? rules.sizing.budget : NaN,
    },
    long,
    short,
    gross: long + short,
    net: long - short,
    worstCase: sum(lots.map(({ atRisk }) => atRisk)),
    worstCaseGap: sum(
      held.map((lot) => loss(lot, Math.max(slippage * lot.stop, gap.beyond * lot.trade.entryPrice)) / equity),
    ),
    gap,
    symbols: symbols.map((symbol) => report.symbols[symbol]),
    correlation,
    independentBets,
    history: historyOf(run),
  }
}

/** Loss from the entry to the stop, as a fraction of the equity that the lot was sized on. */
function budgetOf({ trade, sizedOn }: Pick<OpenLot, 'trade' | 'sizedOn'>): number {
  const distance = trade.stop > 0 ? Math.abs(trade.entryPrice - trade.stop) : trade.entryPrice
  return (trade.shares * distance) / sizedOn
}

/** Lots, budget and gross exposure at every close of the run. */
function historyOf({ report, rules }: FinishedRun): RiskBoard['history'] {
  const { dates, gross, trades, equity } = report
  const lots = new Float64Array(dates.length)
  const budget = new Float64Array(dates.length)
  for (const trade of trades) {
    const sizedOn = trade.entryDay > 0 ? equity[trade.entryDay - 1] : rules.capital
    const given = budgetOf({ trade, sizedOn })
    for (let day = trade.entryDay; day < dates.length && isOpen(trade, day); day++) {
      lots[day]++
      budget[day] += given
    }
  }
  return { dates, gross, lots, budget }
}
