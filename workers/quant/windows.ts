/**
 * Sliding windows in one pass. The series is cut into blocks as long as the window; a window is then the end
 * of one block joined to the start of the next (van Herk 1992). Nothing is ever subtracted from a running
 * total, so the result does not drift over a long series, and a missing value (NaN) spoils the windows that
 * hold it and no other.
 *
 * Both parts are sums of distances from the first value of the later block, which every window made of them
 * holds: a constant window adds nothing but zeros and is exact, and a window far from 0 loses no digits. The
 * ends of a block, needed by the next one only, are summed beside its starts, so that the two chains of
 * additions do not wait for each other.
 */

/** Throws a RangeError where a length is not a whole number of at least 1. */
export function checkLength(name: string, n: number): void {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`${name} must be a whole number of at least 1, not ${n}.`)
}

/** Sums over the ends of a block: entry k is of its values k … n − 1, entry n of none. */
type Ends = Float64Array

/** Kept between calls: making room would take as long as summing. */
const room: Ends[] = Array.from({ length: 4 }, () => new Float64Array(0))

function roomFor(at: number, n: number): Ends {
  if (room[at].length <= n) room[at] = new Float64Array(2 * n + 2)
  room[at][n] = 0
  return room[at]
}

/** What stands before the first block: only the window that needs none of it is complete. */
function noBlock(at: number, n: number): Ends {
  return roomFor(at, n).fill(NaN, 0, n)
}

/** Mean of the last n values into `out`; NaN before there are n. Exact on constant windows. */
export function windowMean(x: Float64Array, n: number, out: Float64Array): void {
  if (n > x.length) {
    out.fill(NaN)
    return
  }
  let ends = noBlock(0, n)
  let nextEnds = roomFor(1, n)
  let block = 0
  for (; block + n < x.length; block += n) {
    const origin = x[block]
    const nextOrigin = x[block + n]
    let start = 0
    let end = 0
    for (let k = 0, back = n - 1; back >= 0; k++, back--) {
      start += x[block + k] - origin
      out[block + k] = origin + (start + ends[k + 1]) / n
      end += x[block + back] - nextOrigin
      nextEnds[back] = end
    }
    const used = ends
    ends = nextEnds
    nextEnds = used
  }
  const origin = x[block]
  let start = 0
  for (let i = block; i < x.length; i++) {
    start += x[i] - origin
    out[i] = origin + (start + ends[i - block + 1]) / n
  }
}

/**
 * Mean and sum of squared deviations of the last n values, into `mean` and `squares`; NaN before there are n,
 * the squares of a constant window are exactly 0. They are Σd² − (Σd)² ÷ n of the distances d from a value of
 * the window itself (shifted data, Chan, Golub & LeVeque 1983): no d² is more than twice the result, so the
 * difference loses few digits however high the level.
 */
export function windowMoments(x: Float64Array, n: number, mean: Float64Array, squares: Float64Array): void {
  if (n > x.length) {
    mean.fill(NaN)
    squares.fill(NaN)
    return
  }
  let ends = noBlock(0, n)
  let endSquares = noBlock(1, n)
  let nextEnds = roomFor(2, n)
  let nextEndSquares = roomFor(3, n)
  const share = 1 / n
  let block = 0
  for (; block + n < x.length; block += n) {
    const origin = x[block]
    const nextOrigin = x[block + n]
    let start = 0
    let startSquares = 0
    let end = 0
    let endSquare = 0
    for (let k = 0, back = n - 1; back >= 0; k++, back--) {
      const distance = x[block + k] - origin
      start += distance
      startSquares += distance * distance
      const sum = start + ends[k + 1]
      mean[block + k] = origin + sum * share
      squares[block + k] = Math.max(0, startSquares + endSquares[k + 1] - sum * sum * share)
      const behind = x[block + back] - nextOrigin
      end += behind
      endSquare += behind * behind
      nextEnds[back] = end
      nextEndSquares[back] = endSquare
    }
    const used = ends
    const usedSquares = endSquares
    ends = nextEnds
    endSquares = nextEndSquares
    nextEnds = used
    nextEndSquares = usedSquares
  }
  const origin = x[block]
  let start = 0
  let startSquares = 0
  for (let i = block; i < x.length; i++) {
    const distance = x[i] - origin
    start += distance
    startSquares += distance * distance
    const sum = start + ends[i - block + 1]
    mean[i] = origin + sum * share
    squares[i] = Math.max(0, startSquares + endSquares[i - block + 1] - sum * sum * share)
  }
}

/** Largest of the last n values; NaN before there are n or where one is missing. */
export function windowMaximum(x: Float64Array, n: number): Float64Array {
  return windowExtreme(x, n, Math.max)
}

/** Smallest of the last n values; NaN before there are n or where one is missing. */
export function windowMinimum(x: Float64Array, n: number): Float64Array {
  return windowExtreme(x, n, Math.min)
}

function windowExtreme(x: Float64Array, n: number, pick: (a: number, b: number) => number): Float64Array {
  const out = new Float64Array(x.length).fill(NaN)
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
