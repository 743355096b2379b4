import { describe, expect, it } from 'vitest'
import { epochDay, exchangeHolidays, isoDate, tradingDays, weekday } from '../../../datasets/calendar.ts'

const shut = (year: number) => [...exchangeHolidays(year)].sort((a, b) => a - b).map(isoDate)

describe('the calendar of the New York Stock Exchange', () => {
  it('knows the published holidays, moved ones and Good Friday among them', () => {
    expect(shut(2020)).toEqual([
      '2020-01-01',
      '2020-01-20',
      '2020-02-17',
      '2020-04-10',
      '2020-05-25',
      '2020-07-03',
      '2020-09-07',
      '2020-11-26',
      '2020-12-25',
    ])
    expect(shut(2023)).toEqual([
      '2023-01-02',
      '2023-01-16',
      '2023-02-20',
      '2023-04-07',
      '2023-05-29',
      '2023-06-19',
      '2023-07-04',
      '2023-09-04',
      '2023-11-23',
      '2023-12-25',
    ])
  })

  it('keeps Juneteenth from 2022 on, and opens on New Year’s Eve where New Year is a Saturday', () => {
    expect(shut(2021)).not.toContain('2021-06-18')
    expect(shut(2022)).toContain('2022-06-20')
    expect(shut(2021)).not.toContain('2021-12-31')
    expect(shut(2021)).toContain('2021-12-24')
  })

  it('was shut for hurricane Sandy and for the mourning of presidents', () => {
    expect(shut(2012)).toEqual(expect.arrayContaining(['2012-10-29', '2012-10-30']))
    expect(shut(2018)).toContain('2018-12-05')
    expect(shut(2025)).toContain('2025-01-09')
  })

  it('counts the trading days of each year as the exchange did', () => {
    const counts = [2018, 2019, 2020, 2021, 2022, 2023, 2024].map((year) => tradingDays(year, 1).length)
    expect(counts).toEqual([251, 252, 253, 252, 251, 250, 252])
  })

  it('lists working days in order, from the first to the last of the span', () => {
    const days = tradingDays(2020, 5)
    expect(days).toHaveLength(1258)
    expect(isoDate(days[0])).toBe('2020-01-02')
    expect(isoDate(days[1257])).toBe('2024-12-31')
    expect(days.every((day, i) => i === 0 || day > days[i - 1])).toBe(true)
    expect(days.every((day) => weekday(day) >= 1 && weekday(day) <= 5)).toBe(true)
    expect(weekday(epochDay(2024, 11, 5))).toBe(2)
  })
})
