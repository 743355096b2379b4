import type { Strikemap } from '../../../../workers/backtest/api.ts'

/** Rows called cheap (−1) or dear (+1), most left after the spread first. */
export function calledRows(map: Pick<Strikemap, 'call' | 'edge' | 'z'>, call: 1 | -1): number[] {
  const rows = Array.from(map.call.keys()).filter((row) => map.call[row] === call)
  const order = (row: number): number => (Number.isFinite(map.edge[row]) ? map.edge[row] : -Infinity)
  return rows.sort((a, b) => order(b) - order(a) || Math.abs(map.z[b]) - Math.abs(map.z[a]))
}
