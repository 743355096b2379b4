import { Random } from '../../quant/random.ts'
import type { Maxima } from '../resampling/maxima.ts'
import type { SweepMetric } from '../sweep/contract.ts'
import { chargeKernel, judgeKernel, tile } from './charge.wgsl.ts'
import type { ChargeTables } from './chargeTables.ts'
import { rules } from './ruleSweep.ts'
import { group, partWords, ruleSweepKernel, word, words } from './ruleSweep.wgsl.ts'
import type { RuleTables } from './ruleTables.ts'

/** More combinations than these are not taken in one batch. */
export const largestBatch = 131_072
/** Most combinations of a dispatch: enough to fill any GPU. With charging their returns are kept meanwhile. */
const mostPerDispatch = { plain: 65_536, charging: 32_768 }
/** Combinations of a dispatch before it was measured: few enough for an adapter made of software. */
const firstDispatch = { plain: 1024, charging: tile }
/** Seconds that a dispatch may take: a GPU that is busy for longer holds up the picture, or is taken away. */
const longestDispatch = 0.05
/** Seconds of measuring. */
const measuringTime = 0.15
/** Flags of the WebGPU specification, whose types the language's own library leaves out. */
const usage = { read: 0x1, copyFrom: 0x4, copyTo: 0x8, uniform: 0x40, storage: 0x80 }
const mapForReading = 0x1
/** Seconds of the first run from which on a GPU is slow. */
const slowStart = 1
/** Memory asked for at most, in one buffer. */
const mostBytes = 1024 * 1024 * 1024

/** Results of a batch; every array has one value per combination, in their order. */
export interface SweepColumns {
  /** Without a split one, else in sample and out of sample. NaN where undefined. */
  parts: Record<SweepMetric, Float32Array>[]
  /** Tells whether two runs made the same trades; see the kernel. */
  tradesHash: Uint32Array
  /** Of the daily returns of the whole run, per day. */
  sharpe: Float32Array
  /** Mean of the daily excess returns after beta. */
  mean: Float32Array
  /** Of the trial; NaN where its returns do not vary, or without charging. */
  t: Float32Array
}

const metricWords: SweepMetric[] = ['totalReturn', 'sharpe', 'maxDrawdown', 'alpha', 'trades', 'winRate']

interface ChargeBuffers {
  stride: number
  excess: GPUBuffer
  charged: GPUBuffer
  means: GPUBuffer
}

/**
 * One sweep on a GPU device of its own. Batches may be asked for before earlier ones are finished; they are computed
 * in order. Losing the device, or asking it for too much, rejects what is under way and everything after it: the
 * caller then goes on with the CPU.
 */
export class GpuSweep {
  /** For people: what computes. */
  readonly adapter: string
  /** The adapter is made of software, which the CPU beats by far: it need not be measured. */
  readonly isSoftware: boolean
  private readonly device: GPUDevice
  private readonly tables: RuleTables
  private readonly charge: ChargeTables | null
  private readonly simulate: GPUComputePipeline
  private readonly resample: GPUComputePipeline | null
  private readonly judge: GPUComputePipeline | null
  private readonly takeMaxima: GPUComputePipeline | null
  private readonly market: GPUBuffer
  private readonly batch: GPUBuffer
  private readonly bars: GPUBuffer
  private readonly more: GPUBuffer
  private readonly columns: GPUBuffer
  private readonly slots: GPUBuffer
  private readonly charging: GPUBuffer
  private readonly weights: GPUBuffer
  private readonly draws: GPUBuffer
  private readonly maxima: GPUBuffer
  private buffers: ChargeBuffers
  private perDispatch: number
  private lost: string | null = null

  /**
   * @param charge null: nothing is charged, and t is NaN
   * @returns the sentence that says why there is no GPU for it, else the sweep
   */
  static async open(
    tables: RuleTables,
    charge: ChargeTables | null,
    gpu: GPU | undefined = navigator.gpu,
  ): Promise<GpuSweep | string> {
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
    if (!adapter) return 'This browser has no GPU to compute on.'
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits
    try {
      const device = await adapter.requestDevice({
        requiredLimits: {
          maxBufferSize: Math.min(maxBufferSize, mostBytes),
          maxStorageBufferBindingSize: Math.min(maxStorageBufferBindingSize, mostBytes),
        },
      })
      const pipelines = await pipelinesOf(device, tables, charge !== null)
      const { info } = adapter
      return await checked(device, () => new GpuSweep(device, info, tables, charge, pipelines))
    } catch (cause) {
      return `The GPU could not be used (${cause instanceof Error ? cause.message : String(cause)}).`
    }
  }

  private constructor(
    device: GPUDevice,
    info: GPUAdapterInfo,
    tables: RuleTables,
    charge: ChargeTables | null,
    pipelines: Awaited<ReturnType<typeof pipelinesOf>>,
  ) {
    this.device = device
    this.adapter = nameOf(info)
    this.isSoftware = info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(this.adapter)
    this.tables = tables
    this.charge = charge
    this.simulate = pipelines.simulate
    this.resample = pipelines.resample
    this.judge = pipelines.judge
    this.takeMaxima = pipelines.takeMaxima
    void device.lost.then(({ message }) => (this.lost = message || 'it was lost'))

    const storage = usage.storage | usage.copyTo
    const uniform = usage.uniform | usage.copyTo
    const filled = (data: ArrayBuffer | ArrayBufferView<ArrayBuffer>, uses: number) => {
      const buffer = device.createBuffer({ size: Math.max(16, data.byteLength), usage: uses })
      device.queue.writeBuffer(buffer, 0, data)
      return buffer
    }
    this.market = filled(tables.market, uniform)
    this.bars = filled(tables.bars, storage)
    this.more = filled(tables.more, storage)
    this.columns = filled(tables.columns, storage)
    this.slots = filled(tables.slots, storage)
    this.batch = device.createBuffer({ size: 16, usage: uniform })
    this.charging = device.createBuffer({ size: 32, usage: uniform })
    this.weights = filled(charge?.weights ?? new Float32Array(4), storage)
    this.draws = filled(charge?.draws ?? new Float32Array(4), storage)
    const none = new Int32Array(2 * (charge?.resamples ?? 2)).fill(-0x80000000)
    this.maxima = filled(none, storage | usage.copyFrom)
    this.perDispatch = charge === null ? firstDispatch.plain : firstDispatch.charging
    this.buffers = this.chargeBuffers(charge === null ? 0 : tile)
  }

  /**
   * Runs combinations, and charges each as a trial.
   *
   * @param picks [axes × count] index of the value of every axis, axis by axis; combinations that break a rule between
   *   parameters are for the caller to leave out
   * @throws RangeError for too large a batch; Error when the GPU failed or was lost
   */
  async run(picks: Uint32Array<ArrayBuffer>, count: number): Promise<SweepColumns> {
    const { device, tables } = this
    if (count > largestBatch) throw new RangeError(`At most ${largestBatch} combinations make a batch.`)
    if (picks.length !== tables.axes * count)
      throw new RangeError(`${count} combinations of ${tables.axes} axes need as many values.`)
    if (this.lost !== null) throw new Error(`The GPU is gone: ${this.lost}.`)
    const bytes = 4 * words * count
    const results = await checked(device, () => this.submit(picks, count, bytes))
    try {
      await results.mapAsync(mapForReading)
      return columnsOf(results.getMappedRange().slice(0), count, tables.parts.length)
    } finally {
      results.destroy()
    }
  }

  /** [resamples] each: what every combination that was run adds to the maxima of the family. */
  async trialMaxima(): Promise<Pick<Maxima, 'studentised' | 'plain'>> {
    const resamples = this.charge?.resamples ?? 0
    const codes = Int16Array.from(new Int32Array(await this.read(this.maxima)), (code) =>
      Math.max(-32_768, Math.min(32_767, code)),
    )
    return { studentised: codes.slice(0, resamples), plain: codes.slice(resamples, 2 * resamples) }
  }

  /**
   * Combinations a second, results fetched: measured in about a sixth of a second on a GPU, with combinations drawn at
   * random, of which none is charged. Learns how many make a good dispatch.
   */
  async measure(): Promise<number> {
    const size = this.maxima.size
    const kept = this.device.createBuffer({ size, usage: usage.copyFrom | usage.copyTo })
    this.copy(this.maxima, kept)
    const most = this.mostPerDispatch()
    let count = Math.min(most, this.perDispatch)
    // The first run warms the GPU up; where it is slow, it is measurement enough.
    let seconds = await this.timed(count)
    if (seconds < slowStart) seconds = await this.timed(count)
    let spent = seconds
    // The next dispatch takes twice as long at most.
    while (count < most && 2 * seconds < longestDispatch && 3 * spent < measuringTime) {
      count = Math.min(most, 2 * count)
      this.perDispatch = count
      seconds = await this.timed(count)
      spent += seconds
    }
    this.copy(kept, this.maxima)
    kept.destroy()
    return count / seconds
  }

  destroy(): void {
    this.device.destroy()
  }

  private async timed(count: number): Promise<number> {
    const { axisLengths } = this.tables
    const random = new Random(count)
    const picks = new Uint32Array(axisLengths.length * count)
    axisLengths.forEach((length, axis) => {
      for (let i = 0; i < count; i++) picks[axis * count + i] = random.below(length)
    })
    const started = performance.now()
    await this.run(picks, count)
    return (performance.now() - started) / 1000
  }

  private mostPerDispatch(): number {
    const { charge, tables, device } = this
    if (charge === null) return mostPerDispatch.plain
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits
    const fitting =
      Math.min(maxBufferSize, maxStorageBufferBindingSize) / (4 * Math.max(tables.days, charge.rows))
    return Math.max(tile, Math.min(mostPerDispatch.charging, Math.floor(fitting / tile) * tile))
  }

  /** Room for the returns of a dispatch; without charging the bindings still want a buffer. */
  private chargeBuffers(stride: number): ChargeBuffers {
    const { device, charge, tables } = this
    const storage = (size: number) => device.createBuffer({ size: Math.max(16, size), usage: usage.storage })
    return {
      stride,
      excess: storage(4 * (tables.days - 1) * stride),
      charged: storage(16 * stride),
      means: storage(4 * (charge?.rows ?? 0) * stride),
    }
  }

  /** Queues the whole batch and returns the buffer that its results will be in. */
  private submit(picks: Uint32Array<ArrayBuffer>, count: number, bytes: number): GPUBuffer {
    const { device, charge, tables } = this
    const { queue } = device
    const per = this.perDispatch
    if (charge !== null && this.buffers.stride < Math.min(per, padded(count))) {
      const { excess, charged, means } = this.buffers
      this.buffers = this.chargeBuffers(Math.min(per, padded(count)))
      for (const buffer of [excess, charged, means]) buffer.destroy()
    }
    const { stride, excess, charged, means } = this.buffers
    const pickBuffer = device.createBuffer({
      size: Math.max(16, picks.byteLength),
      usage: usage.storage | usage.copyTo,
    })
    const out = device.createBuffer({ size: bytes, usage: usage.storage | usage.copyFrom })
    const results = device.createBuffer({ size: bytes, usage: usage.read | usage.copyTo })
    queue.writeBuffer(pickBuffer, 0, picks)

    const bind = (pipeline: GPUComputePipeline, buffers: Record<number, GPUBuffer>) =>
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: Object.entries(buffers).map(([binding, buffer]) => ({
          binding: Number(binding),
          resource: { buffer },
        })),
      })
    const simulateBindings = bind(this.simulate, {
      ...{ 0: this.market, 1: this.batch, 2: this.bars, 3: this.more, 4: this.columns },
      ...{ 5: this.slots, 6: pickBuffer, 7: out, 8: excess, 9: charged },
    })
    const chargeSteps =
      charge === null
        ? []
        : (
            [
              [
                this.resample,
                { 0: this.charging, 1: this.weights, 2: this.draws, 3: excess, 4: charged, 5: means },
              ],
              [this.judge, { 0: this.charging, 4: charged, 5: means, 6: out }],
              [this.takeMaxima, { 0: this.charging, 4: charged, 5: means, 7: this.maxima }],
            ] as [GPUComputePipeline, Record<number, GPUBuffer>][]
          ).map(([pipeline, buffers]) => ({ pipeline, bindings: bind(pipeline, buffers) }))

    for (let first = 0; first < count; first += per) {
      const size = Math.min(per, count - first)
      queue.writeBuffer(this.batch, 0, Uint32Array.of(count, first, size, stride))
      const commands = device.createCommandEncoder()
      const pass = commands.beginComputePass()
      pass.setPipeline(this.simulate)
      pass.setBindGroup(0, simulateBindings)
      pass.dispatchWorkgroups(Math.ceil(size / group))
      if (charge !== null) {
        const { resamples, rows, hopeless } = charge
        const uniform = new Uint32Array(8)
        uniform.set([tables.days - 1, resamples, rows, stride, size, first, count])
        new Float32Array(uniform.buffer)[7] = hopeless
        queue.writeBuffer(this.charging, 0, uniform)
        const extents: [number, number][] = [
          [padded(size) / tile, rows / tile],
          [Math.ceil(size / 64), 1],
          [resamples, 1],
        ]
        chargeSteps.forEach(({ pipeline, bindings }, i) => {
          pass.setPipeline(pipeline)
          pass.setBindGroup(0, bindings)
          pass.dispatchWorkgroups(...extents[i])
        })
      }
      pass.end()
      queue.submit([commands.finish()])
    }
    this.copy(out, results)
    pickBuffer.destroy()
    out.destroy()
    return results
  }

  private copy(from: GPUBuffer, to: GPUBuffer): void {
    const commands = this.device.createCommandEncoder()
    commands.copyBufferToBuffer(from, 0, to, 0, from.size)
    this.device.queue.submit([commands.finish()])
  }

  private async read(buffer: GPUBuffer): Promise<ArrayBuffer> {
    const readable = this.device.createBuffer({
      size: buffer.size,
      usage: usage.read | usage.copyTo,
    })
    this.copy(buffer, readable)
    await readable.mapAsync(mapForReading)
    const bytes = readable.getMappedRange().slice(0)
    readable.destroy()
    return bytes
  }
}

const padded = (count: number) => Math.ceil(count / tile) * tile

async function pipelinesOf(device: GPUDevice, { rule }: RuleTables, charging: boolean) {
  const compiled = (code: string, entryPoint: string, constants: Record<string, number> = {}) =>
    device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code }), entryPoint, constants },
    })
  const simulate = compiled(ruleSweepKernel, 'simulate', {
    rule: rules.indexOf(rule),
    charging: Number(charging),
  })
  if (!charging) return { simulate: await simulate, resample: null, judge: null, takeMaxima: null }
  const steps = [
    simulate,
    compiled(chargeKernel, 'resample'),
    compiled(judgeKernel, 'judge'),
    compiled(judgeKernel, 'takeMaxima'),
  ]
  const [first, resample, judge, takeMaxima] = await Promise.all(steps)
  return { simulate: first, resample, judge, takeMaxima }
}

/** What `make` gives, or its error: those of a GPU are told apart from the calls that caused them. */
async function checked<T>(device: GPUDevice, make: () => T): Promise<T> {
  const kinds: GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal']
  for (const kind of kinds) device.pushErrorScope(kind)
  const made = make()
  // Popped before anything is awaited, so that scopes of calls that overlap do not mix.
  const errors = kinds.map(() => device.popErrorScope())
  for (const error of await Promise.all(errors)) if (error !== null) throw new Error(error.message)
  return made
}

function nameOf({ vendor, architecture, description }: GPUAdapterInfo): string {
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'a GPU'
}

/** The words of a batch, by what they are. */
function columnsOf(bytes: ArrayBuffer, count: number, parts: number): SweepColumns {
  const real = new Float32Array(bytes)
  const whole = new Uint32Array(bytes)
  const column = (index: number) => real.subarray(index * count, (index + 1) * count)
  return {
    parts: Array.from({ length: parts }, (_, part) => {
      const columns = metricWords.map((metric, i) => {
        const at = part * partWords + i
        const values =
          metric === 'trades' ? Float32Array.from(whole.subarray(at * count, (at + 1) * count)) : column(at)
        return [metric, values] as const
      })
      return Object.fromEntries(columns) as Record<SweepMetric, Float32Array>
    }),
    tradesHash: whole.subarray(word.hash * count, (word.hash + 1) * count),
    sharpe: column(word.sharpe),
    mean: column(word.mean),
    t: column(word.t),
  }
}
