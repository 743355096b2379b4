import { monthOf } from '../calendar.ts'
import type { Breathe } from '../breathe.ts'
import type { FinishedRun } from '../engine.ts'
import { alphaEvidence, excessReturns } from '../excess.ts'
import { alphaOfRerun, without } from '../rerun.ts'
import type { GuardRow } from './contract.ts'
import { earned, measured, unknown, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { plural, yearly } from './words.ts'

/** Reruns without each symbol that was traded; the same figures as those of the verdict. Null when told to stop. */
export async function leaveSymbolOutOf(run: FinishedRun, breathe: Breathe): Promise<Measured | null> {
  const { signals, report, panel } = run
  const rows: GuardRow[] = []
  for (const symbol of new Set(report.trades.map((trade) => trade.symbol))) {
    if (!(await breathe())) return null
    const value = alphaOfRerun(run, without(signals, symbol))
    rows.push({ label: `Without ${panel.panel.symbols[symbol]}`, value })
  }
  return smallestOf(run, rows, 'symbol')
}

/** The figure over the days of all other years; nothing is traded again. */
export function leaveYearOutOf(run: FinishedRun): Measured {
  const { strategy, benchmark, from, run: whole } = run.judged
  const years = Int32Array.from(strategy.returns, (_, i) => monthOf(whole.dates[from + i]).year)
  const distinct = [...new Set(years)]
  if (distinct.length < 2) {
    return unknown('fraction', `All days${where(run)} are of one calendar year, so none can be left out.`)
  }
  const rows = distinct.map((year) => {
    const kept = (_: number, i: number) => years[i] !== year
    const excess = excessReturns(
      strategy.returns.filter(kept),
      benchmark?.returns.filter(kept) ?? null,
      whole.riskFree,
    )
    return { label: `Without ${year}`, value: alphaEvidence(excess).alpha }
  })
  return smallestOf(run, rows, 'year')
}

function smallestOf(run: FinishedRun, rows: GuardRow[], item: string): Measured {
  const sorted = rows.toSorted((a, b) => a.value - b.value)
  const { name, alpha, as } = earned(run)
  const { label, value } = sorted[0]
  const short = label.replace(/^W/, 'w')
  const least =
    rows.length === 1
      ? `Only one ${item} was traded: ${short} there is no ${name}.`
      : `Of an ${as} a year${where(run)}, ${yearly(value)} is left ${short}, the least of ${plural(rows.length, item)}.`
  return measured({
    state: value > 0 ? 'passes' : 'doubt',
    value,
    unit: 'fraction',
    finding: name === 'alpha' ? least : least.replace('Of an ', 'Of a '),
    measured: alpha,
    reruns: Float64Array.from(sorted, (row) => row.value),
    rows: sorted,
  })
}
