/**
 * A long-format CSV of daily bars (symbol,date,open,high,low,close,volume), about 42 MB for 1 million
 * rows. Deterministic; used in Node here and in the browser through the page.
 */
export function priceCsv(rows: number, daysPerSymbol = 2500): Blob {
  const days = weekdays(daysPerSymbol)
  const parts: string[] = ['symbol,date,open,high,low,close,volume\n']
  let state = 1
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  for (let row = 0; row < rows;) {
    const symbol = `S${String(row / daysPerSymbol).padStart(4, '0')}`
    let price = 20 + 200 * random()
    let text = ''
    for (let day = 0; day < daysPerSymbol && row < rows; day++, row++) {
      const open = price * (0.995 + 0.01 * random())
      const close = price * (0.98 + 0.04 * random())
      const high = Math.max(open, close) * (1 + 0.01 * random())
      const low = Math.min(open, close) * (1 - 0.01 * random())
      price = close < 1 ? 20 : close
      const volume = Math.floor(1e5 + 1e6 * random())
      text += `${symbol},${days[day]},${open.toFixed(2)},${high.toFixed(2)},${low.toFixed(2)},${close.toFixed(2)},${volume}\n`
    }
    parts.push(text)
  }
  return new Blob(parts, { type: 'text/csv' })
}

function weekdays(count: number): string[] {
  const days: string[] = []
  for (let day = 16_000; days.length < count; day++) {
    const date = new Date(day * 86_400_000)
    if (date.getUTCDay() % 6 !== 0) days.push(date.toISOString().slice(0, 10))
  }
  return days
}
