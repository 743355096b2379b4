import { expect, it } from 'vitest'
import { findAdapter, type AdapterSource } from '../../../../workers/hrm/backend/adapter.ts'

function sourceOf(info: Partial<GPUAdapterInfo> | null): AdapterSource {
  const whole = { vendor: '', architecture: '', description: '', isFallbackAdapter: false, ...info }
  return { requestAdapter: () => Promise.resolve(info && ({ info: whole } as GPUAdapter)) }
}

it('finds no adapter without WebGPU, with WebGPU but no adapter, and where asking for one fails', async () => {
  expect(await findAdapter(undefined)).toBeNull()
  expect(await findAdapter(sourceOf(null))).toBeNull()
  expect(await findAdapter({ requestAdapter: () => Promise.reject(new Error('blocked')) })).toBeNull()
})

it('names an adapter by its description, else by who made it', async () => {
  expect(await findAdapter(sourceOf({ description: 'NVIDIA H100', vendor: 'nvidia' }))).toEqual({
    name: 'NVIDIA H100',
    software: false,
  })
  expect((await findAdapter(sourceOf({ vendor: 'apple', architecture: 'metal-3' })))?.name).toBe(
    'apple metal-3',
  )
  expect((await findAdapter(sourceOf({})))?.name).toBe('unnamed')
})

it('knows software by the flag of a fallback adapter, or by its name', async () => {
  expect((await findAdapter(sourceOf({ isFallbackAdapter: true })))?.software).toBe(true)
  expect((await findAdapter(sourceOf({ vendor: 'google', architecture: 'swiftshader' })))?.software).toBe(
    true,
  )
  expect((await findAdapter(sourceOf({ description: 'llvmpipe (LLVM 19)' })))?.software).toBe(true)
})
