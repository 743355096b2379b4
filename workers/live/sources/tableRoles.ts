import type { Settings } from '../contract.ts'
import { textOf } from './readSettings.ts'

export interface TableRole {
  name: string
  label: string
  help: string
  required: boolean
  /** Names by which a column is found, as letters and digits in lower case. */
  names: string[]
}

const role = (name: string, label: string, help: string, required: boolean, names: string[]): TableRole => ({
  name,
  label,
  help,
  required,
  names,
})

const symbol = role('symbol', 'Symbol', 'Where one answer holds several shares.', false, [
  'symbol',
  'ticker',
  'underlying',
  'underlyingsymbol',
  'root',
])

export const tableRoles: Record<'prices' | 'options', TableRole[]> = {
  prices: [
    symbol,
    role('date', 'Date', 'The day of the bar.', true, [
      'date',
      'day',
      't',
      'time',
      'timestamp',
      'datetime',
      'key',
      'tradedate',
      'begin',
    ]),
    role('open', 'Open', 'Price at the open.', false, ['open', 'o', '1open', 'priceopen', 'adjopen']),
    role('high', 'High', 'Highest price.', false, ['high', 'h', '2high', 'pricehigh']),
    role('low', 'Low', 'Lowest price.', false, ['low', 'l', '3low', 'pricelow']),
    role('close', 'Close', 'Price at the close.', true, [
      'close',
      'c',
      '4close',
      'last',
      'priceclose',
      'closelast',
    ]),
    role('volume', 'Volume', 'Shares traded.', false, ['volume', 'v', '5volume', '6volume', 'vol']),
  ],
  options: [
    symbol,
    role(
      'quoteDate',
      'Quote date',
      'The day of the quotes; none = the day on which they are asked for.',
      false,
      ['quotedate', 'date', 'asof', 'tradedate', 'quotetime'],
    ),
    role(
      'contract',
      'Contract',
      'OCC symbol such as SPY250826C00540000, instead of expiry, strike and right.',
      false,
      ['contractsymbol', 'contract', 'optionsymbol', 'occ', 'occsymbol', 'contractid', 'option'],
    ),
    role('expiry', 'Expiry', 'Last day of the contract.', false, [
      'expiry',
      'expiration',
      'expirationdate',
      'expirydate',
      'expiredate',
      'exdate',
    ]),
    role('strike', 'Strike', 'Strike price.', false, ['strike', 'strikeprice', 'k']),
    role('right', 'Call or put', 'C, call, P or put.', false, [
      'right',
      'type',
      'optiontype',
      'callput',
      'cp',
      'side',
      'putcall',
      'contracttype',
    ]),
    role('bid', 'Bid', 'Best bid.', false, ['bid', 'bidprice', 'bestbid']),
    role('ask', 'Ask', 'Best ask.', false, ['ask', 'askprice', 'offer', 'bestask', 'bestoffer']),
    role('last', 'Last', 'Last trade.', false, ['last', 'lastprice', 'lasttradeprice', 'mark', 'close']),
    role('volume', 'Volume', 'Contracts traded.', false, ['volume', 'vol', 'tradevolume']),
    role('openInterest', 'Open interest', 'Contracts open.', false, ['openinterest', 'oi', 'openint']),
    role('impliedVol', 'Implied volatility', 'A year’s, as a fraction: 0.25 is 25 %.', false, [
      'impliedvolatility',
      'impliedvol',
      'iv',
      'greeksmidiv',
      'volatility',
    ]),
  ],
}

export function tableKind(settings: Settings): 'prices' | 'options' {
  return textOf(settings, 'kind') === 'options' ? 'options' : 'prices'
}

/** Name of the setting that holds the column of a role. */
export function columnSetting(name: string): string {
  return `column.${name}`
}

/** Letters and digits in lower case. */
export function plainName(column: string): string {
  return column.toLowerCase().replace(/[^a-z0-9]/g, '')
}
