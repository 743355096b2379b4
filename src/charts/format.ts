import type { Unit } from '../../workers/systems/api.ts'

const MINUS = '−'
const THIN = '\u2009'
const NOTHING = '–'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const formatters = new Map<number, Intl.NumberFormat>()
function formatter(digits: number): Intl.NumberFormat {
  let found = formatters.get(digits)
  if (!found) {
    found = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    formatters.set(digits, found)
  }
  return found
}

/** Digits with thousands separators and the sign apart; a value that rounds to zero has no sign. */
function parts(value: number, digits: number): { sign: '' | '+' | '−'; text: string } {
  const text = formatter(digits).format(Math.abs(value))
  const zero = !/[1-9]/.test(text)
  return { sign: zero || value === 0 ? '' : value < 0 ? MINUS : '+', text }
}

export interface Style {
  digits?: number
  /** Write the plus sign too. */
  signed?: boolean
}

/** 1234.5 → “1,234.50”; NaN and infinities → “–”. */
export function number(value: number, { digits = 2, signed = false }: Style = {}): string {
  if (!Number.isFinite(value)) return NOTHING
  const { sign, text } = parts(value, digits)
  return (signed || sign === MINUS ? sign : '') + text
}

/** A fraction as percent: 0.184 → “18.4 %”. */
export function percent(fraction: number, { digits = 1, signed = false }: Style = {}): string {
  return Number.isFinite(fraction) ? number(fraction * 100, { digits, signed }) + THIN + '%' : NOTHING
}

/** −1234.5 → “−$1,235”. */
export function dollars(value: number, { digits = 0, signed = false }: Style = {}): string {
  if (!Number.isFinite(value)) return NOTHING
  const { sign, text } = parts(value, digits)
  return (signed || sign === MINUS ? sign : '') + '$' + text
}

/** Large dollar amounts in three digits: 12_345_678 → “$12.3 m”. */
export function shortDollars(value: number): string {
  if (!Number.isFinite(value)) return NOTHING
  const size = Math.abs(value)
  const [scale, suffix] =
    size >= 999_500_000
      ? [1e9, THIN + 'bn']
      : size >= 999_500
        ? [1e6, THIN + 'm']
        : size >= 10_000
          ? [1e3, THIN + 'k']
          : [1, '']
  const scaled = value / scale
  const digits = suffix === '' || Math.abs(scaled) >= 100 ? 0 : 1
  return dollars(scaled, { digits }) + suffix
}

/** “1 trade”, “214 trades”, “no trades”. */
export function count(n: number, noun: string, plural = noun + 's'): string {
  if (!Number.isFinite(n)) return NOTHING
  return n === 0 ? `no ${plural}` : `${number(n, { digits: 0 })} ${Math.abs(n) === 1 ? noun : plural}`
}

const asUtc = (epochDay: number): Date => new Date(epochDay * 86_400_000)

/** “2 Jan 2020”. Days are UTC days everywhere. */
export function date(epochDay: number): string {
  if (!Number.isFinite(epochDay)) return NOTHING
  const day = asUtc(epochDay)
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`
}

/** Sentences that come without typography: a thin space before %, and what belongs together stays on one line. */
export function typeset(text: string): string {
  return text
    .replace(/(?<=\d)[ \u00a0\u202f](?=%)/g, THIN)
    .replace(/ ([=≤≥<>]) /g, '\u00a0$1\u00a0')
    .replace(/(?<=^|[\s(])-(?=\d)/g, MINUS)
}

/** ISO dates inside a sentence as dates are written everywhere else on the page. */
export function withDates(text: string): string {
  return text.replace(/\b\d{4}-\d\d-\d\d\b/g, (iso) => date(Date.parse(iso) / 86_400_000))
}

/** “2020-01-02”. */
export function isoDate(epochDay: number): string {
  return asUtc(epochDay).toISOString().slice(0, 10)
}

export const monthName = (index: number): string => MONTHS[index] ?? ''

/** A probability: two digits, and never “0.00” for something that can happen. */
export function probability(p: number): string {
  if (!Number.isFinite(p)) return NOTHING
  if (p > 0 && p < 0.001) return '<' + THIN + '0.001'
  return number(p, { digits: p < 0.1 ? 3 : 2 })
}

/** A price: cents, and four digits below a dollar; nothing is worth 0.00. */
export function price(value: number): string {
  return number(value, { digits: value !== 0 && Math.abs(value) < 1 ? 4 : 2 })
}

/** A measured value in its own unit: fractions as percent, dates as dates. */
export function inUnit(value: number, unit: Unit | 'ratio' | 'date', { signed = false } = {}): string {
  if (!Number.isFinite(value)) return NOTHING
  switch (unit) {
    case 'fraction':
      return percent(value, { digits: Math.abs(value) >= 10 ? 0 : 1, signed })
    case 'bps':
      return number(value, { digits: 1, signed }) + THIN + 'bps'
    case 'days':
      return (
        number(value, { digits: Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1, signed }) +
        THIN +
        'days'
      )
    case 'dollars':
      return !signed && Math.abs(value) >= 999_500 ? shortDollars(value) : dollars(value, { signed })
    case 'multiple':
      return number(value, { digits: 2, signed }) + '×'
    case 'count':
      return number(value, { digits: Number.isInteger(value) ? 0 : 1, signed })
    case 'date':
      return date(value)
    case 'plain':
    case 'ratio':
      return number(value, { digits: 2, signed })
  }
}

/** The colour class of a gain or a loss; nothing for zero and for what is missing. */
export function toneOf(value: number): 'gain' | 'loss' | '' {
  return value > 0 ? 'gain' : value < 0 ? 'loss' : ''
}
