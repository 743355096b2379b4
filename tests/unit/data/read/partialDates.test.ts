import { describe, expect, it } from 'vitest'
import { isoOf, noDate } from '../../../../workers/data/read/dates.ts'
import { dateOfParts, parsePartialDate } from '../../../../workers/data/read/partialDates.ts'

const read = (text: string) => {
  const { day, precision } = parsePartialDate(text)
  return day === noDate ? null : `${isoOf(day)} ${precision}`
}
const parts = (...cells: [string, string, string]) => {
  const { day, precision } = dateOfParts(...cells)
  return day === noDate ? null : `${isoOf(day)} ${precision}`
}

describe('a date that names no day', () => {
  it('is the last day it may mean, so that nothing is known too early', () => {
    expect(['2014-11', '11/2014', 'Nov 2014', '2014 November', '201411'].map(read)).toEqual(
      Array(5).fill('2014-11-30 month'),
    )
    expect(read('2024-02')).toBe('2024-02-29 month')
    expect(read('2024-12')).toBe('2024-12-31 month')
    expect(read('2015')).toBe('2015-12-31 year')
  })

  it('is none where it names no month either', () => {
    expect(['2014-13', 'soon', '', '14', 'Foo 2014'].map(read)).toEqual(Array(5).fill(null))
  })
})

describe('a date in three cells', () => {
  it('takes months by number, name or misspelt name', () => {
    expect(parts('2015', 'November', '11')).toBe('2015-11-11 day')
    expect(parts('2015', 'Feburary', '3')).toBe('2015-02-03 day')
    expect(parts('2015', '2', '28')).toBe('2015-02-28 day')
  })

  it('keeps what is known where day or month are missing', () => {
    expect(parts('2015', 'Feb', '')).toBe('2015-02-28 month')
    expect(parts('2015', '-', '-')).toBe('2015-12-31 year')
    expect(parts('-', 'Feb', '1')).toBeNull()
    expect(parts('2015', 'Feb', '30')).toBeNull()
  })
})
