import type { DatasetSummary } from '../../../workers/data/api.ts'

type Named = Pick<DatasetSummary, 'name' | 'symbols' | 'from' | 'to'>

const mostNamed = 12

/** What a file of signals asks for that the prices in use cannot give, a sentence each. */
export function signalWarnings(signals: Named, prices: Named[]): string[] {
  const warnings: string[] = []
  const priced = new Set(prices.flatMap((dataset) => dataset.symbols.map(normalised)))
  const unknown = signals.symbols.filter((symbol) => !priced.has(normalised(symbol)))
  if (unknown.length > 0) {
    const named = unknown.slice(0, mostNamed).join(', ')
    const more = unknown.length > mostNamed ? ` and ${unknown.length - mostNamed} more` : ''
    const what =
      unknown.length === signals.symbols.length
        ? 'none of its symbols has prices in use'
        : `${unknown.length} of its ${signals.symbols.length} symbols have no prices in use`
    warnings.push(
      `“${signals.name}”: ${what} (${named}${more}). Their rows are left out; import prices for them, ` +
        'or write the symbols as the price files do.',
    )
  }
  const from = Math.min(...prices.map((dataset) => dataset.from))
  const to = Math.max(...prices.map((dataset) => dataset.to))
  if (prices.length > 0 && (signals.to < from || signals.from > to)) {
    warnings.push(
      `“${signals.name}”: all its dates lie outside the prices in use, so no row can trade. ` +
        'Import prices for those dates.',
    )
  } else if (prices.length > 0 && (signals.from < from || signals.to > to)) {
    warnings.push(
      `“${signals.name}”: some of its dates lie outside the prices in use; those rows cannot trade.`,
    )
  }
  return warnings
}

/** As the simulation matches them. */
function normalised(symbol: string): string {
  return symbol.trim().toUpperCase()
}
