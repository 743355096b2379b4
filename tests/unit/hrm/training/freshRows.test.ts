import { describe, expect, it, vi } from 'vitest'
import type { Batch, Carry } from '../../../../workers/hrm/model/index.ts'
import { freshRows } from '../../../../workers/hrm/training/freshRows.ts'

const rows = (...values: number[]): Batch => ({
  rows: values.length,
  inputs: Int32Array.from(values.flatMap((value) => [value, value])),
  labels: Int32Array.from(values),
})
const carry = (halted: number[], data: Batch) => ({ halted: Uint8Array.from(halted), data }) as Carry

describe('fresh rows', () => {
  it('take the places of those that halted, in order', () => {
    const data = rows(1, 2, 3, 4)
    expect(freshRows(carry([0, 1, 0, 1], data), () => rows(8, 9))).toEqual(rows(1, 8, 3, 9))
    expect(data).toEqual(rows(1, 2, 3, 4))
  })

  it('are drawn only as many as are needed', () => {
    const draw = vi.fn((count: number) => rows(...Array<number>(count).fill(7)))
    const data = rows(1, 2, 3)
    expect(freshRows(carry([1, 1, 1], data), draw)).toEqual(rows(7, 7, 7))
    expect(freshRows(carry([0, 0, 1], data), draw)).toEqual(rows(1, 2, 7))
    expect(freshRows(carry([0, 0, 0], data), draw)).toEqual(data)
    expect(draw.mock.calls).toEqual([[3], [1]])
  })
})
