export type ColumnType = 'VARCHAR' | 'DATE' | 'TIMESTAMP' | 'DOUBLE'

/** How a text is written in the table, whatever the file does. */
export type TextForm =
  /** Ticker: capitals. */
  | 'symbol'
  /** Aircraft address: six hexadecimal digits in lower case, leading zeros restored. */
  | 'icao24'
  /** ICAO or IATA code: capitals. */
  | 'airport'
  /** One of the `choices`, or any other word in lower case where `open` is set. */
  | 'choice'
  | 'text'

/** One column of a canonical table: import, validation, documentation, views and the panel all read this row. */
export interface ColumnRule<Name extends string = string, Type extends ColumnType = ColumnType> {
  name: Name
  type: Type
  /** Part of the key of the table. */
  key: boolean
  required: boolean
  /** Another column that a file may have in its place: one of the two is enough. */
  unless?: string
  /** Where the cell is blank, the cell of this column is read instead. */
  fallback?: string
  unit: string
  doc: string
  /** Names seen in files, as lower-case letters and digits alone, the likeliest first. */
  aliases: string[]
  /** Names that carry another unit, and what a value is multiplied by. */
  scaledAliases?: Record<string, number>
  form?: TextForm
  /** For `choice`: words in lower case → the word of the table. */
  choices?: Record<string, string>
  /** For `choice`: words that are not among the choices are kept. */
  open?: boolean
  /** Long texts that seldom repeat. */
  prose?: boolean
  /** Characters of prose that are kept, where they are few. */
  longest?: number
  /** Accepted range of a number, both ends included. */
  range?: [number, number]
  /** Words that stand for a number. */
  words?: Record<string, number>
  /** A share that may be written as a percentage: 23.5% is 0.235. */
  percent?: boolean
  /** Integers only. */
  whole?: boolean
  /** What a blank cell tells the person whose row is refused, where “missing” says too little. */
  absent?: string
  /** A cell of this column may be empty; it then takes the default. */
  mayBeBlank?: boolean
  /** Where the file has no such column or a blank cell; NaN unless set. */
  default?: number
  /** The same for texts; where set, the person may type another one for the whole file. */
  constant?: string
  /** In the currency of the file, and so divided by the price scale of the plan. */
  price?: boolean
  /** May be told by the name of an option contract, such as AAPL240119C00175000. */
  contract?: boolean
  /** A time of which a file may give the month or the year alone: read as the last day it may mean. */
  partial?: boolean
}

/** When a row may be used, where its file does not say. */
export interface KnownAt {
  /** The first of these columns that is not blank is the thing itself. */
  from: string[]
  /** Added to it, this falls on the day on whose close a row may be used; that is at 20:00 UTC in summer. */
  lagHours: number
  /** Why so long, for the person who reads “assumed”. */
  doc: string
}

export interface TableRule<Name extends string = string, Columns extends ColumnRule[] = ColumnRule[]> {
  name: Name
  /** What one row is, in the plural: “daily bars”. */
  rows: string
  doc: string
  columns: Columns
  /** Columns a file may have that import turns into one of the above. */
  sources: ColumnRule[]
  /** Column of the time a row belongs to; null for lists without time. */
  time: string | null
  /** Column of whom a row is about; null where there is nothing to group by. */
  subject: string | null
  knownAt?: KnownAt
}

type Options = Partial<Omit<ColumnRule, 'name' | 'type' | 'doc' | 'aliases'>>

/** A column with everything that is usual left out: not in the key, not required, no unit. */
export function column<const Name extends string, const Type extends ColumnType>(
  name: Name,
  type: Type,
  doc: string,
  aliases: string[],
  options: Options = {},
): ColumnRule<Name, Type> {
  return { name, type, doc, aliases, key: false, required: false, unit: '', ...options }
}

export function table<const Name extends string, const Columns extends ColumnRule[]>(
  rule: TableRule<Name, Columns>,
): TableRule<Name, Columns> {
  return rule
}

/** The name under which the plan of an import knows a column: `adj_close` → `adjClose`. */
export function roleOf({ name }: Pick<ColumnRule, 'name'>): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** What a row of a table looks like outside SQL: days as epoch days, times as epoch milliseconds, missing = NaN or ''. */
export type RowOf<Rule extends TableRule> = {
  [C in Rule['columns'][number] as C['name']]: C['type'] extends 'VARCHAR' ? string : number
}
