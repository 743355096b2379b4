/**
 * Median and median absolute deviation of the counts of a sliding window, with and without the counts divided
 * by the ratio of their weekday. Nothing is sorted anew from day to day: counts stay in order, all together and
 * by weekday, and each measurement starts from the last one.
 *
 * Divided by the median of its own weekday, a count lies as far from the middle as before whatever happens on
 * other weekdays. From one day to the next two weekdays change, so only theirs are counted again; the others
 * keep how many of their counts lie within the last deviation. Where the order of the others may change too (a
 * weekday whose median is 0, or an even number of counts on each) all seven are.
 */
export class UsualCounts {
  /** Median and unscaled median absolute deviation of the adjusted counts, after `measure`; NaN of none. */
  baseline = NaN
  mad = NaN
  /** How many counts there are. */
  length = 0

  /** All counts in order. */
  private readonly sorted: Float64Array
  /** Where the half of the counts that lies nearest to the median begins, as last seen. */
  private nearest = 0

  private readonly capacity: number
  /** [weekday × capacity] counts in order, and how many. */
  private readonly own: Float64Array
  private readonly ownLength = new Int32Array(7)
  private readonly ownMedian = new Float64Array(7)
  /** [weekday] 1 ÷ its median, in a unit in which the median of all counts is 1. */
  private readonly scale = new Float64Array(7)
  /** [weekday] its counts `low` … `high` − 1 lie within `reach` of `centre`; the rest does not. */
  private readonly low = new Int32Array(7)
  private readonly high = new Int32Array(7)
  /** [weekday] where its counts above the median across begin. */
  private readonly split = new Int32Array(7)
  /** [weekday] distances of the farthest count within and the nearest one beyond. */
  private readonly within = new Float64Array(7)
  private readonly beyond = new Float64Array(7)
  /** Weekdays, as bits, whose counts have changed since they were last compared. */
  private changed = 127
  /** Median and deviation of the adjusted counts, divided by the median of all counts. */
  private centre = 1
  private reach = 0
  private middle = NaN
  private lastMiddle = NaN

  /** @param capacity most counts at a time */
  constructor(
    capacity: number,
    private readonly weekdays: boolean,
  ) {
    this.capacity = capacity
    this.sorted = new Float64Array(capacity + 1)
    this.own = new Float64Array(weekdays ? 7 * (capacity + 1) : 0)
  }

  clear(): void {
    this.length = 0
    this.ownLength.fill(0)
    this.ownMedian.fill(0)
    this.changed = 127
    this.nearest = 0
  }

  add(count: number, weekday: number): void {
    insert(this.sorted, 0, this.length++, count)
    if (this.weekdays) this.addOwn(count, weekday)
  }

  remove(count: number, weekday: number): void {
    take(this.sorted, 0, this.length--, count)
    if (this.weekdays) this.removeOwn(count, weekday)
  }

  /** The same as to remove one count and to add another. */
  replace(old: number, oldWeekday: number, count: number, weekday: number): void {
    exchange(this.sorted, this.length, old, count)
    if (!this.weekdays) return
    this.removeOwn(old, oldWeekday)
    this.addOwn(count, weekday)
  }

  /** Factor of a weekday: median of its counts ÷ median of all; 1 if either is 0 or there is none. */
  ratioOf(weekday: number): number {
    const median = this.ownMedian[weekday]
    return median === 0 || this.middle === 0 ? 1 : median / this.middle
  }

  measure(): void {
    const { sorted, length } = this
    if (length === 0) {
      this.baseline = this.mad = this.middle = NaN
      return
    }
    const half = length >> 1
    this.middle = length & 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    if (this.weekdays && this.middle !== 0) this.measureAdjusted()
    else this.measurePlain()
  }

  private addOwn(count: number, weekday: number): void {
    const length = this.ownLength[weekday]
    insert(this.own, weekday * (this.capacity + 1), length, count)
    this.ownLength[weekday] = length + 1
    this.noteOwn(weekday, length + 1)
  }

  private removeOwn(count: number, weekday: number): void {
    const length = this.ownLength[weekday]
    take(this.own, weekday * (this.capacity + 1), length, count)
    this.ownLength[weekday] = length - 1
    this.noteOwn(weekday, length - 1)
  }

  private noteOwn(weekday: number, length: number): void {
    const middle = weekday * (this.capacity + 1) + (length >> 1)
    this.ownMedian[weekday] =
      length === 0 ? 0 : length & 1 ? this.own[middle] : (this.own[middle - 1] + this.own[middle]) / 2
    this.changed |= 1 << weekday
  }

  /** The half of the counts nearest to the median is a stretch of the sorted ones: it is found where it last was. */
  private measurePlain(): void {
    const { sorted, length, middle } = this
    const wanted = (length + 1) >> 1
    let from = Math.min(this.nearest, length - wanted)
    while (from + wanted < length && sorted[from + wanted] - middle < middle - sorted[from]) from++
    while (from > 0 && middle - sorted[from - 1] < sorted[from + wanted - 1] - middle) from--
    this.nearest = from
    const farthest = Math.max(middle - sorted[from], sorted[from + wanted - 1] - middle)
    this.baseline = middle
    if (length & 1) {
      this.mad = farthest
      return
    }
    const below = from > 0 ? middle - sorted[from - 1] : Infinity
    const above = from + wanted < length ? sorted[from + wanted] - middle : Infinity
    this.mad = (farthest + Math.min(below, above)) / 2
  }

  private measureAdjusted(): void {
    const { length, middle, ownLength, ownMedian, scale } = this
    let odd = 0
    let zeros = 0
    for (let w = 0; w < 7; w++) {
      if (ownLength[w] === 0) continue
      odd += ownLength[w] & 1
      if (ownMedian[w] === 0) zeros++
    }
    let dirty = this.changed
    if (zeros > 0 && middle !== this.lastMiddle) dirty = 127
    this.lastMiddle = middle
    this.changed = 0
    for (let w = 0; w < 7; w++)
      if (dirty & (1 << w)) scale[w] = 1 / (ownMedian[w] === 0 ? middle : ownMedian[w])

    // At least half of each weekday's counts lie on either side of its median, or on it. Where a number is odd
    // on two weekdays, or once in an odd number of all, the middle ones of all lie on it.
    let centre = 1
    this.baseline = middle
    if (zeros > 0 || odd === 0) {
      this.baseline = this.medianAcross()
      centre = this.baseline / middle
    }
    if (centre !== this.centre) dirty = 127
    this.centre = centre
    for (let w = 0; w < 7; w++) if (dirty & (1 << w)) this.compare(w)
    this.measureReach((length + 1) >> 1)
  }

  /** Finds which counts of a weekday lie within `reach` of the centre. */
  private compare(w: number): void {
    const { own, centre, reach } = this
    const start = w * (this.capacity + 1)
    const end = start + this.ownLength[w]
    const factor = this.scale[w]
    const middle = centre / factor
    let split = start + (this.ownLength[w] >> 1)
    while (split < end && own[split] < middle) split++
    while (split > start && own[split - 1] > middle) split--
    const lowest = (centre - reach) / factor
    const highest = (centre + reach) / factor
    let low = split
    while (low > start && own[low - 1] >= lowest) low--
    let high = split
    while (high < end && own[high] <= highest) high++
    this.note(w, start, end, low, high)
  }

  private note(w: number, start: number, end: number, low: number, high: number): void {
    const { own, centre } = this
    const factor = this.scale[w]
    this.low[w] = low
    this.high[w] = high
    this.within[w] = low === high ? -1 : Math.max(centre - own[low] * factor, own[high - 1] * factor - centre)
    const below = low > start ? centre - own[low - 1] * factor : Infinity
    const above = high < end ? own[high] * factor - centre : Infinity
    this.beyond[w] = Math.min(below, above)
  }

  /** Moves `reach` until it holds `wanted` counts, one count at a time, and takes the deviation there. */
  private measureReach(wanted: number): void {
    const { own, low, high, within, beyond, scale, centre, ownLength, capacity } = this
    let held = 0
    for (let w = 0; w < 7; w++) held += high[w] - low[w]
    for (; held < wanted; held++) {
      let w = 0
      for (let k = 1; k < 7; k++) if (beyond[k] < beyond[w]) w = k
      const start = w * (capacity + 1)
      const end = start + ownLength[w]
      const below = low[w] > start ? centre - own[low[w] - 1] * scale[w] : Infinity
      if (below === beyond[w]) this.note(w, start, end, low[w] - 1, high[w])
      else this.note(w, start, end, low[w], high[w] + 1)
    }
    for (; held > wanted; held--) {
      let w = 0
      for (let k = 1; k < 7; k++) if (within[k] > within[w]) w = k
      const start = w * (capacity + 1)
      const end = start + ownLength[w]
      if (own[high[w] - 1] * scale[w] - centre === within[w]) this.note(w, start, end, low[w], high[w] - 1)
      else this.note(w, start, end, low[w] + 1, high[w])
    }
    let inner = 0
    let outer = 0
    for (let k = 1; k < 7; k++) {
      if (within[k] > within[inner]) inner = k
      if (beyond[k] < beyond[outer]) outer = k
    }
    this.reach = within[inner]
    const above = own[high[inner] - 1] * scale[inner] - centre === within[inner]
    const farthest = this.distance(inner, above ? high[inner] - 1 : low[inner])
    if (this.length & 1) {
      this.mad = farthest
      return
    }
    const start = outer * (capacity + 1)
    const under = low[outer] > start && centre - own[low[outer] - 1] * scale[outer] === beyond[outer]
    this.mad = (farthest + this.distance(outer, under ? low[outer] - 1 : high[outer])) / 2
  }

  /** From the baseline, computed as it is defined. */
  private distance(w: number, at: number): number {
    return Math.abs(this.own[at] / this.ratioOf(w) - this.baseline)
  }

  /** Median of the adjusted counts where it is not the median of all: walks to it from there. */
  private medianAcross(): number {
    const { own, ownLength, scale, capacity, length } = this
    const at = this.split
    let below = 0
    for (let w = 0; w < 7; w++) {
      const start = w * (capacity + 1)
      const end = start + ownLength[w]
      let split = start + (ownLength[w] >> 1)
      while (split < end && own[split] * scale[w] < 1) split++
      while (split > start && own[split - 1] * scale[w] >= 1) split--
      at[w] = split
      below += split - start
    }
    const half = length >> 1
    for (; below < half; below++) at[this.nextAbove()]++
    for (; below > half; below--) at[this.lastBelow()]--
    const above = this.nextAbove()
    const upper = own[at[above]] / this.ratioOf(above)
    if (length & 1) return upper
    const under = this.lastBelow()
    return (own[at[under] - 1] / this.ratioOf(under) + upper) / 2
  }

  private nextAbove(): number {
    const { own, ownLength, scale, capacity, split } = this
    let best = -1
    let value = Infinity
    for (let w = 0; w < 7; w++) {
      if (split[w] === w * (capacity + 1) + ownLength[w]) continue
      const candidate = own[split[w]] * scale[w]
      if (best < 0 || candidate < value) {
        best = w
        value = candidate
      }
    }
    return best
  }

  private lastBelow(): number {
    const { own, scale, capacity, split } = this
    let best = -1
    let value = -Infinity
    for (let w = 0; w < 7; w++) {
      if (split[w] === w * (capacity + 1)) continue
      const candidate = own[split[w] - 1] * scale[w]
      if (best < 0 || candidate > value) {
        best = w
        value = candidate
      }
    }
    return best
  }
}

/** Into the ascending values `start` … `start + length − 1`. */
function insert(values: Float64Array, start: number, length: number, value: number): void {
  let at = start + length
  while (at > start && values[at - 1] > value) {
    values[at] = values[at - 1]
    at--
  }
  values[at] = value
}

function take(values: Float64Array, start: number, length: number, value: number): void {
  const end = start + length
  let at = start
  while (values[at] < value) at++
  for (at++; at < end; at++) values[at - 1] = values[at]
}

/** One of the ascending values for another. */
function exchange(values: Float64Array, length: number, old: number, value: number): void {
  let low = 0
  let high = length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] < old) low = middle + 1
    else high = middle
  }
  if (value >= old) {
    while (low + 1 < length && values[low + 1] < value) {
      values[low] = values[low + 1]
      low++
    }
  } else {
    while (low > 0 && values[low - 1] > value) {
      values[low] = values[low - 1]
      low--
    }
  }
  values[low] = value
}
