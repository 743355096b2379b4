import { emptyList, exchange, insert, listBytes, medianOf, remove } from './sortedList'

/*
 * Median and median absolute deviation of the counts of a sliding window, with and without the counts divided by the
 * ratio of their weekday. Nothing is sorted anew from day to day: counts stay in order, all together and by weekday,
 * and each measurement starts from the last one.
 *
 * Divided by the median of its own weekday, a count lies as far from the middle as before whatever happens on other
 * weekdays. Of a weekday's counts, those within a distance of the middle are a stretch. From one day to the next two
 * weekdays change, so only theirs are compared again with the last deviation; the others keep their stretches. Where
 * all may change (a weekday whose median is 0, or an even number of counts on each) all seven are. Then one count after
 * another is taken into the stretches, or left out of them, until they hold the nearest half.
 *
 * Distances are in a unit in which the median of all counts is 1, and their last four bits say whose they are: days
 * wait for one another's, and so less long. Which count is asked for is therefore known to 16 units in the last place;
 * its distance is then computed as it is defined.
 */

/** Where things lie in the work space: [weekday] each, with room for eight. */
const LENGTH: usize = 0
const MEDIAN: usize = 32
const SCALE: usize = 96
/** First count of a weekday's stretch, and the first after it. */
const FROM: usize = 160
const TO: usize = 192
const SPLIT: usize = 224
/** Marked distances of the farthest count within the stretch, and of the nearest one beyond. */
const WITHIN: usize = 256
const BEYOND: usize = 320
const LISTS: usize = 384

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
/** How many counts the stretches hold. */
let held: i32 = 0
let middle: f64 = NaN
let lastMiddle: f64 = NaN
/** Median of the adjusted counts, and the farthest distance within the stretches, in medians of all counts. */
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
    store<i32>(work + FROM + 4 * w, 0)
    store<i32>(work + TO + 4 * w, 0)
  }
  // The place of an eighth weekday, which has none.
  store<f64>(work + WITHIN + 56, -f64.MAX_VALUE)
  store<f64>(work + BEYOND + 56, f64.MAX_VALUE)
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

/** Finds which of a weekday's counts lie within a distance of the centre: as they ascend, a stretch of them. */
function compare(w: i32, distance: f64): void {
  const list = own + ownBytes * w
  const scale = f64x2.splat(load<f64>(work + SCALE + 8 * w))
  const middle = f64x2.splat(centre)
  const limit = f64x2.splat(distance)
  const least = f64x2.splat(-distance)
  let before = i64x2.splat(0)
  let until = i64x2.splat(0)
  for (let i = 0; i < ownCapacity; i += 2) {
    const d = f64x2.sub(f64x2.mul(v128.load(list + 8 * i), scale), middle)
    before = i64x2.sub(before, f64x2.lt(d, least))
    until = i64x2.sub(until, f64x2.le(d, limit))
  }
  held -= endOf(w) - startOf(w)
  const from = sumOfLanes(before)
  const to = sumOfLanes(until)
  held += to - from
  setStretch(w, from, to)
}

/** Notes the stretch of a weekday's counts, and the distances of its farther end and of the nearer count beyond it. */
function setStretch(w: i32, from: i32, to: i32): void {
  store<i32>(work + FROM + 4 * w, from)
  store<i32>(work + TO + 4 * w, to)
  const within = f64x2.pmax(distances(w, from, to - 1), f64x2.splat(-f64.MAX_VALUE))
  const beyond = f64x2.pmin(distances(w, from - 1, to), f64x2.splat(f64.MAX_VALUE))
  store<f64>(work + WITHIN + 8 * w, f64x2.extract_lane(larger(marked(w, within)), 0))
  store<f64>(work + BEYOND + 8 * w, f64x2.extract_lane(smaller(marked(w, beyond)), 0))
}

/**
 * How far one of a weekday's counts lies below the centre, and how far another above it. Around the counts lie infinite
 * ones: of a stretch of none both ends are at negative distances, and nothing lies beyond one of all.
 */
function distances(w: i32, low: i32, high: i32): v128 {
  const list = own + ownBytes * w
  const pair = v128.load64_lane(list + 8 * high, v128.load64_zero(list + 8 * low), 1)
  const scaled = f64x2.mul(pair, f64x2.splat(load<f64>(work + SCALE + 8 * w)))
  return v128.xor(f64x2.sub(scaled, f64x2.splat(centre)), f64x2(-0.0, 0))
}

/** Finite distances of a low and a high count, with the weekday and the side in their last four bits. */
function marked(w: i32, pair: v128): v128 {
  const marks = v128.or(i64x2.splat(2 * w), i64x2(0, 1))
  return v128.or(v128.andnot(pair, i64x2.splat(15)), marks)
}

function marksOf(distance: v128): i32 {
  return i32x4.extract_lane(distance, 0) & 15
}

function weekdayOf(marks: i32): i32 {
  return marks >> 1
}

function isHigh(marks: i32): i32 {
  return marks & 1
}

function startOf(w: i32): i32 {
  return load<i32>(work + FROM + 4 * w)
}

function endOf(w: i32): i32 {
  return load<i32>(work + TO + 4 * w)
}

/** Start or end of a stretch, without a branch that nobody could foretell. */
function boundAt(marks: i32): i32 {
  return load<i32>(work + FROM + (TO - FROM) * isHigh(marks) + 4 * weekdayOf(marks))
}

/** Takes the nearest count beyond a stretch into it. */
function widen(marks: i32): void {
  const w = weekdayOf(marks)
  const high = isHigh(marks)
  held++
  setStretch(w, startOf(w) - 1 + high, endOf(w) + high)
}

/** Leaves the farthest count of a stretch out of it. */
function narrow(marks: i32): void {
  const w = weekdayOf(marks)
  const high = isHigh(marks)
  held--
  setStretch(w, startOf(w) + 1 - high, endOf(w) - high)
}

/** Distance from the baseline, as it is defined, of one of a weekday's counts. */
function distanceAt(w: i32, i: i32): f64 {
  return Math.abs(load<f64>(own + ownBytes * w + 8 * i) / ratioOf(w) - baseline)
}

/** Of the farthest count within the stretches. */
function distanceWithin(marks: i32): f64 {
  return distanceAt(weekdayOf(marks), boundAt(marks) - isHigh(marks))
}

/** Of the nearest count beyond them. */
function distanceBeyond(marks: i32): f64 {
  return distanceAt(weekdayOf(marks), boundAt(marks) - 1 + isHigh(marks))
}

function sumOfLanes(pair: v128): i32 {
  return i32x4.extract_lane(i64x2.add(pair, i64x2.shuffle(pair, pair, 1, 0)), 0)
}

function larger(pair: v128): v128 {
  return f64x2.pmax(pair, i64x2.shuffle(pair, pair, 1, 0))
}

function smaller(pair: v128): v128 {
  return f64x2.pmin(pair, i64x2.shuffle(pair, pair, 1, 0))
}

/** Two values that were written one by one: read so, they need not have reached the memory. */
function pairAt(at: usize): v128 {
  return v128.load64_lane(at + 8, v128.load64_zero(at), 1)
}

/** Marked distance of the farthest count within the stretches. */
function farthestWithin(): v128 {
  const at = work + WITHIN
  const early = f64x2.pmax(pairAt(at), pairAt(at + 16))
  return larger(f64x2.pmax(early, f64x2.pmax(pairAt(at + 32), pairAt(at + 48))))
}

/** Marked distance of the nearest count beyond them. */
function nearestBeyond(): v128 {
  const at = work + BEYOND
  const early = f64x2.pmin(pairAt(at), pairAt(at + 16))
  return smaller(f64x2.pmin(early, f64x2.pmin(pairAt(at + 32), pairAt(at + 48))))
}

/** Makes the stretches hold the `wanted` nearest counts, and takes the deviation there. */
function measureReach(wanted: i32): void {
  while (held < wanted) widen(marksOf(nearestBeyond()))
  while (held > wanted) narrow(marksOf(farthestWithin()))
  const last = farthestWithin()
  reach = f64x2.extract_lane(last, 0)
  deviation = distanceWithin(marksOf(last))
  if (!(length & 1)) deviation = (deviation + distanceBeyond(marksOf(nearestBeyond()))) / 2
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
