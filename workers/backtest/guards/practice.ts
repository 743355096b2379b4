import type { FinishedRun } from '../engine.ts'
import { measured, metricOf, unknown, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { dollars, plural } from './words.ts'

const margin = 2
const fewestBets = 2

export function breakEvenCostsOf(run: FinishedRun): Measured {
  const value = metricOf(run, 'breakEvenBps')
  if (!Number.isFinite(value)) return unknown('bps', 'Nothing was bought or sold.')
  const { commissionBps, slippageBps } = run.rules.costs
  const charged = commissionBps + slippageBps
  const asSet = `${charged} bps are charged`
  return measured({
    state: charged > 0 && value >= margin * charged ? 'passes' : 'doubt',
    value,
    unit: 'bps',
    finding:
      value < 0
        ? `It loses${where(run)} even without costs.`
        : charged === 0
          ? `Nothing is left at ${value.toFixed(1)} bps per side${where(run)}. None are charged, so there is nothing to compare it with.`
          : `Nothing is left at ${value.toFixed(1)} bps per side${where(run)}; ${asSet}.`,
    rows: [
      { label: 'Charged per side', value: charged },
      { label: 'Passes from', value: margin * charged },
    ],
  })
}

export function capacityOf(run: FinishedRun): Measured {
  const value = metricOf(run, 'capacityTight')
  if (!Number.isFinite(value)) {
    return unknown('dollars', 'There is no trade with 20 bars of volume before it.')
  }
  const { capital } = run.rules
  return measured({
    state: value >= capital ? 'passes' : 'doubt',
    value,
    unit: 'dollars',
    finding: `With up to ${dollars(value)}, 19 of 20 trades${where(run)} are at most 1 % of a usual day; the capital is ${dollars(capital)}.`,
    rows: [
      { label: 'Starting capital', value: capital },
      { label: 'Half of the trades', value: metricOf(run, 'capacity') },
    ],
  })
}

export function independentBetsOf(run: FinishedRun): Measured {
  const value = metricOf(run, 'independentBets')
  if (!Number.isFinite(value)) return unknown('plain', 'No position changed its value.')
  const symbols = new Set(run.judged.trades.map((trade) => trade.symbol)).size
  return measured({
    state: value >= fewestBets ? 'passes' : 'doubt',
    value,
    unit: 'plain',
    finding: `The positions in ${plural(symbols, 'symbol')}${where(run)} moved like ${value.toFixed(1)} that have nothing to do with each other.`,
    rows: [
      { label: 'Passes from', value: fewestBets },
      { label: 'Symbols traded', value: symbols },
    ],
  })
}
