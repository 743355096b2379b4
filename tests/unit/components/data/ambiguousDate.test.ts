import { describe, expect, test } from 'vitest'
import { bothReadings } from '../../../../src/components/data/ambiguousDate.ts'

describe('a date that can be read two ways', () => {
  test('is shown in words both ways', () => {
    expect(bothReadings(['03/04/2015'])).toEqual({
      cell: '03/04/2015',
      dayFirst: '3 April 2015',
      monthFirst: '4 March 2015',
    })
  })

  test('is the first of the sample on which the readings differ', () => {
    expect(bothReadings(['02/02/2015', 'n/a', '5.12.15 00:00'])?.cell).toBe('5.12.15 00:00')
    expect(bothReadings(['01-12-99'])?.dayFirst).toBe('1 December 1999')
  })

  test('is not found among dates that say which way they are', () => {
    expect(bothReadings(['13/04/2015', '04/13/2015', '2015-04-03', '00/04/2015'])).toBeNull()
  })
})
