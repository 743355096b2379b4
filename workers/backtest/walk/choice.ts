import { sweepMetrics } from '../sweep/contract.ts'
import type { SweepMetric } from '../sweep/contract.ts'
import type { TaskResult } from '../sweep/task.ts'
import type { WalkSpec } from './contract.ts'

const width = sweepMetrics.length

export interface Chosen {
  /** Of the combination. */
  index: number
  metrics: Record<SweepMetric, number>
}

/**
 * The best combination of one training window, whatever order they come in: the highest objective, among equals
 * the one with the lowest number. One that did not trade, or whose objective is undefined, cannot be chosen.
 */
export class Choice {
  /** Null where none could be chosen. */
  chosen: Chosen | null = null
  /** Possible combinations seen. */
  tried = 0

  constructor(private readonly objective: WalkSpec['objective']) {}

  /** @param metrics [combinations × metrics], of one part */
  take({ index, metrics }: Pick<TaskResult, 'index' | 'metrics'>): void {
    this.tried += index.length
    for (let k = 0; k < index.length; k++) {
      const of = (metric: SweepMetric) => metrics[k * width + sweepMetrics.indexOf(metric)]
      const value = of(this.objective)
      if (Number.isNaN(value) || !(of('trades') > 0)) continue
      const best = this.chosen
      const before = best === null ? -Infinity : best.metrics[this.objective]
      if (best !== null && (value < before || (value === before && index[k] > best.index))) continue
      const all = Object.fromEntries(sweepMetrics.map((metric) => [metric, of(metric)]))
      this.chosen = { index: index[k], metrics: all as Record<SweepMetric, number> }
    }
  }
}
