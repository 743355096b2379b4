import { normalised, type Columns } from './columns.ts'

/** Who makes price files with such names. */
export function priceShape(header: string[] | null, columns: Columns): string {
  if (!header) return 'open' in columns ? 'prices without a header' : 'unknown shape'
  const names = new Set(header.map(normalised))
  if ('adjFactor' in columns) return 'Contrail'
  if (names.has('closelast')) return 'Nasdaq'
  if (names.has('ticker') && names.has('per') && names.has('openint')) return 'Stooq'
  if (names.has('adjclose') || (names.has('stocksplits') && names.has('dividends'))) return 'Yahoo'
  if (names.size === 6 && ['date', 'open', 'high', 'low', 'close', 'volume'].every((n) => names.has(n))) {
    return 'Stooq or Yahoo'
  }
  return 'open' in columns && 'close' in columns ? 'prices by name' : 'unknown shape'
}
