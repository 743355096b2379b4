import { describe, expect, it } from 'vitest'
import { nonPositiveDays, staleRuns } from '../../../workers/data/quality/badPrices.ts'
import type { Bars } from '../../../workers/data/quality/bars.ts'
import { missingDays, PeerDays } from '../../../workers/data/quality/missingDays.ts'
import { mixedAdjustment } from '../../../workers/data/quality/mixedAdjustment.ts'
import { crossSymbolFindings } from '../../../workers/data/quality.ts'
import { epochDay, isoOf } from '../../../workers/data/read/dates.ts'
import { isTradingDay, tradingDays } from '../../../workers/data/tradingCalendar.ts'

function bars(
  days: ArrayLike<number>,
  close: (i: number) => number,
  factor: (i: number) => number = () => 1,
): Bars {
  const column = (value: (i: number) => number) => Float64Array.from(days, (_, i) => value(i))
  return {
    symbol: 'X',
    day: Int32Array.from(days),
    open: column(close),
    high: column(close),
    low: column(close),
    close: column(close),
    volume: column(() => 1),
    factor: column(factor),
  }
}

describe('the calendar of New York', () => {
  const perYear = (year: number) => tradingDays(epochDay(year, 1, 1), epochDay(year, 12, 31)).length

  it('has the known number of sessions a year', () => {
    const known = {
      2000: 252,
      2001: 248,
      2004: 252,
      2007: 251,
      2012: 250,
      2015: 252,
      2018: 251,
      2020: 253,
      2022: 251,
      2023: 250,
      2024: 252,
      2025: 250,
    }
    for (const [year, sessions] of Object.entries(known))
      expect([year, perYear(Number(year))]).toEqual([year, sessions])
  })

  it('is closed on Good Friday, on Juneteenth since 2022 and for presidents, open when New Year falls on a Saturday', () => {
    for (const day of ['2024-03-29', '2022-06-20', '2018-12-05', '2012-10-29', '2021-12-24']) {
      expect([day, isTradingDay(Date.parse(day) / 86_400_000)]).toEqual([day, false])
    }
    for (const day of ['2021-12-31', '2021-06-18', '2010-12-31']) {
      expect([day, isTradingDay(Date.parse(day) / 86_400_000)]).toEqual([day, true])
    }
  })
})

describe('missing days', () => {
  const year = tradingDays(epochDay(2023, 1, 1), epochDay(2023, 12, 31))

  it('are those of New York for a file that keeps to its calendar', () => {
    const missing = missingDays(
      year.filter((_, i) => i !== 50 && i !== 51),
      new PeerDays([]),
    )
    expect(missing!.days).toEqual([year[50], year[51]])
    expect(missing!.calendar).toContain('New York')
    expect(missing!.longest).toEqual({ from: year[49], to: year[52] })
  })

  it('are those on which half of the others traded for another calendar', () => {
    const everyDay = Int32Array.from({ length: 100 }, (_, i) => 19_000 + i)
    const own = everyDay.filter((_, i) => i !== 40)
    const others = [everyDay, everyDay, everyDay.filter((_, i) => i !== 60)]
    const missing = missingDays(own, new PeerDays([own, ...others]))
    expect(missing!.days).toEqual([19_040])
    expect(missing!.calendar).toContain('others')
  })

  it('are unknown where neither can tell', () => {
    expect(
      missingDays(
        Int32Array.from({ length: 100 }, (_, i) => 19_000 + i),
        new PeerDays([]),
      ),
    ).toBeNull()
  })
})

describe('other checks', () => {
  it('finds prices that are zero or negative', () => {
    expect(nonPositiveDays(bars([1, 2, 3], (i) => [5, 0, -1][i]))).toEqual([2, 3])
  })

  it('finds five equal bars in a row, not four', () => {
    const days = Array.from({ length: 12 }, (_, i) => i)
    const runs = staleRuns(bars(days, (i) => (i < 4 ? 10 : i < 9 ? 11 : i)))
    expect(runs).toEqual([{ from: 4, to: 8, bars: 5 }])
  })

  it('finds an end that was appended without adjusting: the steps of the factor stop, and it stays 1', () => {
    const days = Array.from({ length: 1000 }, (_, i) => 18_000 + i)
    const adjusted = (until: number) => (i: number) => (i < until ? 0.9 + Math.floor(i / 90) * 0.005 : 1)
    const mixed = mixedAdjustment(bars(days, () => 50, adjusted(600)))
    expect([mixed!.lastAdjusted, mixed!.interval]).toEqual([18_599, 90])
    expect(mixedAdjustment(bars(days, () => 50, adjusted(950)))).toBeNull()
    expect(mixedAdjustment(bars(days, () => 50))).toBeNull()
  })

  it('splits that are adjusted for have no rhythm: years without one are nothing to report', () => {
    const days = Array.from({ length: 2000 }, (_, i) => 18_000 + i)
    const splitAt = (i: number) => (i < 300 ? 1 / 8 : i < 500 ? 1 / 4 : i < 700 ? 1 / 2 : 1)
    expect(mixedAdjustment(bars(days, () => 50, splitAt))).toBeNull()
  })

  it('names a symbol that ends before the others', () => {
    const long = tradingDays(epochDay(2023, 1, 1), epochDay(2023, 12, 31))
    const days = [
      { datasetId: 'a', symbol: 'GONE', day: long.slice(0, 100) },
      { datasetId: 'b', symbol: 'HERE', day: long },
    ]
    const [finding] = crossSymbolFindings(days).filter(({ kind }) => kind === 'ends-early')
    expect([finding.symbol, isoOf(finding.days[0])]).toEqual(['GONE', isoOf(long[99])])
  })
})
