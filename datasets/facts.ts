import { realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { generateMarket, type MarketOptions } from './market.ts'
import type { OracleFigures } from './oracle.ts'
import { factTable, measureFacts, median, type FactRow, type Facts } from './stylisedFacts.ts'

export interface Measured {
  facts: Facts[]
  oracles: OracleFigures[]
}

/** Generates the markets of seeds `from` to `to`, both included, and measures each. */
export function measureSeeds(from: number, to: number, options: Omit<MarketOptions, 'seed'> = {}): Measured {
  const measured: Measured = { facts: [], oracles: [] }
  for (let seed = from; seed <= to; seed++) {
    const market = generateMarket({ ...options, seed })
    measured.facts.push(measureFacts(market))
    measured.oracles.push(market.truth.oracle)
  }
  return measured
}

/** The facts and the oracle's figures as Markdown tables. */
export function factsReport({ facts, oracles }: Measured): string {
  const row = ({ label, from, to, ...measured }: FactRow) => [
    label.replaceAll('|', '\\|'),
    `${from} … ${to}`,
    measured.median.toFixed(3),
    `${measured.least.toFixed(3)} … ${measured.greatest.toFixed(3)}`,
    measured.holds ? 'yes' : 'no',
  ]
  const figures: [string, (oracle: OracleFigures) => number][] = [
    ['Sharpe', (oracle) => oracle.sharpe],
    ['return a year', (oracle) => oracle.annualReturn],
    ['volatility', (oracle) => oracle.annualVolatility],
    ['max drawdown', (oracle) => oracle.maxDrawdown],
    ['trades', (oracle) => oracle.trades],
    ['accuracy', (oracle) => oracle.accuracy],
    ['base rate', (oracle) => oracle.baseRate],
  ]
  return [
    markdown(['fact', 'wanted', 'median', 'least … greatest', 'holds'], factTable(facts).map(row)),
    markdown(
      ['oracle', 'mean', 'standard error', 'median'],
      figures.map(([label, figure]) => [label, ...spread(oracles.map(figure))]),
    ),
  ].join('\n\n')
}

function spread(values: readonly number[]): string[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const error = Math.sqrt(squares / (values.length - 1) / values.length)
  return [mean, error, median(values)].map((value) => value.toFixed(3))
}

function markdown(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

// Only as a script, and then also when it is reached through a link.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '1:20' }, strength: { type: 'string', default: '1' } },
  })
  const range = /^(\d+):(\d+)$/.exec(values.seeds)
  const strength = Number(values.strength)
  if (range === null || !(strength >= 0 && strength <= 1)) {
    process.stderr.write('Usage: npx tsx datasets/facts.ts --seeds 101:120 --strength 1 (strength 0 to 1)\n')
    process.exitCode = 1
  } else {
    const measured = measureSeeds(Number(range[1]), Number(range[2]), { strength })
    process.stdout.write(factsReport(measured) + '\n')
  }
}
