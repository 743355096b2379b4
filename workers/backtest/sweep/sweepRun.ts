import { Random } from '../../quant/random.ts'
import type { FamilyKeep } from '../keep/familyKeep.ts'
import type { KeptSweep, SweepPart, TrialStore } from '../keep/trialStore.ts'
import type { Part } from '../api.ts'
import type { Device } from '../gpu/gpuTask.ts'
import type { SweepSpec, SweepState, SweepStatus } from './contract.ts'
import type { SweepPlan } from './plan.ts'
import { SweepPool } from './pool.ts'
import type { Blocks, PoolHooks, PoolWorker } from './pool.ts'
import { SweepResults } from './results.ts'
import type { TaskResult, TaskSetup } from './task.ts'

/** What a worker gets at a time should take about so many seconds: short enough to pause and to show progress. */
const handSeconds = 0.15
const mostBlocksAtOnce = 8192
/** Below this the CPU is done before a GPU has been measured. */
const fewestForGpu = 5000
/** Milliseconds between two writes, and between two messages to the page. */
const writeEvery = 1000
const tellEvery = 100
/** Seconds over which the speed is measured. */
const speedOver = 3
/** Memory for daily returns. */
const seriesBytes = 64 * 1024 * 1024
/** Series that are kept for good, and at most go into the probability of backtest overfitting. */
export const mostStrategies = 500

export interface SweepParts {
  id: string
  spec: SweepSpec
  plan: SweepPlan
  parts: Part[]
  contents: string
  /** Without `seriesEvery`, which is set here. */
  setup: Omit<TaskSetup, 'seriesEvery'>
  workers: number
  shared: boolean
  create: () => PoolWorker
  keep: FamilyKeep
  store: TrialStore
  tell: (status: SweepStatus) => void
}

/** One sweep: hands blocks to the pool, gathers what comes back, writes it down and tells of it. */
export class SweepRun {
  readonly results: SweepResults
  /** Daily returns by combination. */
  readonly series = new Map<number, Float32Array>()
  state: SweepState = 'paused'
  private message = ''
  private device: Device = { device: 'cpu', note: '' }
  private pool: SweepPool | null = null
  private replaced = 0
  /** Blocks in the order in which they are done: scattered, so that the map fills everywhere at once. */
  private readonly order: Int32Array
  private cursor = 0
  private readonly lost: Blocks[] = []
  private readonly speeds: { at: number; done: number }[] = []
  private unwritten: TaskResult[] = []
  private writeTimer: ReturnType<typeof setTimeout> | undefined
  private tellTimer: ReturnType<typeof setTimeout> | undefined
  private readonly seriesEvery: number
  private readonly strategiesEvery: number

  constructor(private readonly given: SweepParts) {
    this.results = new SweepResults(given.plan, given.parts)
    this.order = new Random(1).shuffle(Int32Array.from({ length: this.results.blocks }, (_, i) => i))
    const { range } = given.setup.windows[0]
    const bytes = given.plan.total * (range.last - range.first) * 4
    this.seriesEvery = Math.max(1, Math.ceil(bytes / seriesBytes))
    this.strategiesEvery = Math.max(1, Math.ceil(given.plan.total / mostStrategies / this.seriesEvery))
  }

  get id(): string {
    return this.given.id
  }

  get contents(): string {
    return this.given.contents
  }

  /** Day of the panel on which it begins. */
  get firstDay(): number {
    return this.given.setup.windows[0].range.first
  }

  /** Takes in what an earlier visit has computed. */
  restore(parts: SweepPart[]): void {
    for (const part of parts) {
      this.results.add(part)
      this.keepSeries(part)
    }
    if (this.results.done === this.given.plan.total) this.state = 'done'
  }

  /** Starts, or goes on. */
  start(): void {
    if (this.state === 'running' || this.state === 'done') return
    this.state = 'running'
    this.speeds.length = 0
    if (this.pool === null) this.openPool()
    else this.pool.wake()
    this.tellSoon()
  }

  /** What is under way is finished, and nothing else begun. */
  pause(): void {
    if (this.state !== 'running') return
    this.state = 'paused'
    void this.write()
    this.tellSoon()
  }

  /** Frees the workers at once. */
  async close(state: 'cancelled' | 'paused'): Promise<void> {
    this.closePool()
    if (this.state === 'running' || this.state === 'paused') this.state = state
    this.tell()
    await this.write()
  }

  status(): SweepStatus {
    const { results, given, speeds, state } = this
    const first = speeds[0]
    const last = speeds[speeds.length - 1]
    const perSecond =
      state === 'running' && speeds.length > 1 ? (1000 * (last.done - first.done)) / (last.at - first.at) : 0
    return {
      id: given.id,
      spec: given.spec,
      state,
      total: given.plan.total,
      done: results.done,
      impossible: results.impossible,
      perSecond,
      secondsLeft: perSecond > 0 ? (given.plan.total - results.done) / perSecond : NaN,
      workers: this.pool?.workers ?? 0,
      shared: given.shared,
      device: this.device.device,
      deviceNote: this.device.note,
      replaced: this.replaced + (this.pool?.replaced ?? 0),
      seriesKept: this.series.size,
      message: this.message,
    }
  }

  /** At most `mostStrategies` series, spread over all of them: [days × count] row-major. */
  strategies(): { matrix: Float32Array; days: number; count: number } {
    const all = [...this.series.keys()].sort((a, b) => a - b)
    const step = Math.max(1, Math.ceil(all.length / mostStrategies))
    const chosen = all.filter((_, i) => i % step === 0).map((index) => this.series.get(index)!)
    const days = chosen[0]?.length ?? 0
    const matrix = new Float32Array(days * chosen.length)
    chosen.forEach((one, s) => {
      for (let day = 0; day < days; day++) matrix[day * chosen.length + s] = one[day]
    })
    return { matrix, days, count: chosen.length }
  }

  private openPool(): void {
    const { given } = this
    const setup = { ...given.setup, seriesEvery: this.seriesEvery }
    const hooks: PoolHooks = {
      next: (speed) => this.next(speed),
      done: (result) => this.take(result),
      lost: (blocks) => {
        this.lost.push(blocks)
      },
      failed: (message) => {
        this.message = message
        this.state = 'failed'
        this.closePool()
        this.tell()
      },
      device: (device) => {
        this.device = device
        this.tellSoon()
      },
    }
    const manyLeft = given.plan.total - this.results.done >= fewestForGpu
    this.pool = new SweepPool(given.workers, given.create, setup, hooks, manyLeft)
  }

  private closePool(): void {
    this.replaced += this.pool?.replaced ?? 0
    this.pool?.close()
    this.pool = null
    this.cursor = 0
    this.lost.length = 0
  }

  private next(speed: number): Blocks | null {
    if (this.state !== 'running') return null
    const again = this.lost.pop()
    if (again !== undefined) {
      return again
    }
    const wanted = Math.min(mostBlocksAtOnce, Math.max(1, Math.round(speed * handSeconds)))
    const blocks: number[] = []
    while (blocks.length < wanted && this.cursor < this.order.length) {
      const block = this.order[this.cursor++]
      if (!this.results.hasBlock(block)) blocks.push(block)
    }
    if (blocks.length === 0) return null
    return { blocks: Int32Array.from(blocks), window: 0 }
  }

  private take(result: TaskResult): void {
    if (result.note !== undefined) this.device = { device: 'cpu', note: result.note }
    this.results.add(result)
    this.keepSeries(result)
    this.given.keep.addMany(result.ids, result.sharpes, result)
    this.unwritten.push(result)
    const at = performance.now()
    this.speeds.push({ at, done: this.results.done })
    while (this.speeds.length > 2 && at - this.speeds[0].at > 1000 * speedOver) this.speeds.shift()
    if (this.results.done === this.given.plan.total) {
      this.state = 'done'
      this.closePool()
      void this.write()
      this.tell()
      return
    }
    this.writeTimer ??= setTimeout(() => void this.write(), writeEvery)
    this.tellSoon()
  }

  private keepSeries({ seriesOf, series }: Pick<TaskResult, 'seriesOf' | 'series'>): void {
    const days = series.length / Math.max(1, seriesOf.length)
    seriesOf.forEach((index, k) => this.series.set(index, series.slice(k * days, (k + 1) * days)))
  }

  /** Writes what has come in since the last time, with the trials of the family, in one transaction. */
  private async write(): Promise<void> {
    clearTimeout(this.writeTimer)
    this.writeTimer = undefined
    if (this.unwritten.length === 0) return
    const { given, results } = this
    const part = joined(this.unwritten, this.seriesEvery * this.strategiesEvery)
    this.unwritten = []
    const sweep: KeptSweep = {
      id: given.id,
      spec: given.spec,
      contents: given.contents,
      total: given.plan.total,
      done: results.done,
      savedAt: Date.now(),
    }
    try {
      await given.store.addToSweep(sweep, part, given.keep.takePending())
    } catch {
      this.message = 'The browser has no room left: this sweep will not outlive the visit.'
      this.tellSoon()
    }
  }

  private tellSoon(): void {
    this.tellTimer ??= setTimeout(() => this.tell(), tellEvery)
  }

  private tell(): void {
    clearTimeout(this.tellTimer)
    this.tellTimer = undefined
    this.given.tell(this.status())
  }
}

/** Results as one record; of the daily returns only those of every so many-th combination are written. */
function joined(results: TaskResult[], everySeries: number): SweepPart {
  const sum = (length: (result: TaskResult) => number) => results.reduce((all, one) => all + length(one), 0)
  const blocks = new Int32Array(sum((one) => one.blocks.length))
  const index = new Int32Array(sum((one) => one.index.length))
  const metrics = new Float32Array(sum((one) => one.metrics.length))
  const seriesOf: number[] = []
  const series: Float32Array[] = []
  let [blockAt, indexAt, metricAt] = [0, 0, 0]
  for (const one of results) {
    blocks.set(one.blocks, blockAt)
    index.set(one.index, indexAt)
    metrics.set(one.metrics, metricAt)
    blockAt += one.blocks.length
    indexAt += one.index.length
    metricAt += one.metrics.length
    const days = one.series.length / Math.max(1, one.seriesOf.length)
    one.seriesOf.forEach((combination, k) => {
      if (combination % everySeries !== 0) return
      seriesOf.push(combination)
      series.push(one.series.subarray(k * days, (k + 1) * days))
    })
  }
  const days = series[0]?.length ?? 0
  const flat = new Float32Array(days * series.length)
  series.forEach((one, k) => flat.set(one, k * days))
  return {
    blocks,
    index,
    metrics,
    seriesOf: Int32Array.from(seriesOf),
    series: flat,
  }
}
