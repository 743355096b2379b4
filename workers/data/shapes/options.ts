import { contractParts } from '../read/contract.ts'
import { isoOf, parseDateText, noDate } from '../read/dates.ts'
import { parseNumberText } from '../read/numbers.ts'
import { dateFromName } from '../inspect/dateFromName.ts'
import { symbolFromName } from '../inspect/symbolFromName.ts'
import { cellOf, hasAll, hasAny, type Shape, type ShapeHead, type ShapedPlan } from './shape.ts'

const thousand = 0.001
const strikes = ['strike', 'strikeprice', 'k', 'detailsstrikeprice']
const rights = [
  'right',
  'type',
  'optiontype',
  'cpflag',
  'callput',
  'putcall',
  'cp',
  'side',
  'contracttype',
  'detailscontracttype',
]
const expiries = [
  'expiry',
  'expiration',
  'expirationdate',
  'expdate',
  'expiredate',
  'exdate',
  'maturity',
  'detailsexpirationdate',
]

export const optionShapes: Shape[] = [
  {
    name: 'LEAN option universe',
    kind: 'options',
    content: 'rows',
    fits: ({ header, names }) =>
      header?.cells[0] === '#expiry' && hasAll(names, ['strike', 'right', 'openinterest']),
    plan: (head) => ({
      ...common(head),
      notes: [
        'The line under the header is the share itself, not a contract, and is refused.',
        'The last price is the middle of the closing quotes, not a trade: bid and ask are not in the file.',
        ...universeQuirks(head),
      ],
    }),
  },
  {
    name: 'calls and puts side by side',
    kind: 'options',
    content: 'option-pairs',
    fits: ({ names, header }) =>
      hasAny(names, strikes) && hasAny(names, expiries) && pairColumns(names, header?.cells ?? []) !== null,
    plan: (head) => {
      const shared = common(head)
      return {
        ...shared,
        columns: {
          ...shared.columns,
          ...pairColumns(head.names, head.header?.cells ?? []),
          right: undefined,
        },
        notes: ['A row quotes a call and a put: it becomes two rows.', ...(shared.notes ?? [])],
      }
    },
  },
  {
    name: 'option chain',
    kind: 'options',
    content: 'rows',
    fits: (head) =>
      hasAny(head.names, strikes) &&
      ((hasAny(head.names, rights) && (hasAny(head.names, expiries) || hasAny(head.names, quotes))) ||
        contractCell(head) !== undefined),
    plan: (head) => common(head),
  },
]

/** What the line of the share and the volumes of the contracts show. */
function universeQuirks({ names, rows }: ShapeHead): string[] {
  const [share, ...contracts] = rows
  const at = (name: string) => Number(share?.[names.indexOf(name)])
  const notes: string[] = []
  if (at('close') > at('high') || at('close') < at('low')) {
    notes.push(
      'The close of the share lies outside its high and low, so it is of another day: do not price by it.',
    )
  }
  const volume = names.indexOf('volume')
  if (contracts.length > 0 && contracts.every((cells) => Number(cells[volume]) === 0))
    notes.push('No contract was traded that day, as far as the first rows show.')
  return notes
}

/** Days that chains call their quotes by. */
const quoteDays = ['quotedate', 'quotereaddate', 'tradedate', 'date', 'datadate', 'asof', 'quotetime', 'day']
const underlyings = [
  'symbol',
  'underlying',
  'underlyingsymbol',
  'underlyingticker',
  'underlyingassetticker',
  'ticker',
  'root',
  'rootsymbol',
  'actsymbol',
  'underlier',
]
const quotes = ['bid', 'bestbid', 'ask', 'bestoffer', 'bestask', 'last', 'lastprice', 'cbid', 'pbid']

/** Cell of the names of the contracts. */
function contractCell({ names, rows }: ShapeHead): number | undefined {
  const cell = names.findIndex((_, i) => contractParts(rows[0]?.[i] ?? '') !== null)
  return cell < 0 ? undefined : cell
}

/** What chains seldom say in their rows: the underlying, the day of the quotes, and strikes × 1000. */
function common(head: ShapeHead): ShapedPlan {
  const { names, rows, fileName } = head
  const contracts = contractCell(head)
  const plan: ShapedPlan = { constants: {}, scales: {}, columns: {}, notes: [] }
  const parts = contracts === undefined ? [] : rows.map((cells) => contractParts(cells[contracts] ?? ''))
  const roots = new Set(parts.map((contract) => contract?.root ?? ''))
  const [root = ''] = roots.size === 1 ? roots : []
  if (!hasAny(names, underlyings)) {
    if (roots.size > 1) plan.columns!.symbol = contracts
    else plan.symbol = root || symbolInName(fileName)
  }
  if (contracts !== undefined) {
    if (!hasAny(names, rights)) plan.columns!.right = contracts
    if (!hasAny(names, expiries)) plan.columns!.expiry = contracts
  } else if (!hasAny(names, expiries)) {
    const [, expiry = ''] = /exp(?:iry|ires|iration)?[-_ ]?(\d{4}-?\d\d-?\d\d)/i.exec(fileName) ?? []
    if (expiry !== '') plan.constants!.expiry = dateFromName(expiry)
  }
  if (tellsLastTrade(head)) plan.columns!.quoteDate = undefined
  if (!hasAny(names, quoteDays) || 'quoteDate' in plan.columns!) {
    plan.constants!.quoteDate = dateAbove(head) || (isExpiry(head, plan) ? '' : dateFromName(fileName))
  }
  readVolatility(head, plan)
  const strike = cellOf(names, ...strikes)
  if (strike !== undefined && isThousandfold(rows, strike, parts, names)) {
    plan.scales!.strike = thousand
    plan.notes!.push('Strikes are written × 1,000 and are divided by it.')
  }
  return plan
}

/** A day of trade that some contracts do not have is that of their last trade, not that of the quotes. */
function tellsLastTrade({ names, rows }: ShapeHead): boolean {
  const cell = names.indexOf('tradedate')
  if (
    cell < 0 ||
    hasAny(
      names,
      quoteDays.filter((name) => name !== 'tradedate'),
    )
  )
    return false
  return rows.some((cells) => /^0?$/.test(cells[cell] ?? ''))
}

/** The day of the quotes in the lines above the header (`Date: January 12, 2024 at 4:14 PM EST`); '' where none is. */
function dateAbove({ above }: ShapeHead): string {
  for (const cell of above) {
    const [text = ''] = /\d{4}-\d\d-\d\d|[a-z]{3,9}\.? \d{1,2},? \d{4}/i.exec(cell) ?? []
    for (const format of ['iso', 'month-name'] as const) {
      const day = parseDateText(text, format)
      if (day !== noDate) return isoOf(day)
    }
  }
  return ''
}

/** Whether the day in the name of the file is the one on which all of its contracts end: not that of the quotes. */
function isExpiry(head: ShapeHead, { constants, columns }: ShapedPlan): boolean {
  const { names, rows, fileName } = head
  const named = dateFromName(fileName)
  if (constants?.expiry !== undefined) return constants.expiry === named
  const cell = columns?.expiry ?? cellOf(names, ...expiries)
  if (cell === undefined) return false
  return rows.every((cells) => {
    const text = cells[cell] ?? ''
    const days = [
      parseDateText(text, 'iso'),
      parseDateText(text, 'compact'),
      contractParts(text)?.expiry ?? noDate,
    ]
    return days.some((day) => day !== noDate && isoOf(day) === named)
  })
}

const volatilities = ['impliedvol', 'impliedvolatility', 'iv', 'implvolatility', 'implvol', 'midiv']
/** No chain has so high an implied volatility in the middle: it is written in percent. */
const highestMedian = 5

/** “vol” is the volatility where it has fractions; one of 23.5 without a sign is meant in percent. */
function readVolatility({ names, rows }: ShapeHead, plan: ShapedPlan): void {
  const numbersOf = (cell: number) =>
    rows.map((cells) => parseNumberText(cells[cell] ?? '', '.')).filter((value) => Number.isFinite(value))
  let cell = cellOf(names, ...volatilities)
  const vol = names.indexOf('vol')
  if (cell === undefined && vol >= 0) {
    const isShare = names.includes('volume') || numbersOf(vol).some((value) => !Number.isInteger(value))
    if (isShare) {
      cell = vol
      plan.columns!.impliedVol = vol
      plan.columns!.volume = cellOf(names, 'volume')
    }
  }
  if (cell === undefined) return
  const values = numbersOf(cell)
    .filter((value) => value > 0)
    .sort((a, b) => a - b)
  if (values.length < 3 || values[values.length >> 1] <= highestMedian) return
  plan.scales!.impliedVol = 0.01
  plan.notes!.push('Implied volatilities are written in percent and are divided by 100.')
}

/** By the strike inside the name of the contract, else by looks: far above all quotes, and multiples of 500. */
function isThousandfold(
  rows: string[][],
  strike: number,
  parts: ReturnType<typeof contractParts>[],
  names: string[],
): boolean {
  if (parts.length > 0) {
    const ratios = parts.flatMap((contract, i) =>
      contract ? [Number(rows[i][strike]) / contract.strike] : [],
    )
    return ratios.length > 0 && ratios.every((ratio) => Math.abs(ratio - 1) < 1e-9)
  }
  const values = rows.map((cells) => Number(cells[strike])).filter((value) => value > 0)
  const quoted = quotes
    .flatMap((name) => (names.includes(name) ? [names.indexOf(name)] : []))
    .flatMap((cell) => rows.map((cells) => Number(cells[cell]) || 0))
  if (values.length === 0 || !values.every((value) => value >= 1000 && value % 500 === 0)) return false
  const middle = values.sort((a, b) => a - b)[values.length >> 1]
  return middle >= 10_000 && Math.max(0, ...quoted) < middle / 10
}

/** The ticker in `SPY_options_yf_20250826.csv`, `msft_22-November-2021.csv`, `aapl_20140602.csv`; '' where none is. */
function symbolInName(fileName: string): string {
  const [first] = fileName.replace(/^.*[\\/]/, '').split(/[_\s.]+/)
  return /^[A-Z]{1,5}$/i.test(first) && dateFromName(fileName) !== ''
    ? first.toUpperCase()
    : symbolFromName(fileName)
}

const quoted: Record<string, string[]> = {
  bid: ['bid', 'bidprice', 'bestbid'],
  ask: ['ask', 'askprice', 'bestask', 'offer'],
  last: ['last', 'lastprice', 'lastsale', 'close'],
  volume: ['volume', 'vol'],
  openInterest: ['openinterest', 'openint', 'oi'],
  impliedVol: ['impliedvol', 'impliedvolatility', 'iv'],
  lastTrade: ['lasttrade', 'lasttradedate'],
}

/**
 * Roles of the call, and of the put with `Put` behind them: by prefix (`C_BID`, `Put Ask`), else by place, calls
 * before the strike and puts after it. Null where a side has no quote.
 */
function pairColumns(names: string[], header: string[]): Record<string, number> | null {
  const strike = cellOf(names, ...strikes) ?? -1
  const columns: Record<string, number> = {}
  for (const [role, words] of Object.entries(quoted)) {
    for (const word of words) {
      const find = (prefixes: string[]) =>
        names.findIndex(
          (name, i) =>
            prefixes.some((prefix) => name === prefix + word) && /[\s_.-]|^(calls?|puts?)/i.test(header[i]),
        )
      const call = find(['c', 'call', 'calls'])
      const put = find(['p', 'put', 'puts'])
      if (call >= 0 && put >= 0) Object.assign(columns, { [role]: call, [`${role}Put`]: put })
      const [before, after] = [names.indexOf(word), names.lastIndexOf(word)]
      if (before >= 0 && before < strike && after > strike && !(role in columns))
        Object.assign(columns, { [role]: before, [`${role}Put`]: after })
      if (role in columns) break
    }
  }
  return 'bid' in columns || 'last' in columns || 'ask' in columns ? columns : null
}
