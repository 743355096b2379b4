/**
 * Which p-values are discoveries such that at most a share `rate` of them is expected to be false: Y. Benjamini and
 * Y. Hochberg (1995). Valid for independent tests and for such as depend on each other positively.
 * @param pValues NaN = not tested
 * @returns largest p-value that is a discovery; −1 where there is none
 */
export function discoveryLevel(pValues: Float64Array, rate: number): number {
  const sorted = pValues.filter((p) => !Number.isNaN(p)).sort()
  for (let i = sorted.length - 1; i >= 0; i--) {
    if (sorted[i] <= (rate * (i + 1)) / sorted.length) return sorted[i]
  }
  return -1
}
