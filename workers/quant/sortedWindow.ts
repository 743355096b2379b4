/** The last n values of a series in order of size, for medians; missing values are counted, not ordered. */
export class SortedWindow {
  private readonly sorted: Float64Array
  private count = 0
  private missing = 0

  constructor(private readonly n: number) {
    this.sorted = new Float64Array(n)
  }

  /** The window holds n values and none is missing. */
  get complete(): boolean {
    return this.count === this.n && this.missing === 0
  }

  add(value: number): void {
    if (Number.isNaN(value)) {
      this.missing++
      return
    }
    const at = this.firstNotBelow(value)
    this.sorted.copyWithin(at + 1, at, this.count)
    this.sorted[at] = value
    this.count++
  }

  remove(value: number): void {
    if (Number.isNaN(value)) {
      this.missing--
      return
    }
    const at = this.firstNotBelow(value)
    this.sorted.copyWithin(at, at + 1, this.count)
    this.count--
  }

  /** Of a complete window. */
  median(): number {
    const half = this.n >> 1
    return this.n % 2 === 1 ? this.sorted[half] : (this.sorted[half - 1] + this.sorted[half]) / 2
  }

  /** Median of the distances from the median, of a complete window, without sorting again. */
  medianAbsoluteDeviation(): number {
    const centre = this.median()
    // Distances grow outwards from the middle on either side: merge the two sides.
    let left = (this.n - 1) >> 1
    let right = left + 1
    let previous = NaN
    let distance = NaN
    for (let rank = 0; rank <= this.n >> 1; rank++) {
      previous = distance
      const below = left >= 0 ? centre - this.sorted[left] : Infinity
      const above = right < this.n ? this.sorted[right] - centre : Infinity
      if (below <= above) {
        distance = below
        left--
      } else {
        distance = above
        right++
      }
    }
    return this.n % 2 === 1 ? distance : (previous + distance) / 2
  }

  private firstNotBelow(value: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.sorted[middle] < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
