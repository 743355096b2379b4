import { usualCountsBytes } from './usualCountsBytes.ts'

/** The days of one series, and what its windows are to be. */
export interface SlidingWindows {
  /** NaN = missing */
  counts: Float64Array
  /** [days] 0 … 6; null where all days are of one kind */
  weekdays: Uint8Array | null
  /** [days] first day of each day's window, which ends the day before it; never falling */
  starts: Int32Array
  /** [days] 0 where a day is not asked for */
  measured: Uint8Array
}

/** Columns of the memory that the next call writes to: to be copied. */
export interface Usual {
  /** [days] median and unscaled median absolute deviation of the adjusted counts of the window */
  baseline: Float64Array
  mad: Float64Array
  /** [days] of the day's own weekday */
  ratio: Float64Array
}

interface Kernel {
  workBytes: (capacity: number, ownCapacity: number) => number
  usualCounts: (...numbers: number[]) => void
}

const pageBytes = 65_536
let memory: WebAssembly.Memory | undefined
let kernel: Kernel | undefined

/**
 * Median and deviation of every window, by steps 1 to 4 of `detectAnomalies`; NaN for days that are not asked for, or of
 * whose window less than half is told. The work is done in `assembly/usualCounts.ts`.
 *
 * @throws WebAssembly.CompileError where the engine has no SIMD
 */
export function usualCounts({ counts, weekdays, starts, measured }: SlidingWindows): Usual {
  const days = counts.length
  memory ??= new WebAssembly.Memory({ initial: 1 })
  kernel ??= new WebAssembly.Instance(moduleOf(usualCountsBytes), { env: { memory } })
    .exports as unknown as Kernel
  const [longest, longestOwn] = capacities(starts, weekdays)
  const bytes = 8 * days
  const [at, workAt] = [[0, 1, 2, 3].map((k) => k * bytes), 4 * bytes]
  const startsAt = workAt + kernel.workBytes(longest, longestOwn)
  const weekdaysAt = startsAt + 4 * days
  const measuredAt = weekdaysAt + days
  const missing = measuredAt + days - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
  const { buffer } = memory
  const column = (k: number) => new Float64Array(buffer, at[k], days)
  column(0).set(counts)
  new Int32Array(buffer, startsAt, days).set(starts)
  if (weekdays) new Uint8Array(buffer, weekdaysAt, days).set(weekdays)
  new Uint8Array(buffer, measuredAt, days).set(measured)
  kernel.usualCounts(
    days,
    weekdays ? 1 : 0,
    at[0],
    weekdaysAt,
    startsAt,
    measuredAt,
    at[1],
    at[2],
    at[3],
    workAt,
    longest,
    longestOwn,
  )
  return { baseline: column(1), mad: column(2), ratio: column(3) }
}

/** Most days in a window, and most of them on one weekday. */
function capacities(starts: Int32Array, weekdays: Uint8Array | null): [number, number] {
  let longest = 0
  let longestOwn = 0
  const own = new Int32Array(7)
  for (let day = 1, from = 0; day < starts.length; day++) {
    if (weekdays) longestOwn = Math.max(longestOwn, ++own[weekdays[day - 1]])
    for (; from < starts[day]; from++) if (weekdays) own[weekdays[from]]--
    longest = Math.max(longest, day - starts[day])
  }
  return [longest, longestOwn]
}

function moduleOf(base64: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)))
}
