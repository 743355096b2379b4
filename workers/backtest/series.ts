import type { TrialId } from './trialKey.ts'

/**
 * Daily returns of distinct trials on the same days, for the probability of backtest overfitting. Memory-bounded:
 * once it is full every second one is let go, so that what is kept stays spread over everything that was tried.
 */
export class SeriesSample {
  private readonly kept: Float32Array[] = []
  private stride = 1
  private offered = 0
  private scope = ''
  private readonly known = new Set<TrialId>()

  constructor(private readonly most: number) {}

  get count(): number {
    return this.kept.length
  }

  /** Days of each series kept. */
  get days(): number {
    return this.kept[0]?.length ?? 0
  }

  /** @param scope names data and days: series of another scope are not comparable, and the older ones go */
  offer(scope: string, id: TrialId, returns: ArrayLike<number>): void {
    if (scope !== this.scope) {
      this.scope = scope
      this.clear()
    }
    // Going back to a setting is no other strategy.
    if (this.known.has(id)) return
    this.known.add(id)
    if (this.offered++ % this.stride !== 0) return
    this.kept.push(Float32Array.from(returns))
    if (this.kept.length <= this.most) return
    const half = this.kept.filter((_, i) => i % 2 === 0)
    this.kept.length = 0
    this.kept.push(...half)
    this.stride *= 2
  }

  /** Whether what is kept belongs to these data and days. */
  isOf(scope: string): boolean {
    return scope === this.scope
  }

  clear(): void {
    this.kept.length = 0
    this.known.clear()
    this.stride = 1
    this.offered = 0
  }

  /** [days × count] row-major */
  matrix(): Float32Array {
    const { count, days } = this
    const matrix = new Float32Array(days * count)
    this.kept.forEach((series, s) => {
      for (let day = 0; day < days; day++) matrix[day * count + s] = series[day]
    })
    return matrix
  }
}
