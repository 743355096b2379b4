import type { SurfaceView } from '../../../../workers/backtest/api.ts'
import { date, percent } from '../../../charts/format.ts'
import type { TableData } from '../../tableData.ts'

/** Columns of a table that can still be read. */
const mostColumns = 15

/** Volatility by expiry, and by strike as a share of the forward. */
export function volTable({ grid, expiries }: Pick<SurfaceView, 'grid' | 'expiries'>): TableData {
  const step = Math.max(1, Math.ceil(grid.x.length / mostColumns))
  const columns = Array.from(grid.x.keys()).filter((column) => column % step === 0)
  return {
    head: ['Expiry', ...columns.map((column) => percent(Math.exp(grid.x[column]), { digits: 0 }))],
    rows: expiries.map(({ expiry }, row) => [
      date(expiry),
      ...columns.map((column) => percent(grid.vol[row * grid.x.length + column])),
    ]),
    ...(step > 1 ? { note: `Every ${step}th strike of the picture.` } : {}),
  }
}
