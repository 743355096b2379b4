/** Rows from the highest score to the lowest; rows of one score stand together and nothing tells them apart. */
export interface Ranking {
  /** [rows] row at each rank */
  order: Int32Array
  /** [distinct scores] rank after the last row of that score */
  ends: Int32Array
}

/** Null where a score is not a number: such rows have no place in any order. */
export function rankingOf(scores: ArrayLike<number>): Ranking | null {
  const n = scores.length
  const order = new Int32Array(n)
  for (let row = 0; row < n; row++) {
    if (Number.isNaN(scores[row])) return null
    order[row] = row
  }
  // Not a difference: ∞ − ∞ is not a number.
  order.sort((a, b) => (scores[a] > scores[b] ? -1 : scores[a] < scores[b] ? 1 : a - b))
  const ends: number[] = []
  for (let rank = 1; rank <= n; rank++) {
    if (rank === n || scores[order[rank]] !== scores[order[rank - 1]]) ends.push(rank)
  }
  return { order, ends: Int32Array.from(ends) }
}

/**
 * Calls `visit` once per distinct score, from the highest down, with the weight of the positive and of the
 * negative rows that have it.
 */
export function visitRanks(
  { order, ends }: Ranking,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  visit: (positives: number, negatives: number, rank: number) => void,
): void {
  let rank = 0
  for (let k = 0; k < ends.length; k++) {
    let positives = 0
    let negatives = 0
    for (; rank < ends[k]; rank++) {
      const row = order[rank]
      const weight = weights === undefined ? 1 : weights[row]
      if (labels[row] === 1) positives += weight
      else negatives += weight
    }
    visit(positives, negatives, rank - 1)
  }
}
