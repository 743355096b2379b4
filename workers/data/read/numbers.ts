import { decodeText } from './cells.ts'

const zero = 48
const nine = 57
const minus = 45
const largestExact = 2 ** 53
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

/**
 * The number in bytes `start` to `end`, correctly rounded; NaN where it is none. Plain digits take a fast
 * way (a mantissa below 2⁵³ divided by a power of ten up to 10²² is exact by IEEE 754); everything else
 * goes through `parseNumberText`. `decimal` is the byte of the decimal sign.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let at = start
  const negative = bytes[at] === minus && at < end
  if (negative) at++
  let mantissa = 0
  let fraction = -1
  const first = at
  for (; at < end; at++) {
    const byte = bytes[at]
    if (byte >= zero && byte <= nine) {
      mantissa = mantissa * 10 + (byte - zero)
      if (fraction >= 0) fraction++
    } else if (byte === decimal && fraction < 0) fraction = 0
    else return slow(bytes, start, end, decimal)
  }
  const digits = end - first - (fraction >= 0 ? 1 : 0)
  if (digits === 0 || mantissa >= largestExact || fraction > 22) return slow(bytes, start, end, decimal)
  const value = fraction > 0 ? mantissa / powersOfTen[fraction] : mantissa
  return negative ? -value : value
}

function slow(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  if (end === start || end - start > 64) return NaN
  let text = ''
  for (let i = start; i < end; i++) {
    if (bytes[i] > 127) return parseNumberText(decodeText(bytes, start, end), decimal === 44 ? ',' : '.')
    text += String.fromCharCode(bytes[i])
  }
  return parseNumberText(text, decimal === 44 ? ',' : '.')
}

const currency = /^([+-]?)(?:US\$|USD|EUR|GBP|CHF|[$€£¥])\s*|\s*(?:USD|EUR|GBP|CHF|[$€£¥])$/g
const groups = {
  '.': /^[+-]?\d{1,3}(?:[,'’ \u00a0\u202f]\d{3})+$/,
  ',': /^[+-]?\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})+$/,
}
const suffixes: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i

/**
 * A number as people write it: a currency sign, groups of three digits between thousands separators
 * (the sign that is not the decimal one, blanks, apostrophes), an exponent, K, M, B or T at the end.
 * NaN where anything else is in it: `1,5` with a decimal point is no number, and never 15.
 */
export function parseNumberText(text: string, decimal: '.' | ','): number {
  let rest = text.trim().replace(currency, '$1')
  const suffix = suffixes[rest.slice(-1).toUpperCase()] ?? 1
  if (suffix > 1) rest = rest.slice(0, -1).trimEnd()
  const [whole, ...fractions] = rest.split(decimal)
  if (fractions.length > 1) return NaN
  const digits = groups[decimal].test(whole) ? whole.replace(/[^\d+-]/g, '') : whole
  if (digits.includes('.')) return NaN
  const number = fractions.length === 1 ? `${digits}.${fractions[0]}` : digits
  return plain.test(number) ? Number(number) * suffix : NaN
}
