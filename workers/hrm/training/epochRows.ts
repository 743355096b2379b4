import { Random } from '../../quant/random.ts'

/**
 * The order in which fixed rows are trained on: every row once an epoch, shuffled anew for each. It follows
 * from how many were drawn before, so that nothing but this number needs to be kept to go on.
 */
export class EpochRows {
  private epoch = -1
  private order = new Int32Array()

  constructor(
    private readonly rows: number,
    private readonly seed: number,
  ) {}

  /** The next `count` rows after `drawn` ones. */
  take(count: number, drawn: number): Int32Array {
    return Int32Array.from({ length: count }, (_, i) => this.rowAt(drawn + i))
  }

  private rowAt(position: number): number {
    const epoch = Math.floor(position / this.rows)
    if (epoch !== this.epoch) {
      this.epoch = epoch
      this.order = new Random(this.seed, epoch).shuffle(Int32Array.from({ length: this.rows }, (_, i) => i))
    }
    return this.order[position % this.rows]
  }
}
