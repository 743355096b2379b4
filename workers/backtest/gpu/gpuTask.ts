import { resamplerOf } from '../calendarDraws.ts'
import { sweepMetrics } from '../sweep/contract.ts'
import type { SweepTask, TaskResult, TaskSetup } from '../sweep/task.ts'
import { chargeTablesOf } from './chargeTables.ts'
import { GpuSweep } from './gpuSweep.ts'
import { ruleSweepOf } from './ruleSweep.ts'
import { ruleTablesOf } from './ruleTables.ts'

/** The GPU has to beat one core by this much before its smaller precision is worth it. */
const worthIt = 1.5

const thousands = (perSecond: number) => Math.round(perSecond).toLocaleString('en-US')

/** What a task is computed on, and why, in one sentence. */
export interface Device {
  device: 'cpu' | 'gpu'
  note: string
}

/**
 * The blocks of a task on a GPU: same combinations, same numbers of trials, figures in single precision. Only where
 * the kernel knows the rules, and where a short measurement finds it faster than this core.
 */
export class GpuTask {
  private constructor(
    private readonly gpu: GpuSweep,
    private readonly task: SweepTask,
    private readonly setup: TaskSetup,
  ) {}

  /** Null where the CPU computes; the sentence says why. */
  static async open(setup: TaskSetup, task: SweepTask): Promise<{ task: GpuTask | null; note: string }> {
    const { market, spec, windows } = setup
    const sweep = ruleSweepOf(market.panel, spec.request, task.plan.axes)
    if (typeof sweep === 'string') return { task: null, note: '' }
    const tables = ruleTablesOf(market.panel, sweep)
    const charge = chargeTablesOf(tables, resamplerOf(market.calendar), windows[0].range.first + 1)
    const gpu = await GpuSweep.open(tables, charge)
    if (typeof gpu === 'string') return { task: null, note: gpu }
    if (gpu.isSoftware) {
      gpu.destroy()
      return { task: null, note: `The GPU here (${gpu.adapter}) is made of software, which the CPU beats.` }
    }
    try {
      const onGpu = await gpu.measure()
      const onCpu = task.measure()
      const compared = `${thousands(onGpu)} a second on the GPU (${gpu.adapter}), ${thousands(onCpu)} on one core.`
      if (onGpu > worthIt * onCpu) return { task: new GpuTask(gpu, task, setup), note: compared }
      gpu.destroy()
      return { task: null, note: compared }
    } catch (cause) {
      gpu.destroy()
      return { task: null, note: `The GPU failed when it was measured (${messageOf(cause)}).` }
    }
  }

  /** @throws when the GPU fails or is lost; the caller then computes the blocks on the CPU */
  async run(blocks: Int32Array): Promise<TaskResult> {
    const started = performance.now()
    const { task, gpu, setup } = this
    const index = task.possibleOf(blocks)
    const count = index.length
    const axes = task.plan.axes.length
    const picks = new Uint32Array(axes * count)
    for (let i = 0; i < count; i++) {
      const digits = task.plan.digitsOf(index[i])
      for (let a = 0; a < axes; a++) picks[a * count + i] = digits[a]
    }
    const columns = await gpu.run(picks, count)
    const maxima = await gpu.trialMaxima()
    const width = columns.parts.length * sweepMetrics.length
    const metrics = new Float32Array(count * width)
    columns.parts.forEach((part, p) => {
      sweepMetrics.forEach((metric, m) => {
        const column = part[metric]
        for (let i = 0; i < count; i++) metrics[i * width + p * sweepMetrics.length + m] = column[i]
      })
    })
    const seriesOf =
      setup.seriesEvery > 0 ? index.filter((i) => i % setup.seriesEvery === 0) : index.slice(0, 0)
    return {
      blocks,
      window: 0,
      index,
      metrics,
      ids: Float64Array.from(index, (i) => task.idOf(i, 0)),
      sharpes: columns.sharpe.slice(),
      ...maxima,
      seriesOf,
      series: task.seriesOf(seriesOf),
      milliseconds: performance.now() - started,
    }
  }

  close(): void {
    this.gpu.destroy()
  }
}

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
