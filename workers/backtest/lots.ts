/**
 * Open lots as columns, in the order of their entry; the first `length` entries count.
 *
 * Stop and target are kept times the direction, so that one comparison serves both sides: a lot is
 * stopped when direction × worst price ≤ stop, and reaches its target when direction × best price ≥
 * target. Without a stop it is −∞, without a target ∞.
 */
export class Lots {
  length = 0
  symbol = new Int32Array(16)
  direction = new Float64Array(16)
  /** 0 marks a lot that is closed and leaves at the next `Book.compact`. */
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

  /** Index of a fresh lot; its columns are for the caller to fill. */
  append(): number {
    if (this.length === this.symbol.length) this.grow()
    return this.length++
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

  /** Puts the lot of one place into another. */
  move(from: number, to: number): void {
    this.symbol[to] = this.symbol[from]
    this.direction[to] = this.direction[from]
    this.shares[to] = this.shares[from]
    this.entryDay[to] = this.entryDay[from]
    this.entryPrice[to] = this.entryPrice[from]
    this.row[to] = this.row[from]
    this.bars[to] = this.bars[from]
    this.maxBars[to] = this.maxBars[from]
    this.stop[to] = this.stop[from]
    this.target[to] = this.target[from]
    this.firstStop[to] = this.firstStop[from]
    this.firstTarget[to] = this.firstTarget[from]
    this.mark[to] = this.mark[from]
    this.unit[to] = this.unit[from]
    this.borrow[to] = this.borrow[from]
    this.slippage[to] = this.slippage[from]
  }
}
