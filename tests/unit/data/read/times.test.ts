import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DateFormat } from '../../../../workers/data/api.ts'
import { parseTime, parseTimeText } from '../../../../workers/data/read/times.ts'

const utc = (text: string) => Date.parse(text)
const bytesOf = (text: string) => new TextEncoder().encode(text)
const fromBytes = (text: string, format: DateFormat) =>
  parseTime(bytesOf(`,${text},`), 1, text.length + 1, format)

describe('a time of a file', () => {
  it('without a zone is UTC, with an offset is shifted to it', () => {
    expect(parseTimeText('2024-01-31 14:05', 'iso')).toBe(utc('2024-01-31T14:05:00Z'))
    expect(parseTimeText('2024-01-31T14:05:09.250Z', 'iso')).toBe(utc('2024-01-31T14:05:09.250Z'))
    expect(parseTimeText('2024-01-31 00:00:00-05:00', 'iso-offset')).toBe(utc('2024-01-31T05:00:00Z'))
    expect(parseTimeText('2024-01-31T23:30:00+0530', 'iso')).toBe(utc('2024-01-31T18:00:00Z'))
    expect(parseTimeText('2024-01-01T00:30:00+01:00', 'iso')).toBe(utc('2023-12-31T23:30:00Z'))
  })

  it('without a clock is midnight', () => {
    expect(parseTimeText('2024-01-31', 'iso')).toBe(utc('2024-01-31T00:00:00Z'))
    expect(parseTimeText('20240131 1405', 'compact')).toBe(utc('2024-01-31T14:05:00Z'))
  })

  it('follows the confirmed order of day and month', () => {
    expect(parseTimeText('03/04/2024 10:00', 'day-first')).toBe(utc('2024-04-03T10:00:00Z'))
    expect(parseTimeText('03/04/2024 10:00', 'month-first')).toBe(utc('2024-03-04T10:00:00Z'))
    expect(parseTimeText('3/4/2024 12:15 am', 'month-first')).toBe(utc('2024-03-04T00:15:00Z'))
    expect(parseTimeText('3/4/2024 1:15 PM', 'month-first')).toBe(utc('2024-03-04T13:15:00Z'))
  })

  it('as seconds, milli-, micro- or nanoseconds since 1970 is the same moment', () => {
    for (const zeros of ['', '000', '000000', '000000000'])
      expect(parseTimeText('1630307631' + zeros, 'epoch')).toBe(1_630_307_631_000)
    expect(fromBytes('1630307631', 'epoch')).toBe(1_630_307_631_000)
  })

  it('that the clock or the calendar does not have is none', () => {
    for (const text of [
      '2024-02-30 10:00',
      '2024-01-31 25:00',
      '2024-01-31 10:61',
      'soon',
      '',
      '2024-01-31T',
    ])
      expect(parseTimeText(text, 'iso')).toBeNaN()
    expect(fromBytes('2024-02-30T10:00:00Z', 'iso')).toBeNaN()
  })

  it('reads from bytes as from text', () => {
    const moments = fc.date({ min: new Date('1971-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(moments, fc.constantFrom('T', ' '), fc.constantFrom('', 'Z'), (moment, between, zone) => {
        const text = moment.toISOString().slice(0, 19).replace('T', between) + zone
        expect(fromBytes(text, 'iso')).toBe(parseTimeText(text, 'iso'))
        expect(fromBytes(text, 'iso')).toBe(Math.floor(moment.getTime() / 1000) * 1000)
      }),
    )
  })
})
