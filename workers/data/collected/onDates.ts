import type { Panel } from '../../quant/panel.ts'

const columns = ['open', 'high', 'low', 'close', 'volume', 'rawFactor'] as const

/** The bars of a panel over other days and symbols that hold its own: NaN where it has none. */
export function onDates(panel: Panel, dates: Int32Array, symbols: string[]): Panel {
  const indexOf = new Map(Array.from(dates, (day, index) => [day, index]))
  const index = panel.dates.map((day) => indexOf.get(day)!)
  const days = panel.dates.length
  const laid = (matrix: Float64Array): Float64Array => {
    const wide = new Float64Array(symbols.length * dates.length).fill(NaN)
    panel.symbols.forEach((symbol, s) => {
      const row = symbols.indexOf(symbol) * dates.length
      for (let i = 0; i < days; i++) wide[row + index[i]] = matrix[s * days + i]
    })
    return wide
  }
  const wide = columns.flatMap((column) => {
    const matrix = panel[column]
    return matrix ? [[column, laid(matrix)] as const] : []
  })
  return { ...panel, dates, symbols, ...Object.fromEntries(wide) }
}
