import { realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chainReport, measureChains } from './chains/chainFacts.ts'
import { demandReport, measureDemand } from './demand/demandFacts.ts'
import { jetReport, measureJets } from './flights/jetFacts.ts'
import { generateMarket, type MarketOptions } from './market.ts'
import type { OracleFigures } from './oracle.ts'
import { markdown, oracleTable } from './report.ts'
import { factTable, measureFacts, type FactRow, type Facts } from './stylisedFacts.ts'

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
    oracleTable('oracle', figures, oracles),
  ].join('\n\n')
}

/** What can be measured, as a report over the seeds from one to another. */
const REPORTS: Record<string, (from: number, to: number, strength: number) => string> = {
  prices: (from, to, strength) => factsReport(measureSeeds(from, to, { strength })),
  flights: (from, to, strength) => jetReport(measureJets(from, to, strength)),
  tickets: (from, to, strength) => demandReport(measureDemand(from, to, strength)),
  options: (from, to, strength) => chainReport(measureChains(from, to, strength)),
}

// Only as a script, and then also when it is reached through a link.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      of: { type: 'string', default: 'prices' },
      seeds: { type: 'string', default: '1:20' },
      strength: { type: 'string', default: '1' },
    },
  })
  const range = /^(\d+):(\d+)$/.exec(values.seeds)
  const strength = Number(values.strength)
  if (range === null || !(strength >= 0 && strength <= 1) || !(values.of in REPORTS)) {
    const parts = Object.keys(REPORTS).join(' | ')
    process.stderr.write(
      `Usage: npx tsx datasets/facts.ts --of ${parts} --seeds 101:120 --strength 1 (0 to 1)\n`,
    )
    process.exitCode = 1
  } else {
    process.stdout.write(REPORTS[values.of](Number(range[1]), Number(range[2]), strength) + '\n')
  }
}
