import { describe, expect, it } from 'vitest'
import { EpochRows } from '../../../../workers/hrm/training/epochRows.ts'

describe('fixed rows in the order of epochs', () => {
  it('come once in each epoch, in another order each time', () => {
    const drawn = [...new EpochRows(5, 1).take(15, 0)]
    const epochs = [drawn.slice(0, 5), drawn.slice(5, 10), drawn.slice(10)]
    for (const epoch of epochs) expect(epoch.toSorted()).toEqual([0, 1, 2, 3, 4])
    expect(new Set(epochs.map((epoch) => epoch.join())).size).toBe(3)
  })

  it('depend on how many were drawn before, and on nothing else', () => {
    const whole = [...new EpochRows(5, 1).take(15, 0)]
    const resumed = new EpochRows(5, 1)
    expect([...resumed.take(6, 9)]).toEqual(whole.slice(9))
    expect([...resumed.take(4, 2)]).toEqual(whole.slice(2, 6))
    expect([...new EpochRows(5, 2).take(15, 0)]).not.toEqual(whole)
  })
})
