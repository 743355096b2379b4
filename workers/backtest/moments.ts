export interface StoredMoments {
  count: number
  mean: number
  /** Σ of squared distances from the mean. */
  squares: number
}

/** Count, mean and spread of values that come one by one (Welford 1962) or in groups (Chan, Golub & LeVeque 1979). */
export class Moments implements StoredMoments {
  count = 0
  mean = 0
  squares = 0

  add(value: number): void {
    this.count++
    const distance = value - this.mean
    this.mean += distance / this.count
    this.squares += distance * (value - this.mean)
  }

  merge({ count, mean, squares }: StoredMoments): void {
    if (count === 0) return
    const total = this.count + count
    const distance = mean - this.mean
    this.mean += (distance * count) / total
    this.squares += squares + (distance * distance * this.count * count) / total
    this.count = total
  }

  /** ÷ (n − 1); 0 of fewer than two. */
  get variance(): number {
    return this.count < 2 ? 0 : this.squares / (this.count - 1)
  }

  clear(): void {
    this.count = 0
    this.mean = 0
    this.squares = 0
  }
}
