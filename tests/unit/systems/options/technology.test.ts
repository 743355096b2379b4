import { expect, it } from 'vitest'
import { inTechnology, technologyOf } from '../../../../workers/systems/options/technology.ts'
import { panelOf } from '../../backtest/structures/smallMarket.ts'

const panel = {
  ...panelOf([[1], [1], [1], [1]]),
  sector: Int32Array.of(0, 1, -1, 2),
  sectorNames: ['Information Technology', 'Biotechnology', 'Tech'],
}

it('counts as technology what is called so, and nothing whose sector is not known', () => {
  expect(Array.from(technologyOf(panel))).toEqual([1, 0, 0, 1])
  expect(Array.from(technologyOf({ ...panel, sectorNames: undefined }))).toEqual([0, 0, 0, 0])
})

it('trades only technology, and of it only what may be traded', () => {
  const tradable = Uint8Array.of(1, 1, 1, 0)
  const narrowed = inTechnology({ panel, tradable })
  expect(Array.from(narrowed.tradable)).toEqual([1, 0, 0, 0])
  expect(inTechnology({ panel, tradable }).tradable).toBe(narrowed.tradable)
})
