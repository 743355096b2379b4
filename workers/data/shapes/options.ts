import { dateFromName } from '../inspect/dateFromName.ts'
import { symbolFromName } from '../inspect/symbolFromName.ts'
import { cellOf, hasAll, hasAny, type Shape, type ShapeHead, type ShapedPlan } from './shape.ts'

/** Options Clearing Corporation: root, expiry (yymmdd), C or P, strike × 1000. */
const contract = /^(?:O:)?([A-Z][A-Z0-9.]{0,5}?)\s*\d{6}([CP])(\d{8})$/
const thousand = 0.001
const strikes = ['strike', 'strikeprice', 'k']
const rights = ['right', 'type', 'optiontype', 'cpflag', 'callput', 'putcall', 'cp', 'side']
const expiries = ['expiry', 'expiration', 'expirationdate', 'expdate', 'expiredate', 'exdate', 'maturity']

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
    plan: (head) => ({
      ...common(head),
      columns: { ...pairColumns(head.names, head.header?.cells ?? []), right: undefined },
      notes: ['A row quotes a call and a put: it becomes two rows.'],
    }),
  },
  {
    name: 'option chain',
    kind: 'options',
    content: 'rows',
    fits: ({ names }) => hasAny(names, strikes) && hasAny(names, rights) && hasAny(names, expiries),
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

/** What chains seldom say in their rows: the underlying, the day of the quotes, and strikes × 1000. */
function common(head: ShapeHead): ShapedPlan {
  const { names, rows, fileName } = head
  const contracts = names.findIndex((_, i) => contract.test(rows[0]?.[i] ?? ''))
  const strike = cellOf(names, ...strikes)
  const plan: ShapedPlan = { constants: {}, scales: {} }
  const roots = new Set(rows.map((cells) => contract.exec(cells[contracts] ?? '')?.[1] ?? ''))
  const [root = ''] = roots.size === 1 ? roots : []
  const named = hasAny(names, [
    'symbol',
    'underlying',
    'underlyingsymbol',
    'ticker',
    'root',
    'actsymbol',
    'underlier',
  ])
  if (!named) plan.symbol = root || symbolInName(fileName)
  const dated = hasAny(names, [
    'quotedate',
    'quotereaddate',
    'tradedate',
    'date',
    'datadate',
    'asof',
    'quotetime',
    'day',
  ])
  if (!dated) plan.constants = { quoteDate: dateFromName(fileName) }
  if (strike !== undefined && isThousandfold(rows, strike, contracts, names)) {
    plan.scales = { strike: thousand }
    plan.notes = ['Strikes are written × 1,000 and are divided by it.']
  }
  return plan
}

/** By the strike inside the name of the contract, else by looks: far above all quotes, and multiples of 500. */
function isThousandfold(rows: string[][], strike: number, contracts: number, names: string[]): boolean {
  if (contracts >= 0) {
    const pairs = rows.flatMap((cells) => {
      const [, , , digits] = contract.exec(cells[contracts] ?? '') ?? []
      return digits === undefined ? [] : [Number(cells[strike]) / Number(digits)]
    })
    return pairs.length > 0 && pairs.every((ratio) => Math.abs(ratio - 1) < 1e-9)
  }
  const values = rows.map((cells) => Number(cells[strike])).filter((value) => value > 0)
  const quotes = ['bid', 'bestbid', 'ask', 'bestoffer', 'bestask', 'last', 'lastprice', 'cbid', 'pbid']
    .flatMap((name) => (names.includes(name) ? [names.indexOf(name)] : []))
    .flatMap((cell) => rows.map((cells) => Number(cells[cell]) || 0))
  if (values.length === 0 || !values.every((value) => value >= 1000 && value % 500 === 0)) return false
  const middle = values.sort((a, b) => a - b)[values.length >> 1]
  return middle >= 10_000 && Math.max(0, ...quotes) < middle / 10
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
