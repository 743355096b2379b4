import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { expect, it } from 'vitest'
import { chooseBackend } from '../../../../workers/hrm/backend/chooseBackend.ts'
import { probe } from '../../../../workers/hrm/backend/probe.ts'

const wasmPackage = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
const options = { wasmPaths: `${dirname(wasmPackage)}/dist/`, onLost: () => undefined }

it('computes on WebAssembly with fused kernels where there is no GPU, without threads', async () => {
  const report = await chooseBackend({ ...options, wanted: 'auto' })
  expect(report).toMatchObject({ backend: 'wasm', adapter: null, software: false, probe: {} })
  expect(report.why).toMatch(/no GPU/)
  expect(report.kernels).toContain('HrmAttention')
  expect(tf.getBackend()).toBe('wasm')
  expect(tf.env().getBool('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(false)
})

it('can be asked again, for another', async () => {
  expect((await chooseBackend({ ...options, wanted: 'cpu' })).backend).toBe('cpu')
  expect(tf.getBackend()).toBe('cpu')
  expect((await chooseBackend({ ...options, wanted: 'wasm' })).backend).toBe('wasm')
})

it('measures without leaving tensors behind', async () => {
  const before = tf.memory().numTensors
  expect(await probe()).toBeGreaterThan(0)
  expect(tf.memory().numTensors).toBe(before)
})
