import { flightColumns } from '../../../../datasets/flights/flightColumns.ts'
import { generateMarket } from '../../../../datasets/market.ts'
import { marketPanel } from '../../../../datasets/panel.ts'
import { JetMarket } from '../../../../workers/backtest/jet/jetMarket.ts'
import { operatorsOf } from '../../../../workers/systems/jet/ownership.ts'
import type { RowScores, RowTable, ScoringModel } from '../../../../workers/quant/rows.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'

/** A simulated market with the flights of the first few operators, which is enough to be wrong about. */
export function simulatedJet(seed: number, years: number, operators: number): JetMarket {
  const market = generateMarket({ seed, years })
  const panel: Panel = marketPanel(market)
  const tables = flightColumns(market)
  const few = new Set([...new Set(tables.ownership.company)].sort((a, b) => a - b).slice(0, operators))
  const operator = operatorsOf(tables)
  const kept = (_: number, leg: number) => few.has(operator[leg])
  const { tail, departed, arrived, origin, destination, known } = tables.flights
  const flights = {
    tail: tail.filter(kept),
    departed: departed.filter(kept),
    arrived: arrived.filter(kept),
    origin: origin.filter(kept),
    destination: destination.filter(kept),
    known: known.filter(kept),
  }
  return new JetMarket({ ...tables, flights }, panel, true)
}

export const standIn: ScoringModel = {
  id: 'stand-in',
  name: 'Stand-in',
  features: [],
  trainedUntil: 0,
  validatedUntil: 0,
  dataset: '',
  packaged: false,
}

/** A model that reads every feature of a row and nothing else: whoever changes one changes what it says. */
export function standInScores(table: RowTable): RowScores {
  const { rows, sequence, flat } = table
  const cells = sequence.length * sequence.names.length
  const direction = new Float32Array(3 * rows)
  const event = new Float32Array(3 * rows)
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let i = 0; i < cells; i++) {
      const value = sequence.values[row * cells + i]
      if (!Number.isNaN(value)) sum += value * (1 + (i % 7))
    }
    const visits =
      flat.values[row * flat.names.length + flat.names.indexOf('visits to the counterparty in 60 days')]
    const p = 1 / (1 + Math.exp(1 - (Number.isNaN(visits) ? 0 : visits) - 0.2 * Math.sin(sum)))
    direction.set([0.1 * (1 - p), 0.9 * (1 - p), p], 3 * row)
    event.set([0.8 * (1 - p), 0.2 * (1 - p), p], 3 * row)
  }
  return {
    probabilities: { direction, event },
    value: new Float32Array(rows).fill(0.05),
    halting: new Float32Array(2 * rows).fill(0.6),
    segments: 2,
  }
}
