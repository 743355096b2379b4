import type { Panel } from '../../quant/panel.ts'
import { onDates } from './onDates.ts'

/** A symbol that did not trade in the last so many bars has no bar of the day that has begun. */
const recentBars = 10

/**
 * The panel with a bar of the day that has begun, which carries the last close of every symbol on: nothing is traded
 * in it. The panel as it is where it has a bar of that day or a later one, and at weekends.
 * @param today epoch day
 */
export function withToday(panel: Panel, today: number): Panel {
  const days = panel.dates.length
  if (days === 0 || panel.dates[days - 1] >= today || isWeekend(today)) return panel
  const longer = onDates(panel, Int32Array.from([...panel.dates, today]), panel.symbols)
  panel.symbols.forEach((_, s) => {
    let last = days - 1
    while (last >= Math.max(0, days - recentBars) && Number.isNaN(panel.close[s * days + last])) last--
    if (last < Math.max(0, days - recentBars)) return
    const to = s * (days + 1) + days
    const close = panel.close[s * days + last]
    for (const column of ['open', 'high', 'low', 'close'] as const) longer[column][to] = close
    longer.volume[to] = 0
    if (longer.rawFactor) longer.rawFactor[to] = panel.rawFactor![s * days + last]
  })
  return { ...longer, provisional: true }
}

/** The epoch began on a Thursday. */
function isWeekend(epochDay: number): boolean {
  const weekday = (((epochDay + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}
