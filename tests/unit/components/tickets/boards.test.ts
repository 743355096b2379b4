import { describe, expect, it } from 'vitest'
import {
  knownAt,
  valueWords,
  type KnowledgeRow,
} from '../../../../src/components/tickets/calendar/knowledgeRows.ts'
import { periodOf } from '../../../../src/components/tickets/calendar/periods.ts'
import { dayWithLots } from '../../../../src/components/tickets/risk/daysWithLots.ts'
import { bandPath, linePath } from '../../../../src/components/tickets/whatif/curve.ts'
import { movable, positionsOf } from '../../../../src/components/tickets/whatif/positions.ts'
import { beyondChance, positionWords } from '../../../../src/components/tickets/whatif/whatIfWords.ts'
import type { WhatIfRow } from '../../../../workers/backtest/api.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'

const info = systemInfos.find(({ id }) => id === 'tickets')!
const params = defaultParams(info, 'recommended')
const epochDay = (iso: string) => Date.parse(iso) / 86_400_000

describe('the values that a slider goes through', () => {
  it('span the range of the parameter on its steps, with the present value among them', () => {
    const windows = positionsOf(info, { ...params, window: 61 }, 'window')
    expect([windows[0], windows.at(-1)]).toEqual([21, 250])
    expect(windows).toContain(61)
    expect(windows.every(Number.isInteger)).toBe(true)
    expect(windows.length).toBeLessThanOrEqual(26)
  })

  it('of a wide range grow by a factor', () => {
    const rates = positionsOf(info, params, 'falseDiscoveries')
    expect(rates.filter((rate) => rate < 0.05).length).toBeGreaterThan(10)
    expect(rates).toContain(params.falseDiscoveries)
  })

  it('are those of parameters in use: no distance in MADs where counts are judged by their probability', () => {
    const names = movable(info, params).map(([name]) => name)
    expect(names).toContain('falseDiscoveries')
    expect(names).not.toContain('negativeThreshold')
    expect(movable(info, { ...params, unusualBy: 'mad' }).map(([name]) => name)).toContain(
      'negativeThreshold',
    )
  })
})

describe('what a threshold brings, in words', () => {
  const row: WhatIfRow = {
    threshold: 4,
    signals: 12,
    trades: 11,
    perYear: 6,
    right: { share: 8 / 12, low: 0.39, high: 0.86 },
    answered: 12,
    rightByChance: 0.49,
    confirmed: { share: 0.5, low: 0.25, high: 0.75 },
    confirmedByChance: 0.3,
    leadDays: 2,
    meanReturn: 0.01,
  }

  it('has its interval beside it, and blind days', () => {
    expect(positionWords(row)).toBe(
      '12 signals, 6.0 a year, and 11 trades. 67\u2009% of 12 went their way (95\u2009% interval 39\u2009% to 86\u2009%; 49\u2009% of all days would have).',
    )
  })

  it('is called luck while the interval holds what blind days bring', () => {
    expect(beyondChance(row)).toMatch(/may well be/)
    expect(beyondChance({ ...row, right: { share: 0.7, low: 0.5, high: 0.86 } })).toMatch(/^More often/)
    expect(positionWords({ ...row, signals: 0 })).toBe('No signal at all.')
  })
})

describe('curves with holes', () => {
  const same = (value: number) => value
  it('begin anew after what is not told', () => {
    expect(linePath([1, NaN, 2, 3], same, same)).toBe('M0.0 1.0M2.0 2.0L3.0 3.0')
    expect(bandPath([0, NaN, 0, 0], [1, NaN, 1, 1], same, same).match(/M/g)).toHaveLength(2)
  })
})

describe('the calendar', () => {
  it('pages by month and quarter, over the turn of a year', () => {
    const quarter = periodOf(epochDay('2024-02-29'), 'quarter')
    expect(quarter).toEqual({
      from: epochDay('2024-01-01'),
      to: epochDay('2024-03-31'),
      name: 'January to March 2024',
    })
    expect(periodOf(epochDay('2024-01-31'), 'month', -1).name).toBe('December 2023')
    expect(periodOf(epochDay('2024-12-31'), 'quarter', 1).from).toBe(epochDay('2025-01-01'))
  })

  it('tells what was known at a close, and how much had happened that was not', () => {
    const row: KnowledgeRow = {
      label: 'help desk · negative',
      kind: 'tickets',
      day: Int32Array.of(1, 2, 3, 4),
      known: Int32Array.of(2, 5, 4, 5),
      value: Float64Array.of(3, NaN, 5, 6),
      counted: new Uint8Array(4),
    }
    expect(knownAt(row, 4)).toEqual({ newest: 2, waiting: 2 })
    expect(knownAt(row, 1)).toEqual({ newest: -1, waiting: 1 })
    expect(valueWords(row, 1)).toBe('not told')
  })
})

it('the board finds the next day with lots on either side', () => {
  expect(dayWithLots([0, 2, 0, 0, 1], 2, -1)).toBe(1)
  expect(dayWithLots([0, 2, 0, 0, 1], 2, 1)).toBe(4)
  expect(dayWithLots([0, 2, 0, 0, 1], 4, 1)).toBe(-1)
})
