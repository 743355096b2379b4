/** A figure beside the figures it has to be seen with, on one line. */
export interface StripData {
  /** NaN = nothing to draw. */
  measured: number
  /** Ascending; drawn as a hill where there are many. */
  reruns: ArrayLike<number>
  /** Bars to be cleared, and what else the figure is compared with. */
  marks: number[]
  /** The value of no skill; NaN where there is none. */
  nothing: number
  /** Values that must be on the line, such as 0 and 1 of a probability. */
  include: number[]
}

/** Positions in percent of the width. */
export interface Strip {
  measured: number
  marks: number[]
  nothing: number | null
  /** Each rerun by itself, where they are few. */
  ticks: number[]
  /** Bins of equal width and their height, 0–1, where they are many. */
  hill: { from: number; to: number; height: number }[]
}

const few = 40
const bins = 36
/** Percent of the width left free at both ends. */
const room = 4

/** Lays the figures out; null when there is nothing to draw. */
export function strip({ measured, reruns, marks, nothing, include }: StripData): Strip | null {
  if (!Number.isFinite(measured)) return null
  const shown = [measured, ...marks, nothing, ...include].filter(Number.isFinite)
  let min = Math.min(...shown)
  let max = Math.max(...shown)
  for (let i = 0; i < reruns.length; i++) {
    if (reruns[i] < min) min = reruns[i]
    if (reruns[i] > max) max = reruns[i]
  }
  const at = (value: number) => (max > min ? room + ((100 - 2 * room) * (value - min)) / (max - min) : 50)
  const many = reruns.length > few
  return {
    measured: at(measured),
    marks: marks.filter(Number.isFinite).map(at),
    nothing: Number.isFinite(nothing) ? at(nothing) : null,
    ticks: many ? [] : Array.from(reruns, at),
    hill: many ? hillOf(reruns, at) : [],
  }
}

function hillOf(reruns: ArrayLike<number>, at: (value: number) => number): Strip['hill'] {
  const counts = new Float64Array(bins)
  const width = 100 / bins
  for (let i = 0; i < reruns.length; i++) {
    counts[Math.min(bins - 1, Math.floor(at(reruns[i]) / width))]++
  }
  const most = Math.max(...counts)
  return Array.from(counts, (count, i) => ({
    from: i * width,
    to: (i + 1) * width,
    height: count / most,
  })).filter((bin) => bin.height > 0)
}
