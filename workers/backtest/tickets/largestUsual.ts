import { exp, log } from '../../quant/elementary.ts'
import { negativeBinomialTail } from '../../quant/negativeBinomial.ts'

/** Means up to which probabilities are added up from 0, and cuts down to which their sum keeps digits enough. */
const summedMean = 256
const summedCut = 1e-10
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
  if (expected <= summedMean && cut >= summedCut) {
    // What the sum's last digits leave open is decided by the tail itself.
    let count = summed(expected, size, cut)
    while (count > 0 && !usual(count)) count--
    while (usual(count + 1)) count++
    return count
  }
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

/** The same by P(X ≥ n + 1) = 1 − P(0) − … − P(n), each term from the one before. */
function summed(mean: number, size: number, cut: number): number {
  const poisson = size === Infinity
  const ratio = poisson ? mean : mean / (size + mean)
  let term = exp(poisson ? -mean : size * log(size / (size + mean)))
  let tail = 1 - term
  let count = 0
  while (tail > cut) {
    count++
    term *= (ratio * (poisson ? 1 : count - 1 + size)) / count
    tail -= term
  }
  return count
}
