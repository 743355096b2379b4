/** How far wealth lies below its highest point so far; the starting 1 counts as a peak. */

/** [periods] fractions ≤ 0 of the running peak, from simple returns per period. */
export function drawdowns(returns: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const out = new Float64Array(returns.length)
  let wealth = 1
  let peak = 1
  for (let i = 0; i < returns.length; i++) {
    wealth *= 1 + returns[i]
    if (wealth > peak) peak = wealth
    out[i] = wealth / peak - 1
  }
  return out
}
