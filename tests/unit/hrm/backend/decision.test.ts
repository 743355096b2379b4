import { describe, expect, it } from 'vitest'
import { candidates, decide, type Findings } from '../../../../workers/hrm/backend/decision.ts'

const real = { name: 'NVIDIA H100', software: false }
const software = { name: 'SwiftShader Device', software: true }

function decided(findings: Partial<Findings>) {
  return decide({ wanted: 'auto', adapter: real, probe: {}, failed: {}, ...findings })
}

describe('the backend', () => {
  it('is the GPU where it was measured faster than WebAssembly', () => {
    expect(decided({ probe: { webgpu: 4, wasm: 30 } })).toEqual({
      backend: 'webgpu',
      why: 'The GPU (NVIDIA H100) was 7.5 times as fast as WebAssembly in a short measurement.',
    })
  })

  it('is WebAssembly where that was measured faster', () => {
    expect(decided({ probe: { webgpu: 90, wasm: 30 } })).toEqual({
      backend: 'wasm',
      why: 'WebAssembly was 3 times as fast as the GPU (NVIDIA H100) in a short measurement.',
    })
  })

  it('is never a GPU made of software unasked, which is not even tried', () => {
    expect(candidates({ wanted: 'auto', adapter: software })).toEqual(['wasm', 'cpu'])
    expect(decided({ adapter: software })).toEqual({
      backend: 'wasm',
      why: 'The only GPU is made of software (SwiftShader Device). WebAssembly computes.',
    })
  })

  it('is a GPU made of software for who asks for it', () => {
    expect(candidates({ wanted: 'webgpu', adapter: software })[0]).toBe('webgpu')
    expect(decided({ wanted: 'webgpu', adapter: software })).toEqual({
      backend: 'webgpu',
      why: 'You chose the GPU.',
    })
  })

  it.each(['wasm', 'cpu'] as const)('is %s where it was chosen, whatever the GPU could do', (wanted) => {
    expect(candidates({ wanted, adapter: real })[0]).toBe(wanted)
    expect(decided({ wanted })?.backend).toBe(wanted)
  })

  it('is WebAssembly where there is no GPU, also for who asks for one', () => {
    for (const wanted of ['auto', 'webgpu'] as const)
      expect(decided({ wanted, adapter: null })).toEqual({
        backend: 'wasm',
        why: 'This browser offers no GPU to compute on. WebAssembly computes.',
      })
  })

  it('is the next one where one does not start, and says why', () => {
    expect(decided({ failed: { webgpu: 'out of memory' } })).toEqual({
      backend: 'wasm',
      why: 'The GPU did not start: out of memory. WebAssembly computes.',
    })
    expect(decided({ failed: { wasm: 'this engine has no SIMD' }, probe: { webgpu: 4 } })).toEqual({
      backend: 'webgpu',
      why: 'WebAssembly did not start: this engine has no SIMD. The GPU computes.',
    })
    expect(decided({ adapter: null, failed: { wasm: 'this engine has no SIMD' } })).toEqual({
      backend: 'cpu',
      why: 'This browser offers no GPU to compute on. WebAssembly did not start: this engine has no SIMD. Plain JavaScript computes.',
    })
    expect(decided({ wanted: 'wasm', adapter: null, failed: { wasm: 'a 404' } })).toEqual({
      backend: 'cpu',
      why: 'WebAssembly did not start: a 404. Plain JavaScript computes.',
    })
  })

  it('is none where none starts', () => {
    expect(decided({ failed: { webgpu: 'x', wasm: 'y', cpu: 'z' } })).toBeNull()
  })
})
