/**
 * Trains the table of identities, of which a batch touches few rows: gradients of equal id are summed, then
 * p ← p(1 − lr·wd) − lr · sign(Σ g) for each id present; absent ids stay untouched. In place.
 * @param table [ids × width]
 * @param rowIds [rows]
 * @param rowGradients [rows × width]
 */
export function signDescent(
  table: Float32Array,
  rowIds: Int32Array,
  rowGradients: Float32Array,
  { learningRate, weightDecay }: { learningRate: number; weightDecay: number },
): void {
  const width = rowGradients.length / rowIds.length
  const sums = new Map<number, Float64Array>()
  rowIds.forEach((id, row) => {
    const sum = sums.get(id) ?? new Float64Array(width)
    for (let i = 0; i < width; i++) sum[i] += rowGradients[row * width + i]
    sums.set(id, sum)
  })
  for (const [id, sum] of sums)
    for (let i = 0; i < width; i++) {
      const at = id * width + i
      table[at] = table[at] * (1 - learningRate * weightDecay) - learningRate * Math.sign(sum[i])
    }
}
