import { noNumber, word } from './ruleSweep.wgsl.ts'

/** Resamples and combinations of one tile of the product; both are padded to a multiple of it. */
export const tile = 128
/** Days of one step of the product. */
const depth = 8

const chargeStruct = /* wgsl */ `
struct Charge {
  returns: u32,   // n = days − 1
  resamples: u32,
  rows: u32,      // resamples, padded
  stride: u32,    // combinations of the returns, padded
  size: u32,      // combinations of this dispatch
  first: u32,     // of these the first in the batch
  count: u32,     // combinations of the batch
  hopeless: f32,  // a t-value below this keeps its own mean
}
@group(0) @binding(0) var<uniform> charge: Charge;
`

const eight = [0, 1, 2, 3, 4, 5, 6, 7]
const four = ['x', 'y', 'z', 'w']
/** Row i of a thread's eight rows, among the 128 of its tile. */
const rowOf = (i: number) => `${i < 4 ? 0 : tile / 2}u + 4u * local.y + ${i % 4}u`

/**
 * Charges a batch of combinations as trials; formulas of `TrialFamily`, in three steps.
 *
 * 1. `resample`: means of the daily excess returns d in every resample of the calendar, less the measured mean. d is
 *    x − β·b (x and b over interest), and means are linear, so the product is taken of the returns x as the simulation
 *    left them, and β times the benchmark's own resampled mean is taken off. Each thread keeps 8 × 8 sums in registers.
 * 2. `judge`: standard error, t, and Hansen's recentring, by combination.
 * 3. `takeMaxima`: by resample, the largest over the combinations, in the small whole numbers of `Maxima`: ⌈256·t*⌉, and
 *    ⌈64·log₂(√n·(mean* − mean))⌉ for White's reality check. Both are raised by one part in 10⁵ first, so that float32
 *    charges more than the CPU does, never less.
 */
export const chargeKernel = /* wgsl */ `
${chargeStruct}
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;   // [returns × rows] how often a day is drawn
@group(0) @binding(2) var<storage, read> draws: array<vec2f>;     // [rows] 1 ÷ days drawn (0: none); benchmark's mean* − mean
@group(0) @binding(3) var<storage, read> excess: array<vec4f>;    // [returns × stride]
@group(0) @binding(4) var<storage, read_write> charged: array<vec4f>; // [stride]
@group(0) @binding(5) var<storage, read_write> means: array<vec4f>;   // [rows × stride] mean* − mean of d

var<workgroup> drawn: array<vec4f, ${(depth * tile) / 4}>;
var<workgroup> returned: array<vec4f, ${(depth * tile) / 4}>;

@compute @workgroup_size(16, 16)
fn resample(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  ${eight.map((i) => `var sum${i}a = vec4f(0.0); var sum${i}b = vec4f(0.0);`).join('\n  ')}
  let day = thread / ${tile / 4}u;
  let place = thread % ${tile / 4}u;
  let weightAt = group.y * ${tile / 4}u + place;
  let excessAt = group.x * ${tile / 4}u + place;
  for (var start = 0u; start < charge.returns; start += ${depth}u) {
    let at = start + day;
    if (at < charge.returns) {
      drawn[thread] = weights[at * (charge.rows / 4u) + weightAt];
      returned[thread] = excess[at * (charge.stride / 4u) + excessAt];
    } else {
      drawn[thread] = vec4f(0.0);
      returned[thread] = vec4f(0.0);
    }
    workgroupBarrier();
    for (var step = 0u; step < ${depth}u; step++) {
      let row = step * ${tile / 4}u;
      let wa = drawn[row + local.y];
      let wb = drawn[row + ${tile / 8}u + local.y];
      let xa = returned[row + local.x];
      let xb = returned[row + ${tile / 8}u + local.x];
      ${eight
        .map((i) => {
          const weight = `${i < 4 ? 'wa' : 'wb'}.${four[i % 4]}`
          return `sum${i}a = fma(vec4f(${weight}), xa, sum${i}a); sum${i}b = fma(vec4f(${weight}), xb, sum${i}b);`
        })
        .join('\n      ')}
    }
    workgroupBarrier();
  }
  let columnA = group.x * ${tile}u + 4u * local.x;
  let columnB = columnA + ${tile / 2}u;
  let a = array<vec4f, 4>(charged[columnA], charged[columnA + 1u], charged[columnA + 2u], charged[columnA + 3u]);
  let b = array<vec4f, 4>(charged[columnB], charged[columnB + 1u], charged[columnB + 2u], charged[columnB + 3u]);
  let meanA = vec4f(a[0].x, a[1].x, a[2].x, a[3].x);
  let meanB = vec4f(b[0].x, b[1].x, b[2].x, b[3].x);
  let betaA = vec4f(a[0].y, a[1].y, a[2].y, a[3].y);
  let betaB = vec4f(b[0].y, b[1].y, b[2].y, b[3].y);
  ${eight
    .map((i) => {
      return `{
    let row = group.y * ${tile}u + ${rowOf(i)};
    let draw = draws[row];
    let to = row * (charge.stride / 4u);
    let isDrawn = draw.x > 0.0;
    means[to + columnA / 4u] = select(vec4f(0.0), sum${i}a * draw.x - meanA - betaA * draw.y, isDrawn);
    means[to + columnB / 4u] = select(vec4f(0.0), sum${i}b * draw.x - meanB - betaB * draw.y, isDrawn);
  }`
    })
    .join('\n  ')}
}
`

/** Steps 2 and 3: the same bindings, the means one by one. */
export const judgeKernel = /* wgsl */ `
${chargeStruct}
@group(0) @binding(4) var<storage, read_write> charged: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> means: array<f32>;
@group(0) @binding(6) var<storage, read_write> out: array<u32>;           // [words × count]
@group(0) @binding(7) var<storage, read_write> maxima: array<atomic<i32>>; // [2 × resamples]: t, reality check

@compute @workgroup_size(64)
fn judge(@builtin(global_invocation_id) id: vec3u) {
  let me = id.x;
  if (me >= charge.size) { return; }
  var sum = 0.0;
  var squares = 0.0;
  for (var b = 0u; b < charge.resamples; b++) {
    let away = means[b * charge.stride + me];
    sum += away;
    squares += away * away;
  }
  let count = f32(charge.resamples);
  let variance = (squares - sum * sum / count) / (count - 1.0);
  let own = charged[me];
  // Mean, what is added to a resampled mean less the measured one, 1 ÷ standard error (0: its returns do not vary).
  var scale = vec4f(own.z, 0.0, 0.0, 0.0);
  var t = ${noNumber};
  if (variance > 0.0) {
    let error = sqrt(variance);
    let value = own.z / error;
    t = bitcast<u32>(value);
    scale = vec4f(own.z, select(0.0, own.z, value < charge.hopeless), 1.0 / error, 0.0);
  }
  charged[me] = scale;
  out[${word.t}u * charge.count + charge.first + me] = t;
}

var<workgroup> largest: array<vec2f, 256>;

@compute @workgroup_size(256)
fn takeMaxima(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let b = group.x;
  let root = sqrt(f32(charge.returns));
  var best = vec2f(-1e30);
  for (var c = thread; c < charge.size; c += 256u) {
    let scale = charged[c];
    if (scale.z > 0.0) {
      let away = means[b * charge.stride + c];
      best = max(best, vec2f((away + scale.y) * scale.z, root * away));
    }
  }
  largest[thread] = best;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (thread < half) { largest[thread] = max(largest[thread], largest[thread + half]); }
    workgroupBarrier();
  }
  if (thread == 0u && largest[0].x > -1e29) {
    let t = largest[0].x + abs(largest[0].x) * 1e-5;
    atomicMax(&maxima[b], i32(ceil(256.0 * t)));
    if (largest[0].y > 0.0) {
      atomicMax(&maxima[charge.resamples + b], i32(ceil(64.0 * log2(largest[0].y * 1.00001))));
    }
  }
}
`
