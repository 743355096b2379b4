import type { CoverageSpan } from '../contract.ts'

export type Gap = Exclude<CoverageSpan['kind'], 'listened'>

/** Where one feed listened while it was on, as spans without holes that are told as they grow. */
export class Coverage {
  private readonly grown = new Map<number, CoverageSpan>()

  /**
   * @param last the span before, which goes on where it is of the same kind
   * @param upTo epoch milliseconds up to which the spans reach
   * @param gap why nothing has been heard since
   */
  constructor(
    private last: CoverageSpan | null,
    private upTo: number,
    private gap: Gap | null,
  ) {}

  /** A poll came back with an answer, which also ends a gap. */
  heard(at: number): void {
    this.extend(this.gap ?? 'listened', at)
    this.gap = null
  }

  /** A poll came back without one: nothing was heard since the last. */
  missed(gap: Gap, at: number): void {
    this.extend(gap, at)
    this.gap = gap
  }

  /** From now on nothing is asked; up to now all was as it should be, or as bad as before. */
  paused(gap: Gap, at: number): void {
    this.extend(this.gap ?? 'listened', at)
    this.gap = gap
  }

  /** It will be asked again; until it answers, the gap goes on. */
  resumed(at: number): void {
    this.extend(this.gap ?? 'listened', at)
  }

  /** Spans that changed since they were last taken; a span is known by its beginning. */
  takeGrown(): CoverageSpan[] {
    const spans = [...this.grown.values()]
    this.grown.clear()
    return spans
  }

  /** Spans that were not taken yet, and what has gone by since. */
  untold(now: number): CoverageSpan[] {
    const running: CoverageSpan = { from: this.upTo, to: now, kind: this.gap ?? 'listened' }
    return [...this.grown.values(), ...(now > this.upTo ? [running] : [])]
  }

  private extend(kind: CoverageSpan['kind'], at: number): void {
    if (at <= this.upTo) return
    const goesOn = this.last !== null && this.last.kind === kind && this.last.to === this.upTo
    this.last = { from: goesOn ? this.last!.from : this.upTo, to: at, kind }
    this.grown.set(this.last.from, this.last)
    this.upTo = at
  }
}

/** The spans within a time, cut to it; neighbours of one kind are joined. Later spans of one beginning count. */
export function spansWithin(spans: readonly CoverageSpan[], from: number, to: number): CoverageSpan[] {
  const joined: CoverageSpan[] = []
  const byBeginning = new Map(spans.map((span) => [span.from, span]))
  for (const span of [...byBeginning.values()].sort((a, b) => a.from - b.from)) {
    if (span.to <= from || span.from >= to) continue
    const cut = { from: Math.max(from, span.from), to: Math.min(to, span.to), kind: span.kind }
    const before = joined.at(-1)
    if (before?.kind === cut.kind && before.to === cut.from) before.to = cut.to
    else joined.push(cut)
  }
  return joined
}
