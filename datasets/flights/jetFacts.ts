import { outlineMarket } from '../outline.ts'
import { oracleTable } from '../report.ts'
import { drawFlights } from './drawFlights.ts'
import type { JetOracleFigures } from './jetOracle.ts'

/** What the oracle gains from the flights of seeds `from` to `to`, both included. */
export function measureJets(from: number, to: number, strength: number): JetOracleFigures[] {
  return Array.from(
    { length: to - from + 1 },
    (_, i) => drawFlights(outlineMarket({ seed: from + i, strength })).truth.oracle,
  )
}

/** The oracle's figures as a Markdown table. */
export function jetReport(oracles: readonly JetOracleFigures[]): string {
  return oracleTable(
    'oracle of the flights',
    [
      ['signals a year', ({ perYear }) => perYear],
      ['accuracy', ({ accuracy }) => accuracy],
      ['base rate', ({ baseRate }) => baseRate],
      ['accuracy − base rate', ({ accuracy, baseRate }) => accuracy - baseRate],
      ['calendar days to the announcement', ({ leadTime }) => leadTime],
      ['deals foretold', ({ dealsForetold }) => dealsForetold],
    ],
    oracles,
  )
}
