import * as tf from '@tensorflow/tfjs'
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { registerWasmKernels, unregisterWasmKernels } from '../../workers/hrm/kernels/wasm/register.ts'
import { createModel, disposeCarry, type Batch, type HrmConfig } from '../../workers/hrm/model/index.ts'
import { Optimiser } from '../../workers/hrm/optimisers/optimiser.ts'
import { Random } from '../../workers/quant/random.ts'
import { benchHrmKernels } from './hrmKernels.ts'
import { benchHrmRows } from './hrmRows.ts'

const common: Partial<HrmConfig> = {
  ...{ heads: 4, hLayers: 2, lLayers: 2, hCycles: 2, lCycles: 2, vocabulary: 11, expansion: 4 },
  haltMaxSteps: 8,
}
/** Those that PyTorch was measured with: milliseconds of its step on one thread of a server's core, float32. */
const sizes: Record<string, { config: Partial<HrmConfig>; pyTorch: Record<string, number> }> = {
  S: {
    config: { ...common, hiddenSize: 64, sequenceLength: 33 },
    pyTorch: { 'training step with target-Q': 150, 'training step without target-Q': 98.6 },
  },
  M: {
    config: { ...common, hiddenSize: 128, sequenceLength: 64 },
    pyTorch: { 'training step with target-Q': 865.2, 'training step without target-Q': 492.6 },
  },
}
/** So many times PyTorch's may a step take. */
const allowed = 3.5
const rows = 32
const warmUp = 2
/** Steps that are timed, of which the fastest counts, because other processes only ever add; fewer if they take long. */
const timed = { most: 10, least: 3, milliseconds: 5000 }

/**
 * Each operation of HRM apart; then one training step on one core (a segment forward, loss, backward, AdamW) with and
 * without the segment for the target of q_continue, and a segment forward alone; composed of tfjs's operations, and
 * with our kernels; and where the time goes; then rows scored. Milliseconds, the best of up
 * to ten, one JSON line per figure.
 *
 * @param wasmFolder where tfjs's .wasm files are
 */
export async function benchHrm(wasmFolder: string): Promise<void> {
  setWasmPaths(wasmFolder)
  // An isolated page would get tfjs's threads, whose memory our kernels cannot take.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  await tf.setBackend('wasm')
  benchHrmKernels()
  for (const size of Object.keys(sizes)) {
    unregisterWasmKernels()
    await benchSize(size, 'composed')
    registerWasmKernels()
    await benchSize(size, 'our kernels')
  }
  await benchHrmRows()
}

/**
 * The same steps by tfjs's threaded build, composed, because the memory it shares is out of our kernels' reach. Needs
 * an isolated page that has not started the backend yet.
 */
export async function benchHrmThreads(wasmFolder: string): Promise<void> {
  setWasmPaths(wasmFolder)
  // What it makes of that is in the name of the figure.
  setThreadsCount(navigator.hardwareConcurrency)
  await tf.setBackend('wasm')
  for (const size of Object.keys(sizes)) await benchSize(size, `composed, ${getThreadsCount()} threads`)
}

async function benchSize(size: string, how: string): Promise<void> {
  const { config, pyTorch } = sizes[size]
  const model = createModel(config, undefined, new Random(1))
  const settings = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, epsilon: 1e-8 }
  const optimiser = new Optimiser(model, { kind: 'adamw', ...settings })
  const batch = randomBatch(model.config)
  let carry = model.initialCarry(rows)
  const train = async (training: boolean) => {
    const { carry: next, gradients } = await model.lossAndGradients(carry, batch, { training })
    optimiser.apply(gradients, 1e-4, 1 / rows)
    tf.dispose(gradients)
    disposeCarry(carry)
    carry = next
  }
  const forward = async () => {
    const { carry: next, outputs } = await model.segment(carry, batch, { training: false })
    tf.dispose([outputs.logits, outputs.qHalt, outputs.qContinue, outputs.heads])
    disposeCarry(next)
  }
  const steps: [string, () => Promise<void>][] = [
    ['training step with target-Q', () => train(true)],
    ['training step without target-Q', () => train(false)],
    ['segment forward', forward],
  ]
  for (const [name, step] of steps) {
    for (let i = 0; i < warmUp; i++) await step()
    const times = await timesOf(step)
    const median = round(times[times.length >> 1])
    const target = name in pyTorch ? { target: round(allowed * pyTorch[name]) } : {}
    print({ name: `HRM ${size}, ${name}, ${how}`, value: round(times[0]), unit: 'ms', median, ...target })
  }
  print({
    name: `HRM ${size}, operations of a training step with target-Q, ${how}`,
    ...(await operationsOf(() => train(true))),
  })
  disposeCarry(carry)
  optimiser.dispose()
  model.dispose()
}

/** Milliseconds of each step, the shortest first. */
async function timesOf(step: () => Promise<void>): Promise<number[]> {
  const times: number[] = []
  const begun = performance.now()
  const enough = () =>
    times.length === timed.most ||
    (times.length >= timed.least && performance.now() - begun > timed.milliseconds)
  while (!enough()) {
    const started = performance.now()
    await step()
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)
}

/** Milliseconds in each kernel of a step, the longest first, and what tfjs takes besides. */
async function operationsOf(step: () => Promise<void>) {
  const engine = tf.engine()
  const spent = new Map<string, { ms: number; calls: number }>()
  const runKernel = engine.runKernel.bind(engine)
  engine.runKernel = ((...call: Parameters<typeof runKernel>) => {
    const started = performance.now()
    const result = runKernel(...call)
    const sum = spent.get(call[0]) ?? { ms: 0, calls: 0 }
    spent.set(call[0], { ms: sum.ms + performance.now() - started, calls: sum.calls + 1 })
    return result
  }) as typeof engine.runKernel
  const started = performance.now()
  await step()
  const value = performance.now() - started
  engine.runKernel = runKernel
  const longest = [...spent].sort(([, a], [, b]) => b.ms - a.ms).slice(0, 16)
  const operations = longest.map(([kernel, { ms, calls }]) => [kernel, round(ms), calls])
  const outside = value - [...spent.values()].reduce((sum, { ms }) => sum + ms, 0)
  return { value: round(value), unit: 'ms', outside: round(outside), operations }
}

function randomBatch({ sequenceLength, vocabulary }: HrmConfig): Batch {
  const random = new Random(2)
  const tokens = () => Int32Array.from({ length: rows * sequenceLength }, () => random.below(vocabulary))
  return { rows, inputs: tokens(), labels: tokens() }
}

function print(figure: Record<string, unknown>): void {
  console.log(JSON.stringify(figure))
}

const round = (value: number) => Number(value.toPrecision(4))
