import { sortedQuantile } from '../../quant/quantiles.ts'
import type { FinishedRun } from '../engine.ts'
import { earned, measured, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { percent, probability } from './words.ts'

const significant = 0.05

/** How often reruns without the thing tested did as well: (1 + #{alpha* ≥ alpha}) ÷ (reruns + 1). */
export function byChance(run: FinishedRun, reruns: Float64Array, what: string): Measured {
  const { name, alpha } = earned(run)
  reruns.sort()
  let reached = 0
  for (const other of reruns) if (other >= alpha) reached++
  const value = (1 + reached) / (reruns.length + 1)
  const median = sortedQuantile(reruns, 0.5)
  return measured({
    state: value <= significant ? 'passes' : 'doubt',
    value,
    unit: 'probability',
    finding: `${reached === 0 ? 'None' : reached} of ${reruns.length} reruns with ${what} did as well (p = ${probability(value)}); the median ${name}${where(run)} is ${percent(median)} a year, here it is ${percent(alpha)}.`,
    rowUnit: 'fraction',
    measured: alpha,
    reruns,
    rows: [
      { label: 'This run', value: alpha },
      { label: '19 of 20 reruns are above', value: sortedQuantile(reruns, 0.05) },
      { label: 'Median of the reruns', value: median },
      { label: '19 of 20 reruns are below', value: sortedQuantile(reruns, 0.95) },
    ],
  })
}
