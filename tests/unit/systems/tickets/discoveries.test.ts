import { describe, expect, test } from 'vitest'
import { negativeBinomial } from '../../../../datasets/demand/counts.ts'
import { createRandom } from '../../../../datasets/random.ts'
import { detect } from '../../../../workers/systems/tickets/detect.ts'
import type { Detection, TicketSeries } from '../../../../workers/systems/tickets/detection.ts'
import { discoveries } from '../../../../workers/systems/tickets/discoveries.ts'
import { ticketSeries } from './ticketSeries.ts'

const settings = { window: 60, madFloor: 0.1, weekdays: false, shifts: false }
const SERIES = 25
const DAYS = 500

/** Usual counts; with `bursts`, one day in fifty after the first window has five times as many. */
function market(bursts: boolean): { rows: number[][]; planted: Set<number> } {
  const random = createRandom(3, 'discoveries')
  const planted = new Set<number>()
  const rows = Array.from({ length: SERIES }, (_, i) => {
    const mean = 2 + 3 * i
    return Array.from({ length: DAYS }, (_, day) => {
      const burst = bursts && day > 60 && random.chance(0.02)
      if (burst) planted.add(i * DAYS + day)
      return negativeBinomial(burst ? 5 * mean : mean, 10, random)
    })
  })
  return { rows, planted }
}

const cellsOf = (flagged: Uint8Array) => [...flagged.keys()].filter((cell) => flagged[cell])

/** All counts with given tails, one series, each known the day after. */
function withTails(tails: readonly number[]): [Detection, TicketSeries] {
  const series = ticketSeries([tails.map(() => 0)])
  return [{ ...detect(series, settings), tail: Float64Array.from(tails), known: series.known }, series]
}

/** Benjamini and Hochberg, as the paper has it, on the days of the last year. */
function naive(tails: readonly number[], rate: number): number[] {
  return tails.flatMap((p, day) => {
    const pool = tails.slice(Math.max(0, day - 364), day + 1).toSorted((a, b) => a - b)
    const last = pool.findLastIndex((q, k) => q <= (rate * (k + 1)) / pool.length)
    return last >= 0 && p <= pool[last] ? [day] : []
  })
}

describe('discoveries', () => {
  test('are those of the paper, each day among the year before it', () => {
    const random = createRandom(5, 'tails')
    const tails = Array.from({ length: 900 }, () => random.uniform() ** (random.chance(0.1) ? 8 : 1))
    for (const rate of [0.05, 0.1, 0.3]) {
      const found = cellsOf(discoveries(...withTails(tails), rate))
      const expected = new Set(naive(tails, rate))
      // Classes are judged by their largest tail: a few near the edge are not found, none is found too many.
      expect(found.every((day) => expected.has(day))).toBe(true)
      expect(found.length).toBeGreaterThan(0.9 * expected.size)
    }
  })

  test('of chance alone there are next to none', () => {
    const series = ticketSeries(market(false).rows)
    expect(cellsOf(discoveries(detect(series, settings), series, 0.1)).length).toBeLessThan(5)
  })

  test('of planted bursts most are found, and few others', () => {
    const { rows, planted } = market(true)
    const series = ticketSeries(rows)
    const found = cellsOf(discoveries(detect(series, settings), series, 0.1))
    expect(found.filter((cell) => planted.has(cell)).length).toBeGreaterThan(0.7 * planted.size)
    expect(found.filter((cell) => !planted.has(cell)).length).toBeLessThan(0.1 * found.length)
  })

  test('are decided on the day and stay', () => {
    const { rows } = market(true)
    const whole = ticketSeries(rows)
    const cut = ticketSeries(rows.map((row) => row.slice(0, 300)))
    const all = discoveries(detect(whole, settings), whole, 0.1)
    const early = discoveries(detect(cut, settings), cut, 0.1)
    for (let i = 0; i < SERIES; i++)
      expect([...all.subarray(i * DAYS, i * DAYS + 300)]).toEqual([...early.subarray(i * 300, (i + 1) * 300)])
  })

  test('neutral tickets are neither judged nor flagged', () => {
    const neutral = ticketSeries([[...Array.from({ length: 60 }, (_, day) => day % 5), 90]], {
      mood: 'neutral',
    })
    expect(cellsOf(discoveries(detect(neutral, settings), neutral, 0.5))).toEqual([])
  })

  test('a rate that is none is refused', () => {
    expect(() => discoveries(...withTails([0.5]), 1.5)).toThrow(/between 0 and 1/)
  })
})
