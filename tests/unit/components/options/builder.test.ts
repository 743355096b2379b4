import { describe, expect, it } from 'vitest'
import {
  contractsOf,
  expiriesOf,
  expiryNear,
  nearestDelta,
} from '../../../../src/components/options/desk/builder/chainContracts.ts'
import { templateLegs, type TemplateId } from '../../../../src/components/options/desk/builder/templates.ts'
import { Undoable } from '../../../../src/components/options/desk/builder/undoable.svelte.ts'
import { chainDay, smallMap } from './strikemapFixture.ts'

/** Calls and puts at 85 to 115 for two expiries; the call at 100 has a delta of a half. */
const strikes = [85, 90, 95, 100, 105, 110, 115]
const map = smallMap(
  [30, 60].flatMap((days) =>
    strikes.flatMap((strike) => ([1, -1] as const).map((right) => ({ days, strike, right }))),
  ),
)
const near = chainDay + 30
const deltas = { delta: 0.5, other: 0.25 }

describe('a chain to choose from', () => {
  it('offers the expiries and strikes that have a price', () => {
    const mid = Float64Array.from(map.mid, (price, row) =>
      map.expiry[row] === near && map.strike[row] < 95 ? NaN : price,
    )
    const chain = { ...map, mid }
    expect(expiriesOf(chain)).toEqual([near, chainDay + 60])
    expect(contractsOf(chain, near, 1).map(({ strike }) => strike)).toEqual([95, 100, 105, 110, 115])
  })

  it('has an expiry near to every wish, and none where it is empty', () => {
    expect(expiryNear(map, 37)).toBe(near)
    expect(expiryNear(map, 300)).toBe(chainDay + 60)
    expect(expiryNear(smallMap([]), 30)).toBeNaN()
  })

  it('takes the contract nearest in delta, whatever its sign', () => {
    expect(nearestDelta(contractsOf(map, near, -1), 0.24)?.strike).toBe(90)
    expect(nearestDelta([], 0.5)).toBeUndefined()
  })
})

describe('templates', () => {
  const legs = (id: TemplateId) =>
    templateLegs(map, id, near, deltas)?.map(({ right, quantity, strike }) => [quantity, right, strike])

  it('take their legs by delta', () => {
    expect(legs('long-call')).toEqual([[1, 1, 100]])
    expect(legs('call-vertical')).toEqual([
      [1, 1, 100],
      [-1, 1, 110],
    ])
    expect(legs('covered-call')).toEqual([
      [1, 0, NaN],
      [-1, 1, 110],
    ])
  })

  it('of a condor have wings further out than what is sold', () => {
    const [put, putWing, call, callWing] = templateLegs(map, 'iron-condor', near, deltas)!
    expect([put.quantity, call.quantity, putWing.quantity, callWing.quantity]).toEqual([-1, -1, 1, 1])
    expect(putWing.strike).toBeLessThan(put.strike)
    expect(callWing.strike).toBeGreaterThan(call.strike)
  })

  it('are not made of what is not there', () => {
    const callsAlone = smallMap([{ days: 30, strike: 100, right: 1 }])
    expect(templateLegs(callsAlone, 'long-put', near, deltas)).toBeNull()
    expect(templateLegs(callsAlone, 'call-vertical', near, deltas)).toBeNull()
  })
})

it('what is taken back can be made again, until something else is done', () => {
  const value = new Undoable('a')
  value.set('b')
  value.set('c')
  value.undo()
  value.undo()
  expect([value.value, value.canUndo, value.canRedo]).toEqual(['a', false, true])
  value.redo()
  expect(value.value).toBe('b')
  value.set('d')
  expect([value.value, value.canRedo]).toEqual(['d', false])
  value.undo()
  expect(value.value).toBe('b')
})
