/**
 * Sliding windows in one pass. The series is cut into blocks as long as the window; a window is then the
 * end of one block joined to the start of the next (van Herk 1992). Nothing is ever subtracted from a
 * running total, so the result does not drift over a long series, and a missing value (NaN) spoils the
 * windows that hold it and no other.
 */

/** Throws a RangeError where a length is not a whole number of at least 1. */
export function checkLength(name: string, n: number): void {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`${name} must be a whole number of at least 1, not ${n}.`)
}

/** [n] 1 ÷ 1 … 1 ÷ n: the loops below wait for each result, and a product comes sooner than a quotient. */
function reciprocals(n: number): Float64Array {
  const out = new Float64Array(n)
  for (let k = 0; k < n; k++) out[k] = 1 / (k + 1)
  return out
}

function allNaN(length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(length).fill(NaN)
}

/** Mean of the last n values; NaN before there are n. Exact on constant windows. */
export function windowMean(x: ArrayLike<number>, n: number): Float64Array<ArrayBuffer> {
  const out = allNaN(x.length)
  const ends = new Float64Array(n)
  const share = reciprocals(n)
  for (let block = 0; block < x.length; block += n) {
    // Means of x[block..i], joined to the means of the ends of the previous block.
    let mean = 0
    const length = Math.min(n, x.length - block)
    for (let k = 0; k < length; k++) {
      mean += (x[block + k] - mean) * share[k]
      if (k === n - 1) out[block + k] = mean
      else if (block > 0) out[block + k] = ends[k + 1] + ((mean - ends[k + 1]) * (k + 1)) / n
    }
    if (length < n) break
    let tail = 0
    for (let k = n - 1; k >= 0; k--) {
      tail += (x[block + k] - tail) * share[n - k - 1]
      ends[k] = tail
    }
  }
  return out
}

/**
 * Mean and sum of squared deviations of the last n values (Welford 1962, blocks joined as in Chan, Golub &
 * LeVeque 1979): stable where the level is large against the spread, exactly 0 on constant windows.
 */
export function windowMoments(
  x: ArrayLike<number>,
  n: number,
): { mean: Float64Array<ArrayBuffer>; squares: Float64Array<ArrayBuffer> } {
  const means = allNaN(x.length)
  const squares = allNaN(x.length)
  const endMeans = new Float64Array(n)
  const endSquares = new Float64Array(n)
  const share = reciprocals(n)
  for (let block = 0; block < x.length; block += n) {
    let mean = 0
    let square = 0
    const length = Math.min(n, x.length - block)
    for (let k = 0; k < length; k++) {
      const value = x[block + k]
      const delta = value - mean
      mean += delta * share[k]
      square += delta * (value - mean)
      if (k === n - 1) {
        means[block + k] = mean
        squares[block + k] = square
      } else if (block > 0) {
        const apart = mean - endMeans[k + 1]
        means[block + k] = endMeans[k + 1] + (apart * (k + 1)) / n
        squares[block + k] = endSquares[k + 1] + square + (apart * apart * (k + 1) * (n - k - 1)) / n
      }
    }
    if (length < n) break
    mean = 0
    square = 0
    for (let k = n - 1; k >= 0; k--) {
      const value = x[block + k]
      const delta = value - mean
      mean += delta * share[n - k - 1]
      square += delta * (value - mean)
      endMeans[k] = mean
      endSquares[k] = square
    }
  }
  return { mean: means, squares }
}

/** Largest of the last n values; NaN before there are n or where one is missing. */
export function windowMaximum(x: ArrayLike<number>, n: number): Float64Array<ArrayBuffer> {
  return windowExtreme(x, n, Math.max)
}

/** Smallest of the last n values; NaN before there are n or where one is missing. */
export function windowMinimum(x: ArrayLike<number>, n: number): Float64Array<ArrayBuffer> {
  return windowExtreme(x, n, Math.min)
}

function windowExtreme(
  x: ArrayLike<number>,
  n: number,
  pick: (a: number, b: number) => number,
): Float64Array<ArrayBuffer> {
  const out = allNaN(x.length)
  const ends = new Float64Array(n)
  for (let block = 0; block < x.length; block += n) {
    const length = Math.min(n, x.length - block)
    let best = x[block]
    for (let k = 0; k < length; k++) {
      best = pick(best, x[block + k])
      if (k === n - 1) out[block + k] = best
      else if (block > 0) out[block + k] = pick(ends[k + 1], best)
    }
    if (length < n) break
    best = x[block + n - 1]
    for (let k = n - 1; k >= 0; k--) {
      best = pick(best, x[block + k])
      ends[k] = best
    }
  }
  return out
}
