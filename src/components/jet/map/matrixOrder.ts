import type { VisitMatrix } from '../../../../workers/backtest/api.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'
import { isoDate } from '../../../charts/format.ts'

export type MatrixOrder = 'number' | 'name'

export interface OrderedMatrix {
  /** Indices into the matrix, in the order of the rows and columns, and the visits of each. */
  rows: { index: number; visits: number }[]
  columns: { index: number; visits: number }[]
}

/** Rows and columns by name, or by how many visits they made and received. */
export function orderedMatrix({ visitors, visited, visits }: VisitMatrix, order: MatrixOrder): OrderedMatrix {
  const made = new Float64Array(visitors.length)
  const received = new Float64Array(visited.length)
  visits.forEach((count, cell) => {
    made[Math.floor(cell / visited.length)] += count
    received[cell % visited.length] += count
  })
  const sorted = (names: string[], sums: Float64Array) =>
    names
      .map((name, index) => ({ name, index, visits: sums[index] }))
      .sort((a, b) => (order === 'number' ? b.visits - a.visits : 0) || (a.name < b.name ? -1 : 1))
      .map(({ index, visits }) => ({ index, visits }))
  return { rows: sorted(visitors, made), columns: sorted(visited, received) }
}

/** Every pair with a visit or a deal. */
export function matrixCsv({ visitors, visited, visits, dealOn }: VisitMatrix): string {
  const rows: string[][] = []
  visits.forEach((count, cell) => {
    if (count === 0 && dealOn[cell] === 0) return
    rows.push([
      textCell(visitors[Math.floor(cell / visited.length)]),
      textCell(visited[cell % visited.length]),
      numberCell(count),
      dealOn[cell] === 0 ? '' : isoDate(dealOn[cell]),
    ])
  })
  return csvFile([['visitor', 'visited', 'landings', 'deal_announced_on'], ...rows])
}
