import type { ParamValue } from '../../systems/system.ts'
import type { SweepMap, SweepMapQuery } from './contract.ts'
import { computed } from './results.ts'
import type { SweepResults } from './results.ts'

/** More columns or rows than this cannot be told apart on a screen. */
const mostCells = 120
/** Of a Latin hypercube a cell should hold about this many combinations. */
const perCell = 4

/** Which place of a map a value of an axis falls into. */
interface Bins {
  axis: number
  count: number
  /** [values of the axis] */
  of: Int32Array
  labels: ParamValue[]
}

/** One metric of all combinations computed so far, over two axes. */
export function sweepMap(results: SweepResults, query: SweepMapQuery): SweepMap {
  const { plan } = results
  const x = binsOf(results, query.x)
  const y = query.y === null ? null : binsOf(results, query.y)
  const columns = x.count
  const cells = columns * (y?.count ?? 1)
  const read = results.reader(query.metric, query.part)
  const counts = new Int32Array(cells)
  const best = new Int32Array(cells).fill(-1)
  const values = new Float32Array(cells).fill(NaN)
  const cellOf = new Int32Array(plan.total).fill(-1)
  for (let i = 0; i < plan.total; i++) {
    if (results.state[i] !== computed) continue
    const digits = plan.digitsOf(i)
    const cell = (y === null ? 0 : y.of[digits[y.axis]] * columns) + x.of[digits[x.axis]]
    cellOf[i] = cell
    counts[cell]++
    const value = read(i)
    if (Number.isNaN(value)) continue
    if (best[cell] < 0 || value > values[cell]) {
      best[cell] = i
      values[cell] = value
    }
  }
  if (query.show === 'median') medians(cellOf, counts, read, values)
  return {
    query,
    x: x.labels,
    y: y?.labels ?? [],
    values,
    counts,
    best,
    neighbours: neighboursOf(values, columns, y?.count ?? 1),
  }
}

function binsOf({ plan }: SweepResults, param: string): Bins {
  const axis = plan.axes.findIndex((one) => one.param === param)
  if (axis < 0) throw new RangeError(`“${param}” is not one of the axes of this sweep.`)
  const { values } = plan.axes[axis]
  const { design } = plan.spec
  const wanted =
    design.kind === 'latin' ? Math.max(4, Math.floor(Math.sqrt(design.count / perCell))) : mostCells
  const count = Math.min(values.length, mostCells, wanted)
  const of = Int32Array.from(values, (_, k) => Math.floor((k * count) / values.length))
  const labels = Array.from({ length: count }, (_, bin) => {
    const first = of.indexOf(bin)
    return values[Math.floor((first + of.lastIndexOf(bin)) / 2)]
  })
  return { axis, count, of, labels }
}

/** Median of the combinations behind each cell. */
function medians(
  cellOf: Int32Array,
  counts: Int32Array,
  read: (index: number) => number,
  values: Float32Array,
): void {
  const start = new Int32Array(counts.length + 1)
  for (let cell = 0; cell < counts.length; cell++) start[cell + 1] = start[cell] + counts[cell]
  const next = start.slice()
  const sorted = new Float32Array(start[counts.length])
  for (let i = 0; i < cellOf.length; i++) if (cellOf[i] >= 0) sorted[next[cellOf[i]]++] = read(i)
  for (let cell = 0; cell < counts.length; cell++) {
    values[cell] = median(sorted.subarray(start[cell], start[cell + 1]))
  }
}

/** Median of each cell and the cells that touch it. */
function neighboursOf(values: Float32Array, columns: number, rows: number): Float32Array {
  const out = new Float32Array(values.length)
  const around = new Float32Array(9)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let count = 0
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
          around[count++] = values[r * columns + c]
        }
      }
      const own = values[row * columns + column]
      out[row * columns + column] = Number.isNaN(own) ? NaN : median(around.subarray(0, count))
    }
  }
  return out
}

/** Median of the numbers among the values, which are put in another order; NaN of none. */
export function median(values: Float32Array): number {
  values.sort()
  // Missing ones are sorted to the end.
  let count = values.length
  while (count > 0 && Number.isNaN(values[count - 1])) count--
  if (count === 0) return NaN
  return (values[(count - 1) >> 1] + values[count >> 1]) / 2
}
