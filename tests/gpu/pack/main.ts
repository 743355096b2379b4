/**
 * What the folder of `npm run pack:gpu` runs: names the GPU, checks our kernels on it, and measures a training step
 * before and after each. One JSON line per finding; exit code 1 if a check fails. See `run.sh` for its options.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs'
import { findAdapter } from '../../../workers/hrm/backend/adapter.ts'
import { registerWasmKernels } from '../../../workers/hrm/kernels/wasm/register.ts'
import { outcomeOf } from '../check.ts'
import type { Check } from '../check.ts'
import { ownChecks, referenceChecks } from '../checks.ts'
import type { ReadReference } from '../reference.ts'
import { offerGpu } from './dawn.ts'
import { kernelSets, useKernels } from './kernelSets.ts'
import { modes, sizes, timeStep, tiny } from './stepBench.ts'
import type { Pace, Size } from './stepBench.ts'

const folder = import.meta.dirname
const given = new Set(process.argv.slice(2))
const pace: Pace = given.has('--tiny') ? { warmUp: 1, steps: 1 } : { warmUp: 3, steps: 20 }

function print(line: Record<string, unknown>): void {
  console.log(JSON.stringify(line))
}

const read: ReadReference = <T>(path: string) =>
  Promise.resolve(JSON.parse(readFileSync(join(folder, 'parity', path), 'utf8')) as T)

async function check(): Promise<boolean> {
  const checks: Check[] = Object.values(ownChecks).flat()
  if (existsSync(join(folder, 'parity')))
    checks.push(...Object.values(referenceChecks).flatMap((checksOf) => checksOf(read)))
  else print({ skipped: 'parity: its numbers were not there when the folder was packed' })
  let failures = 0
  for (const each of checks) {
    const { name, failure } = await outcomeOf(each)
    print({ check: name, ok: failure === null, ...(failure === null ? {} : { failure }) })
    if (failure !== null) failures++
  }
  print({ checks: checks.length, failures })
  return failures === 0
}

async function measure(size: Size): Promise<void> {
  for (const mode of modes) {
    const figure = { step: mode, size: size.name, unit: 'ms' }
    await tf.setBackend('webgpu')
    for (const { name, kernels } of kernelSets) {
      useKernels(kernels)
      print({ ...figure, on: 'webgpu', kernels: name, ...(await timeStep(mode, size, pace)) })
    }
    await tf.setBackend('wasm')
    registerWasmKernels()
    print({ ...figure, on: 'wasm', kernels: 'all', ...(await timeStep(mode, size, pace)) })
  }
}

/** The same steps in PyTorch, eager, on the GPU that it finds; nothing where Python has no torch. */
function measureTorch(measured: Size[]): void {
  const settings = JSON.stringify({ modes, sizes: measured, ...pace })
  const { status, stdout, stderr } = spawnSync('python3', [join(folder, 'torchStep.py'), settings], {
    encoding: 'utf8',
  })
  if (status === 0) process.stdout.write(stdout)
  else print({ skipped: 'PyTorch', reason: (stderr || 'there is no python3').trim().split('\n').at(-1) })
}

offerGpu(join(folder, 'dawn.node'))
await import('@tensorflow/tfjs-backend-webgpu')
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
setWasmPaths(`${folder}/`)

const adapter = await findAdapter(navigator.gpu)
print({ adapter: adapter?.name ?? null, software: adapter?.software ?? null })
if (!adapter) {
  console.error('No adapter: is there a GPU, and a Vulkan driver? Set VK_DRIVER_FILES to its .json file.')
  process.exit(1)
}
if (adapter.software && !given.has('--software')) {
  console.error(
    'The adapter is made of software: there is nothing to measure. --software runs it all the same.',
  )
  process.exit(1)
}
await tf.setBackend('webgpu')
useKernels(kernelSets.find(({ name }) => name === 'all')?.kernels ?? [])
const ok = given.has('--no-checks') || (await check())
const measured = given.has('--tiny') ? [tiny] : sizes
for (const size of measured) await measure(size)
measureTorch(measured)
process.exit(ok ? 0 : 1)
