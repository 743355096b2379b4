import { describe, expect, test } from 'vitest'
import { negativeBinomial } from '../../../../datasets/demand/counts.ts'
import { createRandom } from '../../../../datasets/random.ts'
import { detect } from '../../../../workers/systems/tickets/detect.ts'
import { detectAnomalies } from '../../../../workers/systems/tickets/detectAnomalies.ts'
import { ticketSeries } from './ticketSeries.ts'

const settings = { window: 60, madFloor: 0.1, weekdays: true, shifts: false }
/** The series begin on a Sunday-counted weekday of this number. */
const firstWeekday = (18_000 + 4) % 7
const weekdaysOf = (days: number) => Array.from({ length: days }, (_, day) => (firstWeekday + day) % 7)

function counts(label: string, days: number, meanOn: (day: number) => number, size = 8): number[] {
  const random = createRandom(11, label)
  return Array.from({ length: days }, (_, day) => negativeBinomial(meanOn(day), size, random))
}

const weekly = (mean: number) => (day: number) => mean * (weekdaysOf(7)[day % 7] % 6 === 0 ? 0.4 : 1.2)

describe('detect', () => {
  test('its median and deviation are those of one series alone', () => {
    const rows = [counts('a', 300, weekly(20)), counts('b', 200, weekly(2)), [5, NaN, 5]]
    rows[0][140] = NaN
    const series = ticketSeries(rows)
    for (const weekdays of [false, true]) {
      const all = detect(series, { ...settings, weekdays })
      rows.forEach((row, i) => {
        const alone = detectAnomalies(row, {
          window: 60,
          multiplier: 4,
          madFloor: 0.1,
          weekdays: weekdays ? weekdaysOf(row.length) : undefined,
        })
        const cells = (column: Float64Array) => [...column.subarray(series.offset[i], series.offset[i + 1])]
        expect(cells(all.baseline)).toEqual([...alone.baseline])
        expect(cells(all.mad)).toEqual([...alone.mad])
        expect(cells(all.score)).toEqual([...alone.score])
      })
    }
  })

  test('calls a count unusual no more often than its tail says, at any level and with a weekly pattern', () => {
    for (const mean of [0.3, 2, 12, 100]) {
      const rows = Array.from({ length: 8 }, (_, i) => counts(`null ${mean} ${i}`, 1000, weekly(mean)))
      const { tail } = detect(ticketSeries(rows), settings)
      const told = tail.filter((p) => !Number.isNaN(p))
      expect(told.length).toBe(8 * 940)
      for (const level of [0.1, 0.01, 0.001]) {
        const expected = level * told.length
        expect(told.filter((p) => p <= level).length).toBeLessThan(expected + 3 * Math.sqrt(expected) + 1)
      }
      // And is of use: what happens on a tenth of days is not called unheard of.
      if (mean > 1) expect(told.filter((p) => p <= 0.1).length).toBeGreaterThan(0.04 * told.length)
    }
  })

  test('three tickets where there were none are no four-sigma event; a burst is', () => {
    const quiet = Array.from({ length: 61 }, () => 0)
    const seldom = Array.from({ length: 61 }, (_, day) => Number(day % 3 === 0))
    const busy = counts('busy', 61, () => 20)
    quiet[60] = seldom[60] = 3
    busy[60] = 120
    const { tail } = detect(ticketSeries([quiet, seldom, busy]), settings)
    expect(tail[60]).toBeGreaterThan(3.2e-5)
    expect(tail[121]).toBeGreaterThan(3.2e-5)
    expect(tail[182]).toBeLessThan(1e-6)
    expect(tail[182]).toBeGreaterThan(0)
  })

  test('a burst in the window hides the next one hardly', () => {
    const calm = counts('calm', 140, () => 20)
    const after = calm.map((count, day) => (day >= 90 && day < 97 ? 100 : count))
    const day = 120
    calm[day] = after[day] = 60
    const { tail, expected } = detect(ticketSeries([calm, after]), settings)
    expect(expected[140 + day] / expected[day]).toBeLessThan(1.25)
    // With the burst as it was, the day would be one in eight.
    expect(tail[140 + day]).toBeLessThan(0.03)
  })

  test('a missing day is unknown, and is not zero in the windows after it', () => {
    const row = counts('gaps', 200, () => 20)
    const gaps = row.map((count, day) => (day % 3 === 0 ? NaN : count))
    const { expected, tail } = detect(ticketSeries([row, gaps]), settings)
    expect(tail[200 + 150]).toBeNaN()
    expect(expected[200 + 151]).toBeGreaterThan(15)
    expect(expected[200 + 151]).toBeLessThan(25)
  })

  test('a lasting rise is recognised within four weeks and is usual from then on', () => {
    const rises = counts('rise', 300, (day) => (day < 150 ? 20 : 60))
    const { shift, expected, score } = detect(ticketSeries([rises]), { ...settings, shifts: true })
    const recognised = shift.findIndex((direction) => direction !== 0)
    expect(shift[recognised]).toBe(1)
    expect(recognised).toBeGreaterThanOrEqual(160)
    expect(recognised).toBeLessThanOrEqual(177)
    expect(expected[recognised + 1]).toBeGreaterThan(45)
    expect(score[recognised + 1]).toBeNaN()
    expect(Math.abs(score[recognised + 20])).toBeLessThan(10)
    expect([...shift].filter((direction) => direction !== 0)).toHaveLength(1)
  })

  test('a doubling is nearly always recognised within four weeks', () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      counts(`doubling ${i}`, 190, (day) => weekly(15)(day) * (day < 150 ? 1 : 2)),
    )
    const { shift } = detect(ticketSeries(rows), { ...settings, shifts: true })
    const recognised = rows.filter((_, i) => shift.subarray(i * 190 + 150, i * 190 + 178).includes(1))
    expect(recognised.length).toBeGreaterThanOrEqual(38)
    expect(rows.filter((_, i) => shift.subarray(i * 190, i * 190 + 150).some((d) => d !== 0))).toEqual([])
  })

  test('a lasting fall is recognised too, a burst that fades is not', () => {
    const falls = counts('fall', 300, (day) => (day < 150 ? 40 : 12))
    const fades = counts(
      'fades',
      300,
      (day) => 20 * (day < 150 ? 1 : 1 + 3 * Math.max(0, 1 - (day - 150) / 12)),
    )
    const { shift } = detect(ticketSeries([falls, fades]), { ...settings, shifts: true })
    expect([...new Set(shift.subarray(0, 300))]).toEqual([0, -1])
    expect([...new Set(shift.subarray(300))]).toEqual([0])
  })

  test('what comes after a day changes nothing of it', () => {
    const rises = counts('rise', 300, (day) => (day < 150 ? 20 : 60))
    const whole = detect(ticketSeries([rises]), { ...settings, shifts: true })
    for (const end of [120, 160, 172, 200]) {
      const cut = detect(ticketSeries([rises.slice(0, end)]), { ...settings, shifts: true })
      for (const column of ['score', 'tail', 'expected', 'size', 'shift', 'known'] as const)
        expect([...whole[column].subarray(0, end)]).toEqual([...cut[column]])
    }
  })

  test('a score may be used once every count of its window is known; what comes too late is missing', () => {
    const row = counts('late', 200, () => 20)
    const lagOf = (day: number) => (day === 70 ? 10 : day === 90 ? 100 : 1)
    const { known, score } = detect(ticketSeries([row], { lag: lagOf }), settings)
    expect(known[69] - 18_000).toBe(70)
    expect(known[71] - 18_000).toBe(80)
    expect(known[80] - 18_000).toBe(81)
    expect(score[90]).toBeNaN()
    expect(known[91] - 18_000).toBe(92)
  })
})
