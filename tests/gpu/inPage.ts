import * as tf from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import type { BackendName, BackendReport } from '../../workers/hrm/api.ts'
import { chooseBackend } from '../../workers/hrm/backend/chooseBackend.ts'
import { outcomeOf } from './check.ts'
import type { Check, Outcome } from './check.ts'
import { ownChecks, referenceChecks } from './checks.ts'
import type { ReadReference } from './reference.ts'

/** The test serves the reference's files from here. */
const read: ReadReference = async <T>(path: string) => (await fetch(`/parity/${path}`)).json() as Promise<T>

let lost: (reason: string) => void
const loss = new Promise<string>((resolve) => (lost = resolve))

export function choose(wanted: BackendName | 'auto'): Promise<BackendReport> {
  const wasmPaths = '/node_modules/@tensorflow/tfjs-backend-wasm/dist/'
  return chooseBackend({ wanted, wasmPaths, onLost: lost })
}

export function outcomesOfOwn(group: keyof typeof ownChecks): Promise<Outcome[]> {
  return outcomesOf(ownChecks[group])
}

export function outcomesOfReference(group: keyof typeof referenceChecks): Promise<Outcome[]> {
  return outcomesOf(referenceChecks[group](read))
}

async function outcomesOf(checks: Check[]): Promise<Outcome[]> {
  await choose('webgpu')
  const outcomes: Outcome[] = []
  for (const check of checks) outcomes.push(await outcomeOf(check))
  return outcomes
}

/** What is said of a device that goes away while it is in use. */
export async function saidOfLoss(): Promise<string> {
  await choose('webgpu')
  ;(tf.backend() as WebGPUBackend).device.destroy()
  return loss
}

/** A shader that does not compile, whose output reads as zeros. */
export function brokenShader(): Promise<Outcome> {
  const run = async () => {
    const backend = tf.backend() as WebGPUBackend
    const program = {
      variableNames: [],
      outputShape: [4],
      dispatchLayout: { x: [0] },
      dispatch: [1, 1, 1] as [number, number, number],
      workgroupSize: [64, 1, 1] as [number, number, number],
      shaderKey: 'broken',
      getUserCode: () => 'fn main(index : i32) { result[index] = nothing; }',
    }
    await backend.read(backend.runWebGPUProgram(program, [], 'float32').dataId)
  }
  return choose('webgpu').then(() => outcomeOf({ name: 'broken', run }))
}
