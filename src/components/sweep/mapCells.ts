import type { SweepMap } from '../../../workers/backtest/api.ts'
import type { ParamValue, SystemInfo } from '../../../workers/systems/api.ts'
import { number } from '../../charts/format.ts'
import { numberCell, textCell } from '../report/exportCsv.ts'
import type { TableData } from '../tableData.ts'
import { combinationText, metricText, metricWords, paramLabel, valueText } from './sweepWords.ts'

/** The place of a value on an axis of the map: the bin of the nearest number, or exactly that choice; −1 = none. */
function placeOf(values: ParamValue[], wanted: ParamValue | undefined): number {
  if (typeof wanted !== 'number') return values.findIndex((value) => value === wanted)
  let nearest = -1
  let distance = Infinity
  values.forEach((value, i) => {
    const apart = Math.abs(Number(value) - wanted)
    if (apart < distance) [nearest, distance] = [i, apart]
  })
  return nearest
}

/** The cell of the map behind which a combination lies; −1 where there is none. */
export function cellOf({ query, x, y }: SweepMap, params: Record<string, ParamValue> | undefined): number {
  if (!params) return -1
  const column = placeOf(x, params[query.x])
  const row = query.y === null ? 0 : placeOf(y, params[query.y])
  return column < 0 || row < 0 ? -1 : row * x.length + column
}

/** The middle of all finite values; NaN where there are none. */
export function medianOf(values: ArrayLike<number>): number {
  const finite = Array.from(values)
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  const half = finite.length >> 1
  if (finite.length === 0) return NaN
  return finite.length % 2 === 1 ? finite[half] : (finite[half - 1] + finite[half]) / 2
}

/** Where the colours of the map turn. */
export function centreOf({ query, values }: SweepMap): number {
  return metricWords[query.metric].centre === 'zero' ? 0 : medianOf(values)
}

/** The values of a cell: “Fast average 20 days, slow average 150 days”. */
export function cellTitle(info: SystemInfo, { query, x, y }: SweepMap, cell: number): string {
  const up = query.y === null ? {} : { [query.y]: y[Math.floor(cell / x.length)] }
  return combinationText(info, { [query.x]: x[cell % x.length], ...up })
}

const mostRows = 400

/** The cells with a value, best first. */
export function mapTable(info: SystemInfo, map: SweepMap): TableData {
  const { query, values, neighbours, counts, x, y } = map
  const order = Array.from(values.keys())
    .filter((cell) => Number.isFinite(values[cell]))
    .sort((a, b) => values[b] - values[a])
  const { metric } = query
  const rows = order
    .slice(0, mostRows)
    .map((cell) => [
      valueText(info, query.x, x[cell % x.length]),
      ...(query.y === null ? [] : [valueText(info, query.y, y[Math.floor(cell / x.length)])]),
      metricText(metric, values[cell]),
      metricText(metric, neighbours[cell]),
      number(counts[cell], { digits: 0 }),
    ])
  return {
    head: [
      paramLabel(info, query.x),
      ...(query.y === null ? [] : [paramLabel(info, query.y)]),
      metricWords[metric].label,
      'Neighbours’ median',
      'Combinations',
    ],
    rows,
    note:
      order.length > mostRows
        ? `The best ${mostRows} of ${number(order.length, { digits: 0 })} cells; the CSV has all of them.`
        : undefined,
  }
}

/** Every cell of the map, one a line, numbers in full precision; empty where nothing was computed. */
export function mapCsv({ query, values, neighbours, counts, x, y }: SweepMap): string {
  const cell = (value: ParamValue) =>
    typeof value === 'number' ? numberCell(value) : textCell(String(value))
  const up = query.y === null ? [] : [query.y]
  const head = [query.x, ...up, query.metric, 'neighbours_median', 'combinations', 'part', 'shown']
  const lines = Array.from(values, (value, i) => [
    cell(x[i % x.length]),
    ...(query.y === null ? [] : [cell(y[Math.floor(i / x.length)])]),
    numberCell(value),
    numberCell(neighbours[i]),
    numberCell(counts[i]),
    query.part,
    query.show,
  ])
  return [head, ...lines].map((cells) => cells.join(',')).join('\r\n') + '\r\n'
}
