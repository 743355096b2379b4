/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: Bailey, Borwein, López
 * de Prado & Zhu, "The probability of backtest overfitting", J. Computational Finance 20 (2017).
 */

/** Sums over the periods of one block, for every strategy: all that a Sharpe ratio needs. */
interface BlockSums {
  /** [blocks × strategies] block-major */
  sum: Float64Array
  square: Float64Array
  /** [blocks] periods in each */
  periods: Int32Array
  strategies: number
}

/**
 * @param matrix [periods × strategies] row-major returns per period. A strategy with a missing return (NaN)
 *   is left out.
 * @param blocks even; the periods are cut into as many blocks as equal as can be
 * @returns pbo: the share of splits in which the strategy best on one half of the blocks ranks in the lower
 *   half of all on the other; logits: ln(ω ÷ (1 − ω)) of each split, ω = rank ÷ (N + 1), the halves in
 *   lexicographic order. Equal Sharpe ratios share their mean rank. NaN and empty without a strategy, or with
 *   fewer periods than blocks.
 * @throws RangeError where the sizes do not fit
 */
export function backtestOverfitting(
  matrix: ArrayLike<number>,
  periods: number,
  strategies: number,
  blocks: number,
): { pbo: number; logits: Float64Array } {
  if (!Number.isInteger(blocks) || blocks < 2 || blocks % 2 !== 0) {
    throw new RangeError(`blocks must be an even number of at least 2, not ${blocks}.`)
  }
  if (matrix.length !== periods * strategies) {
    throw new RangeError(
      `The matrix holds ${matrix.length} values, not ${periods} periods × ${strategies} strategies.`,
    )
  }
  const sums = blockSums(matrix, periods, strategies, blocks)
  if (sums.strategies === 0 || periods < blocks) return { pbo: NaN, logits: new Float64Array(0) }

  const half = blocks / 2
  const splits = binomial(blocks, half)
  const logits = new Float64Array(splits)
  // The other half of split i is split (splits − 1 − i): each Sharpe ratio serves both.
  const forward = new HalfSharpe(sums, blocks, false)
  const backward = new HalfSharpe(sums, blocks, true)
  for (let i = 0; i < splits / 2; i++) {
    const first = forward.next()
    const second = backward.next()
    logits[i] = logitOfBest(first, second)
    logits[splits - 1 - i] = logitOfBest(second, first)
  }
  let low = 0
  for (const logit of logits) if (logit <= 0) low++
  return { pbo: low / splits, logits }
}

function blockSums(
  matrix: ArrayLike<number>,
  periods: number,
  strategies: number,
  blocks: number,
): BlockSums {
  const complete: number[] = []
  for (let s = 0; s < strategies; s++) {
    let missing = false
    for (let t = 0; t < periods && !missing; t++) missing = Number.isNaN(matrix[t * strategies + s])
    if (!missing) complete.push(s)
  }
  const columns = Int32Array.from(complete)
  const sum = new Float64Array(blocks * columns.length)
  const square = new Float64Array(blocks * columns.length)
  const length = new Int32Array(blocks)
  for (let block = 0; block < blocks; block++) {
    const from = Math.floor((block * periods) / blocks)
    const to = Math.floor(((block + 1) * periods) / blocks)
    length[block] = to - from
    const start = block * columns.length
    for (let t = from; t < to; t++) {
      for (let s = 0; s < columns.length; s++) {
        const value = matrix[t * strategies + columns[s]]
        sum[start + s] += value
        square[start + s] += value * value
      }
    }
  }
  return { sum, square, periods: length, strategies: columns.length }
}

/** Walks through all halves of the blocks in lexicographic order (or backwards), one Sharpe ratio each. */
class HalfSharpe {
  /** Chosen blocks, ascending. */
  private readonly chosen: Int32Array
  /** [(half + 1) × strategies] sums over the first blocks chosen; only what changes is added anew. */
  private readonly partialSum: Float64Array
  private readonly partialSquare: Float64Array
  private readonly partialPeriods: Int32Array
  private readonly sharpe: Float64Array
  private changedFrom = 0

  constructor(
    private readonly sums: BlockSums,
    private readonly blocks: number,
    private readonly backwards: boolean,
  ) {
    const half = blocks / 2
    this.chosen = Int32Array.from({ length: half }, (_, i) => (backwards ? half + i : i))
    this.partialSum = new Float64Array((half + 1) * sums.strategies)
    this.partialSquare = new Float64Array((half + 1) * sums.strategies)
    this.partialPeriods = new Int32Array(half + 1)
    this.sharpe = new Float64Array(sums.strategies)
  }

  /** [strategies] Sharpe ratios per period on the next half; the array is used again by the next call. */
  next(): Float64Array {
    const half = this.chosen.length
    for (let depth = this.changedFrom; depth < half; depth++) this.addBlock(depth)
    measureSharpe(
      this.partialSum,
      this.partialSquare,
      half * this.sums.strategies,
      this.partialPeriods[half],
      this.sharpe,
    )
    this.changedFrom = this.backwards ? this.stepBack() : this.step()
    return this.sharpe
  }

  private addBlock(depth: number): void {
    const { strategies, sum, square, periods } = this.sums
    const block = this.chosen[depth]
    const from = depth * strategies
    const to = from + strategies
    const source = block * strategies
    for (let s = 0; s < strategies; s++) {
      this.partialSum[to + s] = this.partialSum[from + s] + sum[source + s]
      this.partialSquare[to + s] = this.partialSquare[from + s] + square[source + s]
    }
    this.partialPeriods[depth + 1] = this.partialPeriods[depth] + periods[block]
  }

  /** To the next combination; returns the first position that changed. */
  private step(): number {
    const { chosen, blocks } = this
    let at = chosen.length - 1
    while (at >= 0 && chosen[at] === blocks - chosen.length + at) at--
    if (at < 0) return 0
    chosen[at]++
    for (let i = at + 1; i < chosen.length; i++) chosen[i] = chosen[i - 1] + 1
    return at
  }

  /** To the previous combination; returns the first position that changed. */
  private stepBack(): number {
    const { chosen, blocks } = this
    let at = chosen.length - 1
    while (at >= 0 && chosen[at] === (at === 0 ? 0 : chosen[at - 1] + 1)) at--
    if (at < 0) return 0
    chosen[at]--
    for (let i = at + 1; i < chosen.length; i++) chosen[i] = blocks - chosen.length + i
    return at
  }
}

/**
 * A strategy that did nothing has a ratio of 0; one that gained or lost the same in every period has one
 * without bound.
 */
function measureSharpe(
  sums: Float64Array,
  squares: Float64Array,
  start: number,
  periods: number,
  out: Float64Array,
): void {
  for (let s = 0; s < out.length; s++) {
    const sum = sums[start + s]
    const square = squares[start + s]
    const spread = square - (sum * sum) / periods
    // Below the rounding of the two terms there is no spread.
    if (spread <= 1e-14 * square) out[s] = sum === 0 ? 0 : sum > 0 ? Infinity : -Infinity
    else out[s] = sum / periods / Math.sqrt(spread / (periods - 1))
  }
}

/** Logit of the rank, among `other`, of the strategy that is best in `own`. */
function logitOfBest(own: Float64Array, other: Float64Array): number {
  let best = 0
  for (let s = 1; s < own.length; s++) if (own[s] > own[best]) best = s
  const value = other[best]
  let below = 0
  let equal = 0
  for (let s = 0; s < other.length; s++) {
    if (other[s] < value) below++
    else if (other[s] === value) equal++
  }
  const rank = below + (equal + 1) / 2
  return Math.log(rank / (other.length + 1 - rank))
}

function binomial(n: number, k: number): number {
  let value = 1
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i
  return Math.round(value)
}
