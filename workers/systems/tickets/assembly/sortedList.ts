/*
 * Ascending values of 0 or more in memory, changed without a branch: every value is kept or takes its neighbour's
 * place, two at a time. Before the first lies −Infinity, behind the last two or more of Infinity. Where a value is to
 * be kept, its neighbour is made 0, or NaN, which `pmax` and `pmin` pass over.
 */

/** Bytes of a list: room for the values, and for what lies around them. */
export function listBytes(capacity: i32): usize {
  return 8 * <usize>((capacity + 7) & ~1)
}

/** Makes a list of none, and gives the address of its first value. */
export function emptyList(at: usize, capacity: i32): usize {
  const bytes = listBytes(capacity)
  store<f64>(at, -Infinity)
  store<f64>(at + 8, -Infinity)
  for (let k: usize = 16; k < bytes; k += 8) store<f64>(at + k, Infinity)
  return at + 16
}

/** @param capacity of the list, which must hold fewer */
export function insert(list: usize, capacity: i32, value: f64): void {
  const x = f64x2.splat(value)
  for (let i = (capacity - 1) & ~1; i >= 0; i -= 2) {
    const at = list + 8 * i
    v128.store(at, f64x2.pmax(v128.load(at - 8), f64x2.pmin(v128.load(at), x)))
  }
}

/** The value must be one of the list. */
export function remove(list: usize, capacity: i32, value: f64): void {
  const y = f64x2.splat(value)
  for (let i = 0; i < capacity; i += 2) {
    const at = list + 8 * i
    const own = v128.load(at)
    v128.store(at, f64x2.pmax(own, v128.and(v128.load(at + 8), f64x2.ge(own, y))))
  }
}

/** One of the list for another. */
export function exchange(list: usize, capacity: i32, old: f64, value: f64): void {
  const x = f64x2.splat(value)
  const y = f64x2.splat(old)
  if (value >= old) {
    for (let i = 0; i < capacity; i += 2) {
      const at = list + 8 * i
      const own = v128.load(at)
      const moved = f64x2.pmin(v128.load(at + 8), x)
      v128.store(at, f64x2.pmax(own, v128.and(moved, f64x2.ge(own, y))))
    }
  } else {
    for (let i = (capacity - 1) & ~1; i >= 0; i -= 2) {
      const at = list + 8 * i
      const own = v128.load(at)
      const moved = f64x2.pmax(v128.load(at - 8), x)
      v128.store(at, f64x2.pmin(own, v128.or(moved, f64x2.gt(own, y))))
    }
  }
}

/** The middle value, or the mean of the middle two; of one value or more. */
export function medianOf(list: usize, length: i32): f64 {
  const middle = list + 8 * (length >> 1)
  return length & 1 ? load<f64>(middle) : (load<f64>(middle - 8) + load<f64>(middle)) / 2
}
