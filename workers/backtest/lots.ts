/**
 * Open lots as columns. A lot keeps its place in the columns for as long as it is held; `order` lists the places in
 * the order of entry, and its first `length` entries count. So a lot that leaves moves a number, not sixteen.
 *
 * Stop and target are kept times the direction, so that one comparison serves both sides: a lot is
 * stopped when direction × worst price ≤ stop, and reaches its target when direction × best price ≥
 * target. Without a stop it is −∞, without a target ∞.
 */
export class Lots {
  length = 0
  order = new Int32Array(16)
  /** Places that were left, to be taken again: the first `freed`. */
  private free = new Int32Array(16)
  private freed = 0
  /** Places that were ever taken. */
  private used = 0
  symbol = new Int32Array(16)
  direction = new Float64Array(16)
  /** 0 marks a lot that is closed and leaves at the next `compact`. */
  shares = new Float64Array(16)
  entryDay = new Int32Array(16)
  entryPrice = new Float64Array(16)
  row = new Int32Array(16)
  /** Bars of the symbol so far, the entry bar included. */
  bars = new Int32Array(16)
  /** Bars held at most; 0 = no time exit. */
  maxBars = new Int32Array(16)
  stop = new Float64Array(16)
  target = new Float64Array(16)
  /** Levels set at the entry, as prices; NaN where there is none. */
  firstStop = new Float64Array(16)
  firstTarget = new Float64Array(16)
  /** Last close seen, the entry fill before the first. */
  mark = new Float64Array(16)
  /** Adjusted shares in one raw share at the entry; 1 where prices are raw. */
  unit = new Float64Array(16)
  /** Borrow paid so far on the shares still held. */
  borrow = new Float64Array(16)
  /** Slippage a share at the entry. */
  slippage = new Float64Array(16)

  /** Place of a fresh lot; its columns are for the caller to fill. */
  append(): number {
    if (this.freed === 0 && this.used === this.symbol.length) this.grow()
    const place = this.freed > 0 ? this.free[--this.freed] : this.used++
    this.order[this.length++] = place
    return place
  }

  /** Takes the closed lots out, keeping the order of the others. */
  compact(): void {
    const { length, order, shares, free } = this
    let { freed } = this
    let kept = 0
    for (let k = 0; k < length; k++) {
      const place = order[k]
      if (shares[place] === 0) free[freed++] = place
      else order[kept++] = place
    }
    this.length = kept
    this.freed = freed
  }

  clear(): void {
    this.length = 0
    this.freed = 0
    this.used = 0
  }

  private grow(): void {
    const size = 2 * this.symbol.length
    const ints = (old: Int32Array) => {
      const bigger = new Int32Array(size)
      bigger.set(old)
      return bigger
    }
    const floats = (old: Float64Array) => {
      const bigger = new Float64Array(size)
      bigger.set(old)
      return bigger
    }
    this.order = ints(this.order)
    this.free = ints(this.free)
    this.symbol = ints(this.symbol)
    this.direction = floats(this.direction)
    this.shares = floats(this.shares)
    this.entryDay = ints(this.entryDay)
    this.entryPrice = floats(this.entryPrice)
    this.row = ints(this.row)
    this.bars = ints(this.bars)
    this.maxBars = ints(this.maxBars)
    this.stop = floats(this.stop)
    this.target = floats(this.target)
    this.firstStop = floats(this.firstStop)
    this.firstTarget = floats(this.firstTarget)
    this.mark = floats(this.mark)
    this.unit = floats(this.unit)
    this.borrow = floats(this.borrow)
    this.slippage = floats(this.slippage)
  }
}
