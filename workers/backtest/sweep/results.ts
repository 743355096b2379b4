import type { Part } from '../api.ts'
import { sweepMetrics } from './contract.ts'
import type { SweepMetric } from './contract.ts'
import type { SweepPlan } from './plan.ts'
import { blockSize } from './task.ts'

const width = sweepMetrics.length

/** States of a combination. */
export const pending = 0
export const computed = 1
export const impossible = 2

/** The figures of every combination of a sweep, and which of them are there. */
export class SweepResults {
  /** [total] */
  readonly state: Uint8Array
  /** [total × parts × metrics] */
  private readonly metrics: Float32Array
  done = 0
  impossible = 0

  constructor(
    readonly plan: SweepPlan,
    readonly parts: Part[],
  ) {
    this.state = new Uint8Array(plan.total)
    this.metrics = new Float32Array(plan.total * parts.length * width).fill(NaN)
  }

  get blocks(): number {
    return Math.ceil(this.plan.total / blockSize)
  }

  /** Whether a block has been done; blocks are done whole. */
  hasBlock(block: number): boolean {
    return this.state[block * blockSize] !== pending
  }

  /** Takes in finished blocks; what is in `index` is possible, what is not is impossible. */
  add({ blocks, index, metrics }: { blocks: Int32Array; index: Int32Array; metrics: Float32Array }): void {
    const each = this.parts.length * width
    for (const block of blocks) {
      if (this.hasBlock(block)) continue
      const to = Math.min(this.plan.total, (block + 1) * blockSize)
      for (let i = block * blockSize; i < to; i++) {
        this.state[i] = impossible
        this.impossible++
        this.done++
      }
    }
    for (let k = 0; k < index.length; k++) {
      if (this.state[index[k]] === computed) continue
      this.state[index[k]] = computed
      this.impossible--
      this.metrics.set(metrics.subarray(k * each, (k + 1) * each), index[k] * each)
    }
  }

  /** A function that reads one metric of one part by combination; NaN where there is none. */
  reader(metric: SweepMetric, part: Part): (index: number) => number {
    const { metrics, parts } = this
    const each = parts.length * width
    const at = Math.max(0, parts.indexOf(part)) * width + sweepMetrics.indexOf(metric)
    return (index) => metrics[index * each + at]
  }

  /** All metrics of a combination by part. */
  of(index: number): Partial<Record<Part, Record<SweepMetric, number>>> {
    return Object.fromEntries(
      this.parts.map((part) => [
        part,
        Object.fromEntries(sweepMetrics.map((metric) => [metric, this.reader(metric, part)(index)])),
      ]),
    )
  }
}
