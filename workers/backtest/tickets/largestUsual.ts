import { negativeBinomialTail } from '../../quant/negativeBinomial.ts'

/** Doublings after which a count is larger than any that was ever told. */
const mostDoublings = 60

/**
 * The largest count that is more probable than `cut` to be reached or passed: P(X ≥ count) > cut. 0 is always.
 *
 * @param expected mean of the negative binomial, `size` its size; NaN gives NaN
 * @param cut probability at or below which a count is unusual
 */
export function largestUsual(expected: number, size: number, cut: number): number {
  if (Number.isNaN(expected) || Number.isNaN(size) || Number.isNaN(cut)) return NaN
  const usual = (count: number): boolean => negativeBinomialTail(count, expected, size) > cut
  // Three deviations are near where the answer lies.
  const deviation = Math.sqrt(expected + (expected * expected) / size)
  let low = 0
  let high = Math.max(1, Math.ceil(expected + 3 * deviation))
  for (
    let step = Math.max(1, Math.ceil(deviation)), i = 0;
    usual(high) && i < mostDoublings;
    i++, step *= 2
  ) {
    low = high
    high += step
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (usual(middle)) low = middle
    else high = middle
  }
  return low
}
