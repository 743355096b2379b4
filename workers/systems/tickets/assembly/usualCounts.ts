import { emptyList, exchange, insert, listBytes, medianOf, remove } from './sortedList'

/*
 * Median and median absolute deviation of the counts of a sliding window, with and without the counts divided by the
 * ratio of their weekday. Nothing is sorted anew from day to day: counts stay in order, all together and by weekday,
 * and each measurement starts from the last one.
 *
 * Divided by the median of its own weekday, a count lies as far from the middle as before whatever happens on other
 * weekdays. From one day to the next two weekdays change, so only theirs are compared again; the others keep how many
 * of their counts lie within the last deviation. Where all may change (a weekday whose median is 0, or an even number
 * of counts on each) all seven are.
 *
 * Distances are in a unit in which the median of all counts is 1, until the one that is asked for is known: that one
 * is computed as it is defined.
 */

/** Where things lie in the work space: [weekday] each, with room for eight. */
const LENGTH: usize = 0
const MEDIAN: usize = 32
const SCALE: usize = 96
const INSIDE: usize = 160
const SPLIT: usize = 192
/** Distances of the farthest count within `reach` of the centre, and of the nearest one beyond. */
const WITHIN: usize = 224
const BEYOND: usize = 288
const LISTS: usize = 352

let work: usize = 0
/** The list of all counts, and that of the first weekday; the others follow, so many bytes apart. */
let all: usize = 0
let own: usize = 0
let ownBytes: usize = 0
/**
 * Most counts at a time, all together and of a weekday. Loops go that far, over infinite values too: how far they go
 * can then be foretold, which is worth more than what they could leave out.
 */
let capacity: i32 = 0
let ownCapacity: i32 = 0
/** How many counts there are. */
let length: i32 = 0
/** Where the half of the counts that lies nearest to the median begins, as last seen. */
let nearest: i32 = 0
/** Weekdays, as bits, whose counts have changed since they were last compared. */
let changed: i32 = 127
/** Weekdays, as bits, with an odd number of counts; with counts whose median is 0. */
let odd: i32 = 0
let zero: i32 = 0
/** How many counts lie within `reach` of the centre. */
let held: i32 = 0
let middle: f64 = NaN
let lastMiddle: f64 = NaN
/** Median and deviation of the adjusted counts, in medians of all counts. */
let centre: f64 = 1
let reach: f64 = 0
let baseline: f64 = NaN
let deviation: f64 = NaN

/** Bytes of work space for windows of so many counts, so many of them on one weekday. */
export function workBytes(capacity: i32, ownCapacity: i32): usize {
  return LISTS + listBytes(capacity) + 7 * listBytes(ownCapacity)
}

/**
 * Measures the windows of a series: counts f64 [days], NaN where missing; weekdays u8 [days], 0 … 6; starts i32 [days],
 * never falling: the window of a day is from there to the day before; measured u8 [days], 0 where a day is not asked
 * for. Days that are not, or with less than half a window, get NaN: baselines, deviations, ratios f64 [days].
 */
export function usualCounts(
  days: i32,
  adjusted: bool,
  counts: usize,
  weekdays: usize,
  starts: usize,
  measured: usize,
  baselines: usize,
  deviations: usize,
  ratios: usize,
  space: usize,
  most: i32,
  mostOwn: i32,
): void {
  open(space, most, mostOwn)
  let from = 0
  for (let day = 0; day < days; day++) {
    const start = load<i32>(starts + 4 * day)
    // Today's window holds one count more, and lacks those before its start: usually one, which changes places.
    let added = day > 0
    for (; from < start; from++) {
      const last = added && from == start - 1
      slide(counts, weekdays, adjusted, from, last ? day - 1 : -1)
      if (last) added = false
    }
    if (added) slide(counts, weekdays, adjusted, -1, day - 1)

    let ratio = NaN
    baseline = deviation = NaN
    if (load<u8>(measured + day) && length > 0 && 2 * length >= day - start) {
      middle = medianOf(all, length)
      if (adjusted && middle != 0) measureAdjusted()
      else measurePlain()
      ratio = adjusted ? ratioOf(load<u8>(weekdays + day)) : 1
    }
    store<f64>(baselines + 8 * day, baseline)
    store<f64>(deviations + 8 * day, deviation)
    store<f64>(ratios + 8 * day, ratio)
  }
}

function open(space: usize, most: i32, mostOwn: i32): void {
  work = space
  capacity = most
  ownCapacity = mostOwn
  all = emptyList(work + LISTS, capacity)
  ownBytes = listBytes(ownCapacity)
  const first = work + LISTS + listBytes(capacity)
  own = first + 16
  for (let w = 0; w < 7; w++) {
    emptyList(first + ownBytes * w, ownCapacity)
    store<i32>(work + LENGTH + 4 * w, 0)
    store<f64>(work + MEDIAN + 8 * w, 0)
    store<f64>(work + SCALE + 8 * w, 1)
    store<i32>(work + INSIDE + 4 * w, 0)
  }
  // The place of an eighth weekday, which has none.
  store<f64>(work + WITHIN + 56, -1)
  store<f64>(work + BEYOND + 56, Infinity)
  length = nearest = odd = zero = held = 0
  changed = 127
  lastMiddle = NaN
  centre = 1
  reach = 0
}

/** Takes the count of a day away and puts that of another in; −1 = none, and so are missing ones. */
function slide(counts: usize, weekdays: usize, adjusted: bool, gone: i32, come: i32): void {
  const old = gone < 0 ? NaN : load<f64>(counts + 8 * gone)
  const count = come < 0 ? NaN : load<f64>(counts + 8 * come)
  const leaves = old == old
  const enters = count == count
  if (leaves && enters) exchange(all, capacity, old, count)
  else if (leaves) {
    remove(all, capacity, old)
    length--
  } else if (enters) {
    insert(all, capacity, count)
    length++
  }
  if (!adjusted) return
  if (leaves) {
    const w = <i32>load<u8>(weekdays + gone)
    const n = load<i32>(work + LENGTH + 4 * w)
    remove(own + ownBytes * w, ownCapacity, old)
    noteOwn(w, n - 1)
  }
  if (enters) {
    const w = <i32>load<u8>(weekdays + come)
    const n = load<i32>(work + LENGTH + 4 * w)
    insert(own + ownBytes * w, ownCapacity, count)
    noteOwn(w, n + 1)
  }
}

function noteOwn(w: i32, n: i32): void {
  store<i32>(work + LENGTH + 4 * w, n)
  const median = n == 0 ? 0 : medianOf(own + ownBytes * w, n)
  store<f64>(work + MEDIAN + 8 * w, median)
  changed |= 1 << w
  odd = (odd & ~(1 << w)) | ((n & 1) << w)
  zero = (zero & ~(1 << w)) | (i32(n > 0 && median == 0) << w)
}

/** Median of a weekday's counts ÷ median of all; 1 if either is 0 or there is none. */
function ratioOf(w: i32): f64 {
  const median = load<f64>(work + MEDIAN + 8 * w)
  return median == 0 || middle == 0 ? 1 : median / middle
}

/** The half of the counts nearest to the median is a stretch of the sorted ones: it is found where it last was. */
function measurePlain(): void {
  const wanted = (length + 1) >> 1
  let from = min(nearest, length - wanted)
  while (
    from + wanted < length &&
    load<f64>(all + 8 * (from + wanted)) - middle < middle - load<f64>(all + 8 * from)
  )
    from++
  while (
    from > 0 &&
    middle - load<f64>(all + 8 * (from - 1)) < load<f64>(all + 8 * (from + wanted - 1)) - middle
  )
    from--
  nearest = from
  baseline = middle
  deviation = max(middle - load<f64>(all + 8 * from), load<f64>(all + 8 * (from + wanted - 1)) - middle)
  // Around the values lie infinite ones: they are never the nearer.
  if (!(length & 1))
    deviation =
      (deviation +
        min(middle - load<f64>(all + 8 * (from - 1)), load<f64>(all + 8 * (from + wanted)) - middle)) /
      2
}

function measureAdjusted(): void {
  let stale = zero && middle != lastMiddle ? 127 : changed
  lastMiddle = middle
  changed = 0
  for (let left = stale; left; left &= left - 1) {
    const w = ctz(left)
    const median = load<f64>(work + MEDIAN + 8 * w)
    store<f64>(work + SCALE + 8 * w, 1 / (median == 0 ? middle : median))
  }
  // At least half of each weekday's counts lie on either side of its median, or on it. Where their number is odd on
  // two weekdays, or on one in an odd number of all, the middle ones of all lie on it.
  baseline = middle
  let now: f64 = 1
  if (zero || !odd) {
    baseline = medianAcross()
    now = baseline / middle
  }
  if (now != centre) stale = 127
  centre = now
  for (let left = stale; left; left &= left - 1) compare(ctz(left), reach)
  measureReach((length + 1) >> 1)
}

/** Distances of two of a weekday's counts from the centre. */
function distances(at: usize, scale: v128, middle: v128): v128 {
  return f64x2.abs(f64x2.sub(f64x2.mul(v128.load(at), scale), middle))
}

/** Notes how many counts of a weekday lie within a distance of the centre, and the nearest on either side of it. */
function compare(w: i32, distance: f64): void {
  const list = own + ownBytes * w
  const scale = f64x2.splat(load<f64>(work + SCALE + 8 * w))
  const middle = f64x2.splat(centre)
  const limit = f64x2.splat(distance)
  const infinite = f64x2.splat(Infinity)
  const none = f64x2.splat(-1)
  let inside = i64x2.splat(0)
  let within = none
  let beyond = infinite
  for (let i = 0; i < ownCapacity; i += 2) {
    const d = distances(list + 8 * i, scale, middle)
    const is = f64x2.le(d, limit)
    inside = i64x2.sub(inside, is)
    within = f64x2.pmax(within, v128.bitselect(d, none, is))
    beyond = f64x2.pmin(beyond, v128.bitselect(infinite, d, is))
  }
  const number = <i32>(i64x2.extract_lane(inside, 0) + i64x2.extract_lane(inside, 1))
  held += number - load<i32>(work + INSIDE + 4 * w)
  store<i32>(work + INSIDE + 4 * w, number)
  store<f64>(work + WITHIN + 8 * w, largerLane(within))
  store<f64>(work + BEYOND + 8 * w, smallerLane(beyond))
}

/** How many counts of a weekday lie at exactly a distance. */
function countAt(w: i32, distance: f64): i32 {
  const list = own + ownBytes * w
  const scale = f64x2.splat(load<f64>(work + SCALE + 8 * w))
  const middle = f64x2.splat(centre)
  const wanted = f64x2.splat(distance)
  let sum = i64x2.splat(0)
  for (let i = 0; i < ownCapacity; i += 2)
    sum = i64x2.sub(sum, f64x2.eq(distances(list + 8 * i, scale, middle), wanted))
  return <i32>(i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1))
}

/** Distance from the baseline, as it is defined, of a count that lies at a distance of the centre. */
function distanceAt(w: i32, distance: f64): f64 {
  const list = own + ownBytes * w
  const scale = f64x2.splat(load<f64>(work + SCALE + 8 * w))
  const middle = f64x2.splat(centre)
  const wanted = f64x2.splat(distance)
  const none = f64x2.splat(-1)
  let found = none
  for (let i = 0; i < ownCapacity; i += 2) {
    const is = f64x2.eq(distances(list + 8 * i, scale, middle), wanted)
    found = f64x2.pmax(found, v128.bitselect(v128.load(list + 8 * i), none, is))
  }
  return Math.abs(largerLane(found) / ratioOf(w) - baseline)
}

function largerLane(pair: v128): f64 {
  return f64x2.extract_lane(f64x2.pmax(pair, i64x2.shuffle(pair, pair, 1, 0)), 0)
}

function smallerLane(pair: v128): f64 {
  return f64x2.extract_lane(f64x2.pmin(pair, i64x2.shuffle(pair, pair, 1, 0)), 0)
}

/** Two values that were written one by one: read so, they need not have reached the memory. */
function pairAt(at: usize): v128 {
  return v128.load64_lane(at + 8, v128.load64_zero(at), 1)
}

function largestWithin(): f64 {
  const at = work + WITHIN
  const early = f64x2.pmax(pairAt(at), pairAt(at + 16))
  return largerLane(f64x2.pmax(early, f64x2.pmax(pairAt(at + 32), pairAt(at + 48))))
}

function leastBeyond(): f64 {
  const at = work + BEYOND
  const early = f64x2.pmin(pairAt(at), pairAt(at + 16))
  return smallerLane(f64x2.pmin(early, f64x2.pmin(pairAt(at + 32), pairAt(at + 48))))
}

/** Weekdays, as bits, that have a value at `WITHIN` or `BEYOND`. */
function weekdaysAt(where: usize, value: f64): i32 {
  const at = work + where
  const wanted = f64x2.splat(value)
  return (
    i64x2.bitmask(f64x2.eq(pairAt(at), wanted)) |
    (i64x2.bitmask(f64x2.eq(pairAt(at + 16), wanted)) << 2) |
    (i64x2.bitmask(f64x2.eq(pairAt(at + 32), wanted)) << 4) |
    (i64x2.bitmask(f64x2.eq(pairAt(at + 48), wanted)) << 6)
  )
}

/** Moves `reach` to the least distance that holds `wanted` counts, and takes the deviation there. */
function measureReach(wanted: i32): void {
  while (held < wanted) {
    const next = leastBeyond()
    for (let left = weekdaysAt(BEYOND, next); left; left &= left - 1) compare(ctz(left), next)
  }
  reach = largestWithin()
  let farthest = weekdaysAt(WITHIN, reach)
  while (held > wanted) {
    let ties = 0
    for (let left = farthest; left; left &= left - 1) ties += countAt(ctz(left), reach)
    if (held - ties < wanted) break
    // The next smaller number
    const below = reinterpret<f64>(reinterpret<i64>(reach) - 1)
    for (let left = farthest; left; left &= left - 1) compare(ctz(left), below)
    reach = largestWithin()
    farthest = weekdaysAt(WITHIN, reach)
  }
  deviation = distanceAt(ctz(farthest), reach)
  if (length & 1 || held > wanted) return
  const next = leastBeyond()
  deviation = (deviation + distanceAt(ctz(weekdaysAt(BEYOND, next)), next)) / 2
}

/** Median of the adjusted counts where it is not the median of all: walks to it from there. */
function medianAcross(): f64 {
  let below = 0
  for (let w = 0; w < 7; w++) {
    const list = own + ownBytes * w
    const scale = load<f64>(work + SCALE + 8 * w)
    const n = load<i32>(work + LENGTH + 4 * w)
    let split = n >> 1
    while (split < n && load<f64>(list + 8 * split) * scale < 1) split++
    while (split > 0 && load<f64>(list + 8 * (split - 1)) * scale >= 1) split--
    store<i32>(work + SPLIT + 4 * w, split)
    below += split
  }
  const half = length >> 1
  for (; below < half; below++) moveSplit(firstAbove(), 1)
  for (; below > half; below--) moveSplit(lastBelow(), -1)
  const above = firstAbove()
  const upper = atSplit(above, 0) / ratioOf(above)
  if (length & 1) return upper
  const under = lastBelow()
  return (atSplit(under, -1) / ratioOf(under) + upper) / 2
}

function moveSplit(w: i32, by: i32): void {
  store<i32>(work + SPLIT + 4 * w, load<i32>(work + SPLIT + 4 * w) + by)
}

/** A count of a weekday beside its split. */
function atSplit(w: i32, step: i32): f64 {
  return load<f64>(own + ownBytes * w + 8 * (load<i32>(work + SPLIT + 4 * w) + step))
}

/** Weekday of the smallest adjusted count above the splits. */
function firstAbove(): i32 {
  let best = 0
  let value = Infinity
  for (let w = 0; w < 7; w++) {
    const candidate = atSplit(w, 0) * load<f64>(work + SCALE + 8 * w)
    if (candidate < value) {
      best = w
      value = candidate
    }
  }
  return best
}

/** Weekday of the largest adjusted count below the splits. */
function lastBelow(): i32 {
  let best = 0
  let value = -Infinity
  for (let w = 0; w < 7; w++) {
    const candidate = atSplit(w, -1) * load<f64>(work + SCALE + 8 * w)
    if (candidate > value) {
      best = w
      value = candidate
    }
  }
  return best
}
