import { describe, expect, it } from 'vitest'
import {
  count,
  date,
  dollars,
  inUnit,
  isoDate,
  number,
  percent,
  price,
  probability,
  shortDollars,
  typeset,
  withDates,
} from '../../../src/charts/format.ts'

describe('numbers in words', () => {
  it('writes a minus sign, not a hyphen', () => {
    expect(number(-1234.5)).toBe('−1,234.50')
    expect(percent(-0.137)).toBe('−13.7\u2009%')
    expect(dollars(-794.6)).toBe('−$795')
  })

  it('puts a thin space before the percent sign', () => {
    expect(percent(0.184)).toBe('18.4\u2009%')
  })

  it('shows the sign of gains where asked', () => {
    expect(percent(0.15, { signed: true })).toBe('+15.0\u2009%')
    expect(dollars(1485, { signed: true })).toBe('+$1,485')
  })

  it('gives no sign to what rounds to zero', () => {
    expect(percent(-0.0001, { signed: true })).toBe('0.0\u2009%')
    expect(number(0.001, { signed: true })).toBe('0.00')
    expect(number(-0, { digits: 0 })).toBe('0')
  })

  it('writes a dash for what is not known', () => {
    for (const text of [number(NaN), percent(Infinity), dollars(NaN), date(NaN), inUnit(NaN, 'count')])
      expect(text).toBe('–')
  })

  it('shortens large amounts without losing their size', () => {
    expect(shortDollars(950)).toBe('$950')
    expect(shortDollars(90_400)).toBe('$90.4\u2009k')
    expect(shortDollars(999_700)).toBe('$1.0\u2009m')
    expect(shortDollars(18_400_000)).toBe('$18.4\u2009m')
    expect(shortDollars(-2_500_000_000)).toBe('−$2.5\u2009bn')
  })

  it('counts in words', () => {
    expect(count(214, 'trade')).toBe('214 trades')
    expect(count(1, 'day')).toBe('1 day')
    expect(count(0, 'trade')).toBe('no trades')
    expect(count(2, 'entry', 'entries')).toBe('2 entries')
  })

  it('never says that something possible has no probability', () => {
    expect(probability(0.0004)).toBe('<\u20090.001')
    expect(probability(0.031)).toBe('0.031')
    expect(probability(0.31)).toBe('0.31')
    expect(probability(0)).toBe('0.000')
  })

  it('shows four digits of prices below a dollar', () => {
    expect(price(0.1234)).toBe('0.1234')
    expect(price(155.2)).toBe('155.20')
  })

  it('shows every value in its own unit', () => {
    expect(inUnit(0.184, 'fraction')).toBe('18.4\u2009%')
    expect(inUnit(8.9, 'bps')).toBe('8.9\u2009bps')
    expect(inUnit(13_331, 'dollars')).toBe('$13,331')
    expect(inUnit(18_400_000, 'dollars')).toBe('$18.4\u2009m')
    expect(inUnit(14.2, 'multiple')).toBe('14.20×')
    expect(inUnit(86, 'count')).toBe('86')
    expect(inUnit(37.4, 'count')).toBe('37.4')
    expect(inUnit(43, 'days')).toBe('43\u2009days')
    expect(inUnit(1.214, 'ratio')).toBe('1.21')
    expect(inUnit(18_263, 'date')).toBe('2 Jan 2020')
  })
})

describe('dates', () => {
  it('are UTC days', () => {
    expect(date(18_263)).toBe('2 Jan 2020')
    expect(date(0)).toBe('1 Jan 1970')
    expect(isoDate(18_321)).toBe('2020-02-29')
  })
})

describe('sentences that come without typography', () => {
  it('get the thin space, the minus sign, and keep an equation on one line', () => {
    expect(typeset('lost -3.5 % (p = 0.31)')).toBe('lost −3.5\u2009% (p\u00a0=\u00a00.31)')
  })

  it('keep what is no number of theirs', () => {
    expect(typeset('beta-adjusted, 2020-01-02, a % of it')).toBe('beta-adjusted, 2020-01-02, a % of it')
  })

  it('show ISO dates as all other dates', () => {
    expect(withDates('between 2024-07-08 and 2024-07-18.')).toBe('between 8 Jul 2024 and 18 Jul 2024.')
  })
})
