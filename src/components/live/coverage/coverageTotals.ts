import type { CoverageSpan } from '../../../../workers/live/api.ts'

export type CoverageKind = CoverageSpan['kind']

/** In the order of the key and of sentences. */
export const coverageKinds: CoverageKind[] = [
  'listened',
  'closed',
  'asleep',
  'hidden',
  'offline',
  'failing',
  'spent',
  'full',
]

export interface CoverageTotals {
  /** Milliseconds in which the source was on: listened to, or a gap. */
  on: number
  /** Milliseconds by kind. */
  of: Record<CoverageKind, number>
}

/** Lengths by kind within a stretch of time; epoch milliseconds. */
export function coverageTotals(spans: CoverageSpan[], from: number, to: number): CoverageTotals {
  const of = Object.fromEntries(coverageKinds.map((kind) => [kind, 0])) as Record<CoverageKind, number>
  for (const span of spans) of[span.kind] += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from))
  return { on: coverageKinds.reduce((sum, kind) => sum + of[kind], 0), of }
}
