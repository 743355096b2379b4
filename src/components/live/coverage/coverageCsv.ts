import type { CoverageSpan } from '../../../../workers/live/api.ts'

/** Stretches as CSV: from, to (ISO 8601, UTC), what. */
export function csvOf(spans: CoverageSpan[]): string {
  const iso = (at: number) => new Date(at).toISOString()
  const lines = spans.map(({ from, to, kind }) => `${iso(from)},${iso(to)},${kind}`)
  return ['from,to,what', ...lines].join('\r\n') + '\r\n'
}
