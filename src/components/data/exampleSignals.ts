/** Prices in use, as much of them as an example needs. Days are epoch days. */
export interface ExampleMarket {
  symbols: string[]
  from: number
  to: number
}

const holdBars = 15
const mostSymbols = 4
const convictions = ['0.6', '0.8', '1']

/**
 * A file of signals that runs on the data in use: every month a long entry in a few symbols, held fifteen
 * bars. It shows the format and knows nothing of the prices. The second Wednesday of a month is a day on
 * which exchanges are hardly ever closed.
 */
export function exampleSignalsCsv(market: ExampleMarket, benchmark: string | null): string {
  const symbols = market.symbols.filter((symbol) => symbol !== benchmark).slice(0, mostSymbols)
  const rows = ['symbol,date,direction,conviction,horizon']
  let turn = 0
  for (const day of secondWednesdays(market.from, market.to)) {
    for (const symbol of symbols) {
      const conviction = convictions[turn++ % convictions.length]
      rows.push(`${csvCell(symbol)},${isoDay(day)},1,${conviction},${holdBars}`)
    }
  }
  return rows.join('\n') + '\n'
}

/** Epoch days in [from, to]. */
function secondWednesdays(from: number, to: number): number[] {
  const days: number[] = []
  const start = new Date(from * 86_400_000)
  for (let month = 0; ; month++) {
    const first = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1))
    const day = first.getTime() / 86_400_000 + ((3 - first.getUTCDay() + 7) % 7) + 7
    if (day > to) return days
    if (day >= from) days.push(day)
  }
}

function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
