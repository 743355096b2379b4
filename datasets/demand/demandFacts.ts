import { generateMarket } from '../market.ts'
import { markdown } from '../report.ts'
import { demandOracle } from './demandPart.ts'
import type { DemandOracle, DemandOracleFigures } from './demandOracle.ts'
import { drawDemand, type Demand } from './drawDemand.ts'

/** What the oracle gains from the tickets of seeds `from` to `to`, both included. */
export function measureDemand(from: number, to: number, strength: number): DemandOracle[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const market = generateMarket({ seed: from + i, strength })
    return demandOracle(market, drawDemand(market))
  })
}

/** The same for several strengths, each in turn; what customers do is drawn once a seed, since it is the same. */
export function measureDemandAt(from: number, to: number, strengths: readonly number[]): DemandOracle[][] {
  const measured: DemandOracle[][] = strengths.map(() => [])
  for (let seed = from; seed <= to; seed++) {
    let demand: Demand | undefined
    strengths.forEach((strength, i) => {
      const market = generateMarket({ seed, strength })
      demand ??= drawDemand(market)
      measured[i].push(demandOracle(market, demand))
    })
  }
  return measured
}

/** The oracle's figures as a Markdown table, pooled over the trades of all seeds. */
export function demandReport(oracles: readonly DemandOracle[]): string {
  const exits = ['recommended', 'original'] as const
  const figures: [string, keyof DemandOracleFigures][] = [
    ['accuracy', 'accuracy'],
    ['base rate', 'baseRate'],
    ['mean gain of a trade', 'meanGain'],
    ['mean gain by chance', 'baseGain'],
    ['bars held', 'meanHoldingDays'],
  ]
  const cells = (figure: keyof DemandOracleFigures) =>
    exits.flatMap((exit) => {
      const each = oracles.map((oracle) => oracle[exit])
      return pooled(
        each.map((oracle) => oracle[figure]),
        each.map((oracle) => oracle.trades),
      )
    })
  const largest = exits.flatMap((exit) => [
    Math.min(...oracles.map((oracle) => oracle[exit].largestLoss)).toFixed(4),
    '',
  ])
  return markdown(
    [
      `oracle of the tickets, ${oracles.length} seeds`,
      'recommended exits',
      'standard error',
      'original exits',
      'standard error',
    ],
    [
      ['trades in all', ...exits.flatMap((exit) => [String(total(oracles.map((o) => o[exit].trades))), ''])],
      ...figures.map(([label, figure]) => [label, ...cells(figure)]),
      ['largest loss of a trade, of equity', ...largest],
    ],
  )
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** Mean over all trades, and its standard error with the seeds as clusters. */
function pooled(values: readonly number[], trades: readonly number[]): [string, string] {
  const all = total(trades)
  const mean = total(values.map((value, i) => value * trades[i])) / all
  const squares = values.map((value, i) => trades[i] * trades[i] * (value - mean) * (value - mean))
  return [mean.toFixed(4), (Math.sqrt(total(squares)) / all).toFixed(4)]
}
