import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { functionsOn } from '../../../../workers/hrm/kernels/wasm/functions.ts'
import { hrmKernels, usualCounts } from '../../../tools/buildWasm.ts'

describe('the functions of the WASM kernels', () => {
  it('are compiled from the text that is in the repository', async () => {
    expect(readFileSync(hrmKernels.file, 'utf8')).toBe(await hrmKernels.make())
  })

  it('put nothing of their own into the memory they are given', () => {
    const memory = new WebAssembly.Memory({ initial: 1 })
    functionsOn(memory)
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true)
  })
})

// Here, so that the compiler is loaded once.
it('what is usual of counts is compiled from the text that is in the repository', async () => {
  expect(readFileSync(usualCounts.file, 'utf8')).toBe(await usualCounts.make())
})
