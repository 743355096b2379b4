import { describe, expect, it } from 'vitest'
import { silencesOf } from '../../../../workers/data/demand/silences.ts'
import { Random } from '../../../../workers/quant/random.ts'

/** 1970-01-05, a Monday. */
const monday = 4
const days = (n: number, count: (day: number) => number) =>
  Float64Array.from({ length: n }, (_, i) => count(i))

describe('a stretch of nothing', () => {
  it('at five tickets a day is a silence after three days, not after two', () => {
    const with0 = (length: number) =>
      silencesOf(
        days(90, (i) => (i >= 60 && i < 60 + length ? 0 : 5)),
        monday,
      )
    expect(with0(2)).toEqual([])
    expect(with0(3)).toEqual([{ from: 60, to: 63 }])
  })

  it('at one ticket in five days is chance for two months', () => {
    const seldom = days(200, (i) => (i % 5 === 0 ? 1 : 0))
    expect(silencesOf(seldom, monday)).toEqual([])
    seldom.fill(0, 100, 155)
    expect(silencesOf(seldom, monday)).toEqual([])
  })

  it('on weekends that never have tickets is no silence, on a working week it is', () => {
    const office = days(140, (i) => (i % 7 >= 5 ? 0 : 30))
    expect(silencesOf(office, monday)).toEqual([])
    office.fill(0, 98, 105)
    expect(silencesOf(office, monday)).toEqual([{ from: 96, to: 105 }])
  })

  it('is no silence where the level after it is so low that it may be chance', () => {
    const fallen = days(90, (i) => (i < 60 ? 5 : i < 72 ? 0 : 1))
    expect(silencesOf(fallen, monday)).toEqual([])
  })

  it('is judged by what was known when it ended: later days change nothing', () => {
    const random = new Random(3)
    const counts = days(400, () => (random.uniform() < 0.2 ? 0 : random.below(9)))
    for (const from of [60, 150, 151, 250, 320]) counts.fill(0, from, from + 2 + random.below(12))
    const all = silencesOf(counts, monday)
    expect(all.length).toBeGreaterThan(1)
    for (let end = 1; end <= counts.length; end++) {
      expect(silencesOf(counts.slice(0, end), monday)).toEqual(all.filter(({ to }) => to < end))
    }
  })

  it('that never ends, or before which two weeks are not told, says nothing', () => {
    expect(
      silencesOf(
        days(90, (i) => (i < 60 ? 5 : 0)),
        monday,
      ),
    ).toEqual([])
    expect(
      silencesOf(
        days(40, (i) => (i >= 10 && i < 20 ? 0 : 5)),
        monday,
      ),
    ).toEqual([])
  })
})
