import type { BarRow } from '../collectedRows.ts'
import type { TableRecord } from './tableReading.ts'

const prices = ['open', 'high', 'low', 'close'] as const

/** A daily bar. Only the close is needed. */
export function barOf(record: TableRecord, symbol: string): BarRow | null {
  const date = record.day('date')
  if (Number.isNaN(date)) record.refuse('date', 'a day')
  const values = prices.map((role) => {
    const value = record.number(role)
    if (value <= 0 || (role === 'close' && Number.isNaN(value))) record.refuse(role, 'a price above 0')
    return value
  })
  const [open, high, low, close] = values
  if (high < low) record.refuse('high', 'a price no lower than the lowest')
  const volume = record.number('volume')
  if (volume < 0) record.refuse('volume', 'a number of shares')
  return { table: 'prices', symbol, date, open, high, low, close, volume }
}
