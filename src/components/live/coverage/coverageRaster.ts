import type { CoverageSpan } from '../../../../workers/live/api.ts'
import { coverageKinds, type CoverageKind } from './coverageTotals.ts'

/** A run of equal bins, as fractions of the row. */
export interface Segment {
  start: number
  end: number
  /** Epoch milliseconds. */
  from: number
  to: number
  kind: CoverageKind
}

export interface RasterRow {
  /** Epoch milliseconds. */
  from: number
  to: number
  segments: Segment[]
}

/**
 * Spans as rows of one length (a day, or the last 24 hours), each cut into `bins` that show what most of their
 * covered time was; equal neighbours are one segment.
 *
 * @param edges where rows begin and end, epoch milliseconds, ascending: one more than there are rows
 */
export function coverageRaster(spans: CoverageSpan[], edges: number[], bins: number): RasterRow[] {
  return edges.slice(0, -1).map((from, at) => {
    const to = edges[at + 1]
    const width = (to - from) / bins
    // [bins × kinds] milliseconds
    const held = new Float64Array(bins * coverageKinds.length)
    for (const span of spans) {
      if (span.to <= from || span.from >= to) continue
      const kind = coverageKinds.indexOf(span.kind)
      const first = Math.max(0, Math.floor((span.from - from) / width))
      const last = Math.min(bins - 1, Math.ceil((span.to - from) / width) - 1)
      for (let bin = first; bin <= last; bin++) {
        const begin = from + bin * width
        held[bin * coverageKinds.length + kind] +=
          Math.min(span.to, begin + width) - Math.max(span.from, begin)
      }
    }
    const segments: Segment[] = []
    for (let bin = 0; bin < bins; bin++) {
      const kind = mostOf(held.subarray(bin * coverageKinds.length, (bin + 1) * coverageKinds.length))
      if (kind === null) continue
      const before = segments.at(-1)
      if (before && before.kind === kind && before.end === bin / bins) {
        before.end = (bin + 1) / bins
        before.to = from + (bin + 1) * width
      } else {
        segments.push({
          start: bin / bins,
          end: (bin + 1) / bins,
          from: from + bin * width,
          to: from + (bin + 1) * width,
          kind,
        })
      }
    }
    return { from, to, segments }
  })
}

/** The kind with most time of a bin; of equals the gap, which must not be hidden. */
function mostOf(held: Float64Array): CoverageKind | null {
  let most = 0
  let found: CoverageKind | null = null
  for (const [at, ms] of held.entries()) {
    if (ms <= 0 || ms < most) continue
    most = ms
    found = coverageKinds[at]
  }
  return found
}

/** The last 24 hours as one row, or whole days of the person’s clock up to the present one. */
export function rasterEdges(days: number, now: number): number[] {
  if (days === 1) return [now - 86_400_000, now]
  const today = new Date(now)
  return Array.from({ length: days + 1 }, (_, at) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1 + at).getTime(),
  )
}
