import type { ComparedRun } from './contract.ts'

export interface CommonDays {
  /** [days] ascending epoch days on which every run has a close */
  dates: Int32Array
  /** [runs] by day, 1 on the first */
  equity: Float64Array[]
}

/** A day that one run lacks is left out for all: its return becomes part of the next, for every run alike. */
export function commonDays(runs: ComparedRun[]): CommonDays {
  const held = new Map<number, number>()
  for (const { dates } of runs) for (const day of dates) held.set(day, (held.get(day) ?? 0) + 1)
  const dates = Int32Array.from(
    [...held].filter(([, count]) => count === runs.length).map(([day]) => day),
  ).sort()
  const equity = runs.map((run) => {
    const at = new Map(Array.from(run.dates, (day, i) => [day, run.equity[i]]))
    const start = at.get(dates[0]) ?? NaN
    return Float64Array.from(dates, (day) => (at.get(day) ?? NaN) / start)
  })
  return { dates, equity }
}

/** Index of the first of the ascending days that is not before `day`. */
export function firstFrom(dates: Int32Array, day: number): number {
  const at = dates.findIndex((date) => date >= day)
  return at < 0 ? dates.length : at
}
