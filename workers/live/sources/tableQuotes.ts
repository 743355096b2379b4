import type { QuoteRow } from '../collectedRows.ts'
import { epochDayOf } from './instants.ts'
import type { TableRecord } from './tableReading.ts'

const occ = /^(?:O:)?([A-Z.^]{1,6})\s*(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/i

/**
 * A quote of a contract, named by the OCC symbol or by expiry, strike and right.
 * @param today the day whose closing quotes are shown, where no column tells it; NaN = such quotes are not taken
 */
export function quoteOf(record: TableRecord, symbol: string, today: number): QuoteRow | null {
  const told = record.day('quoteDate')
  const quoteDate = Number.isNaN(told) ? today : told
  const contract = contractOf(record)
  if (!contract || Number.isNaN(quoteDate)) return null
  const { expiry, strike, right } = contract
  if (expiry < quoteDate) record.refuse('expiry', 'a day no earlier than that of the quote')
  const quoted = Object.fromEntries(
    (['bid', 'ask', 'last', 'volume', 'openInterest', 'impliedVol'] as const).map((role) => {
      const value = record.number(role)
      if (value < 0) record.refuse(role, 'a number of 0 or more')
      return [role, value]
    }),
  ) as Pick<QuoteRow, 'bid' | 'ask' | 'last' | 'volume' | 'openInterest' | 'impliedVol'>
  return { table: 'options', symbol, quoteDate, expiry, strike, right, ...quoted }
}

function contractOf(record: TableRecord): Pick<QuoteRow, 'expiry' | 'strike' | 'right'> | null {
  const name = record.text('contract')
  const expiry = record.day('expiry')
  const strike = record.number('strike')
  const right = rightOf(record.text('right'))
  if (!Number.isNaN(expiry) && strike > 0 && right) return { expiry, strike, right }
  const parts = occ.exec(name)
  if (parts) {
    const [, , year, month, day, letter, thousandths] = parts
    const last = epochDayOf(`20${year}-${month}-${day}`)
    if (!Number.isNaN(last)) {
      return { expiry: last, strike: Number(thousandths) / 1000, right: rightOf(letter) ?? 'call' }
    }
  }
  if (name !== '') record.refuse('contract', 'an OCC symbol such as SPY250826C00540000')
  else if (Number.isNaN(expiry)) record.refuse('expiry', 'a day')
  else if (!(strike > 0)) record.refuse('strike', 'a price above 0')
  else record.refuse('right', 'call or put')
  return null
}

function rightOf(text: string): 'call' | 'put' | null {
  if (/^c(all)?s?$/i.test(text)) return 'call'
  return /^p(ut)?s?$/i.test(text) ? 'put' : null
}
