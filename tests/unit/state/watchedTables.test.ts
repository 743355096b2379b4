import { expect, test } from 'vitest'
import { dayOfNextClose } from '../../../src/state/dayOfNextClose.ts'
import { systemsThatRead } from '../../../src/state/watchedTables.ts'

test('flights concern Jet, tickets, adoption and incidents concern Tickets, prices and chains concern all', () => {
  const all = ['jet', 'tickets', 'options'] as const
  expect(systemsThatRead(['flights'], [...all])).toEqual(['jet'])
  for (const table of ['tickets', 'adoption', 'incidents'] as const)
    expect(systemsThatRead([table], [...all])).toEqual(['tickets'])
  for (const table of ['prices', 'options'] as const) expect(systemsThatRead([table], [...all])).toEqual(all)
})

test('systems that are not watched hear of nothing', () => {
  expect(systemsThatRead(['flights', 'prices'], ['tickets'])).toEqual(['tickets'])
  expect(systemsThatRead(['flights'], [])).toEqual([])
})

test('what is known on a weekend is decided on at Monday’s close', () => {
  const iso = (text: string) => new Date(864e5 * dayOfNextClose(Date.parse(text))).toISOString().slice(0, 10)
  expect(iso('2026-11-27T23:59:00Z')).toBe('2026-11-27')
  expect(iso('2026-11-28T00:00:00Z')).toBe('2026-11-30')
  expect(iso('2026-11-29T12:00:00Z')).toBe('2026-11-30')
  expect(iso('2026-11-30T00:00:00Z')).toBe('2026-11-30')
})
