import type { ProductTimeline } from '../../../../workers/backtest/api.ts'
import { date, number, price } from '../../../charts/format.ts'
import type { TableData } from '../../tableData.ts'

/** Days of a timeline as rows, newest first: the close, and each mood's tickets beside what is usual. */
export function timelineTable(
  { bands, prices, candidates }: ProductTimeline,
  [from, to]: [from: number, to: number],
): TableData {
  const drawn = bands.filter(({ mood }) => mood !== 'neutral')
  const closes = new Map(Array.from(prices.date, (day, i) => [day, prices.close[i]]))
  const unusual = new Set(candidates.map(({ day }) => day))
  const whole = (value: number): string => number(value, { digits: 0 })
  const rows: string[][] = []
  for (let day = to; day >= from; day--) {
    rows.push([
      date(day) + (unusual.has(day) ? ', unusual' : ''),
      price(closes.get(day) ?? NaN),
      ...drawn.flatMap((band) => {
        const i = day - band.from
        return i < 0 || i >= band.count.length
          ? ['–', '–']
          : [Number.isNaN(band.count[i]) ? 'missing' : whole(band.count[i]), whole(band.upper[i])]
      }),
    ])
  }
  return {
    head: ['Day', 'Close', ...drawn.flatMap(({ mood }) => [mood, 'usual up to'])],
    rows,
    note: 'UTC days, newest first.',
  }
}
