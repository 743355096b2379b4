export type ColumnType = 'VARCHAR' | 'DATE' | 'DOUBLE' | 'INTEGER'

/** One column of a canonical table: import, validation, documentation and the panel all read this row. */
export interface ColumnRule {
  name: string
  type: ColumnType
  /** Part of the key of the table. */
  key: boolean
  required: boolean
  unit: string
  doc: string
  /** Names seen in files, as lower-case letters and digits alone, the likeliest first. */
  aliases: string[]
  /** Accepted range of a number, both ends included. */
  range?: [number, number]
  /** Words that stand for a number. */
  words?: Record<string, number>
  /** Integers only. */
  whole?: boolean
  /** A cell of this column may be empty; it then takes the default. */
  mayBeBlank?: boolean
  /** Where the file has no such column or a blank cell; NaN unless set. */
  default?: number
  /** In the currency of the file, and so divided by the price scale of the plan. */
  price?: boolean
}

export interface TableRule {
  name: TableName
  doc: string
  columns: ColumnRule[]
  /** Columns a file may have that import turns into one of the above. */
  sources: ColumnRule[]
}

export type TableName = 'prices' | 'companies' | 'signals'

const symbol: ColumnRule = {
  name: 'symbol',
  type: 'VARCHAR',
  key: true,
  required: true,
  unit: '',
  doc: 'Ticker, in capitals.',
  aliases: [
    'symbol',
    'ticker',
    'tickersymbol',
    'stocksymbol',
    'actsymbol',
    'instrument',
    'code',
    'secid',
    'name',
  ],
}

const date: ColumnRule = {
  name: 'date',
  type: 'DATE',
  key: true,
  required: true,
  unit: 'day',
  doc: 'Trading day, as the exchange writes it: an offset in the file never shifts it.',
  aliases: [
    'date',
    'day',
    'tradedate',
    'tradingday',
    'tradingdate',
    'datetime',
    'timestamp',
    'time',
    'datum',
    'fecha',
    'data',
    'dt',
    'asof',
    'asofdate',
  ],
}

function price(name: string, doc: string, aliases: string[]): ColumnRule {
  return {
    name,
    type: 'DOUBLE',
    key: false,
    required: true,
    unit: 'currency per share',
    doc,
    aliases,
    price: true,
  }
}

export const prices: TableRule = {
  name: 'prices',
  doc: 'Daily bars as traded (raw), with the factor that adjusts them.',
  columns: [
    symbol,
    date,
    price('open', 'First trade of the day.', [
      'open',
      'openprice',
      'o',
      'eroeffnung',
      'eröffnung',
      'apertura',
      'ouverture',
      'eröffn',
      'erster',
      'ouv',
      'otwarcie',
    ]),
    price('high', 'Highest trade of the day.', [
      'high',
      'highprice',
      'h',
      'hoch',
      'max',
      'maximo',
      'plushaut',
      'máximo',
      'massimo',
      'najwyzszy',
    ]),
    price('low', 'Lowest trade of the day.', [
      'low',
      'lowprice',
      'l',
      'tief',
      'tiefst',
      'min',
      'minimo',
      'plusbas',
      'mínimo',
      'najnizszy',
    ]),
    price('close', 'Last trade of the day.', [
      'close',
      'closelast',
      'closeprice',
      'last',
      'lastprice',
      'price',
      'c',
      'schluss',
      'schlusskurs',
      'cierre',
      'cloture',
      'clôture',
      'settle',
      'dernier',
      'zuletzt',
      'último',
      'ultimo',
      'zamkniecie',
      // Copied from a page that explains its columns.
      'closeclosepriceadjustedforsplits',
    ]),
    {
      name: 'volume',
      type: 'DOUBLE',
      key: false,
      required: false,
      unit: 'shares',
      doc: 'Shares traded.',
      aliases: [
        'volume',
        'vol',
        'v',
        'tradedvolume',
        'sharevolume',
        'totalvolume',
        // Before the turnover in money, which the same files call volume.
        'stueck',
        'stück',
        'stuecke',
        'stücke',
        'volumen',
        'umsatz',
        'wolumen',
      ],
    },
    {
      name: 'adj_factor',
      type: 'DOUBLE',
      key: false,
      required: false,
      default: 1,
      unit: 'adjusted ÷ raw',
      doc: 'Multiplies a raw price into one adjusted for splits and dividends; 1 where the file has none.',
      aliases: ['adjfactor', 'adjustmentfactor', 'adjustfactor'],
      range: [Number.MIN_VALUE, Number.MAX_VALUE],
    },
  ],
  sources: [
    {
      ...price('adj_close', 'Adjusted close; adj_factor = adjusted close ÷ close.', [
        'adjclose',
        'adjustedclose',
        'closeadj',
        'closeadjusted',
        'adjclosep',
        'adjcloseprice',
        'adjcloseadjustedclosepriceadjustedforsplitsanddividendandorcapitalgaindistributions',
      ]),
      required: false,
    },
  ],
}

export const companies: TableRule = {
  name: 'companies',
  doc: 'One row per listed company.',
  columns: [
    symbol,
    {
      name: 'name',
      type: 'VARCHAR',
      key: false,
      required: false,
      mayBeBlank: true,
      unit: '',
      doc: 'Company name.',
      aliases: ['name', 'company', 'companyname', 'security'],
    },
    {
      name: 'sector',
      type: 'VARCHAR',
      key: false,
      required: false,
      mayBeBlank: true,
      unit: '',
      doc: 'Sector, for the limits per sector.',
      aliases: ['sector', 'gicssector', 'industry'],
    },
    {
      name: 'hq_airport',
      type: 'VARCHAR',
      key: false,
      required: false,
      mayBeBlank: true,
      unit: 'ICAO or IATA',
      doc: 'Airport nearest to the headquarters.',
      aliases: ['hqairport', 'airport'],
    },
    {
      name: 'delisted_on',
      type: 'DATE',
      key: false,
      required: false,
      mayBeBlank: true,
      unit: 'day',
      doc: 'Last day listed; empty while listed.',
      aliases: ['delistedon', 'delisted', 'delistingdate'],
    },
  ],
  sources: [],
}

export const signals: TableRule = {
  name: 'signals',
  doc: 'Decisions taken at the close of a day, by whatever idea the uploader has.',
  columns: [
    symbol,
    date,
    {
      name: 'direction',
      type: 'DOUBLE',
      key: false,
      required: true,
      unit: '1 long, −1 short, 0 close',
      doc: 'What to hold from the next open on.',
      aliases: ['direction', 'side', 'signal', 'action', 'position', 'dir'],
      range: [-1, 1],
      whole: true,
      words: {
        long: 1,
        buy: 1,
        l: 1,
        b: 1,
        short: -1,
        sell: -1,
        s: -1,
        flat: 0,
        close: 0,
        exit: 0,
      },
    },
    {
      name: 'conviction',
      type: 'DOUBLE',
      key: false,
      required: false,
      mayBeBlank: true,
      default: 1,
      unit: '0–1',
      doc: 'Strength of the decision; 1 where absent.',
      aliases: ['conviction', 'confidence', 'strength', 'probability', 'score', 'weight'],
      range: [0, 1],
    },
    {
      name: 'horizon',
      type: 'DOUBLE',
      key: false,
      required: false,
      mayBeBlank: true,
      default: 0,
      unit: 'bars',
      doc: 'Bars held at most, the entry bar included; 0 = no time exit.',
      aliases: ['horizon', 'bars', 'days', 'holdingperiod', 'holdingdays', 'hold', 'maxbars'],
      range: [0, 100_000],
      whole: true,
    },
    {
      name: 'size',
      type: 'DOUBLE',
      key: false,
      required: false,
      mayBeBlank: true,
      unit: 'fraction of equity',
      doc: 'Size of the position; by the rules where absent.',
      aliases: ['size', 'fraction', 'sizefraction', 'allocation'],
      range: [0, 1],
    },
    {
      ...price('stop', 'Price at which the position is given up.', ['stop', 'stoploss', 'sl', 'stopprice']),
      required: false,
      mayBeBlank: true,
      range: [Number.MIN_VALUE, Number.MAX_VALUE],
    },
    {
      ...price('target', 'Price at which the profit is taken.', [
        'target',
        'takeprofit',
        'tp',
        'targetprice',
        'pricetarget',
      ]),
      required: false,
      mayBeBlank: true,
      range: [Number.MIN_VALUE, Number.MAX_VALUE],
    },
  ],
  sources: [],
}

export const tables: Record<TableName, TableRule> = { prices, companies, signals }

/** The name under which the plan of an import knows a column: `adj_close` → `adjClose`. */
export function roleOf(column: ColumnRule): string {
  return column.name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
