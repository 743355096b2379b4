import type { Part } from '../api.ts'
import type { SweepCell, SweepMetric, SweepSummary } from './contract.ts'
import { median } from './map.ts'
import { computed } from './results.ts'
import type { SweepResults } from './results.ts'

const shown = 12
const bins = 40
/** The most robust combinations are looked for among the best so many, or the best twentieth if that is more. */
const candidatesAtLeast = 400
/** Nearest combinations that count as neighbours in a Latin hypercube, looked for among at most so many. */
const nearest = 8
const searched = 20_000

/** Best and most robust combinations, and how the metric is spread over all of them. */
export function sweepSummary(
  results: SweepResults,
  metric: SweepMetric,
  part: Part,
): Omit<SweepSummary, 'pbo' | 'pboStrategies'> {
  const { read, indices, values, middle } = computedOf(results, metric, part)
  const surroundings = new Surroundings(results, indices, read)
  const ranked = bestFirst(indices, read, Math.max(candidatesAtLeast, Math.ceil(indices.length / 20)))
  const best = ranked.slice(0, shown).map((index) => cellOf(results, index, read, middle, surroundings))
  const robust = ranked
    .slice(0, surroundings.affordable)
    .map((index) => ({ index, around: surroundings.of(index) }))
    .filter(({ around }) => surroundings.isKnown(around.length))
    .map(({ index, around }) => ({ index, middle: median(around) }))
    .sort((a, b) => b.middle - a.middle)
    .slice(0, shown)
    .map(({ index }) => cellOf(results, index, read, middle, surroundings))
  let positive = 0
  for (const value of values) if (value > 0) positive++
  return {
    metric,
    part,
    computed: results.done - results.impossible,
    best,
    robust,
    median: middle,
    positive: positive / values.length,
    histogram: histogramOf(values),
  }
}

/** One combination with its surroundings; null where it has not been computed. */
export function sweepCell(
  results: SweepResults,
  index: number,
  metric: SweepMetric,
  part: Part,
): SweepCell | null {
  if (results.state[index] !== computed) return null
  const { read, indices, middle } = computedOf(results, metric, part)
  return cellOf(results, index, read, middle, new Surroundings(results, indices, read))
}

/** What has been computed and has the metric: indices, values ascending, and their median. */
function computedOf(
  results: SweepResults,
  metric: SweepMetric,
  part: Part,
): { read: (index: number) => number; indices: number[]; values: Float32Array; middle: number } {
  const read = results.reader(metric, part)
  const indices: number[] = []
  for (let i = 0; i < results.plan.total; i++) {
    if (results.state[i] === computed && !Number.isNaN(read(i))) indices.push(i)
  }
  const values = Float32Array.from(indices, read).sort()
  return { read, indices, values, middle: median(values) }
}

function cellOf(
  results: SweepResults,
  index: number,
  read: (index: number) => number,
  middle: number,
  surroundings: Surroundings,
): SweepCell {
  const around = surroundings.of(index)
  const own = read(index)
  const typical = median(around)
  const lead = own - middle
  return {
    index,
    params: results.plan.valuesOf(index),
    metrics: results.of(index),
    neighbours: {
      count: around.length,
      median: typical,
      worst: around.length === 0 ? NaN : around[0],
    },
    plateau: lead > 0 ? Math.min(1, Math.max(0, (typical - middle) / lead)) : NaN,
  }
}

function bestFirst(indices: number[], read: (index: number) => number, most: number): number[] {
  return [...indices].sort((a, b) => read(b) - read(a)).slice(0, most)
}

/** What lies around a combination: one step away on any of the axes, or nearest in a Latin hypercube. */
class Surroundings {
  /** How many combinations may be asked for without a wait. */
  readonly affordable: number
  private readonly sample: number[]

  constructor(
    private readonly results: SweepResults,
    indices: number[],
    private readonly read: (index: number) => number,
  ) {
    const latin = results.plan.spec.design.kind === 'latin'
    const step = Math.ceil(indices.length / searched)
    this.sample = latin ? indices.filter((_, i) => i % step === 0) : []
    this.affordable = latin ? 100 : Math.max(candidatesAtLeast, Math.ceil(indices.length / 20))
  }

  /** Whether enough lies around: at a corner of the grid there is little to be robust against. */
  isKnown(count: number): boolean {
    const { plan } = this.results
    if (plan.spec.design.kind === 'latin') return count > 0
    const full = plan.axes.reduce((product, { values }) => product * Math.min(3, values.length), 1) - 1
    return 2 * count >= full
  }

  /** Ascending. */
  of(index: number): Float32Array {
    const values =
      this.results.plan.spec.design.kind === 'latin' ? this.nearestTo(index) : this.besides(index)
    return Float32Array.from(values).sort()
  }

  private besides(index: number): number[] {
    const { plan, state } = this.results
    const digits = Int32Array.from(plan.digitsOf(index))
    const around: number[] = []
    const walk = (axis: number, at: number, moved: boolean): void => {
      if (axis === digits.length) {
        if (moved && state[at] === computed && !Number.isNaN(this.read(at))) around.push(this.read(at))
        return
      }
      const { length } = plan.axes[axis].values
      for (let d = Math.max(0, digits[axis] - 1); d <= Math.min(length - 1, digits[axis] + 1); d++) {
        walk(axis + 1, at * length + d, moved || d !== digits[axis])
      }
    }
    walk(0, 0, false)
    return around
  }

  private nearestTo(index: number): number[] {
    const { plan } = this.results
    const own = Int32Array.from(plan.digitsOf(index))
    const found: { distance: number; at: number }[] = []
    for (const at of this.sample) {
      if (at === index) continue
      const digits = plan.digitsOf(at)
      let distance = 0
      for (let a = 0; a < own.length; a++) {
        distance += ((digits[a] - own[a]) / Math.max(1, plan.axes[a].values.length - 1)) ** 2
      }
      if (found.length === nearest && distance >= found[nearest - 1].distance) continue
      const place = found.findIndex((other) => other.distance > distance)
      found.splice(place < 0 ? found.length : place, 0, { distance, at })
      if (found.length > nearest) found.pop()
    }
    return found.map(({ at }) => this.read(at))
  }
}

function histogramOf(sorted: Float32Array): { edges: Float32Array; counts: Int32Array } {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
  const low = at(0.005)
  const high = at(0.995)
  const edges = Float32Array.from({ length: bins + 1 }, (_, k) => low + ((high - low) * k) / bins)
  const counts = new Int32Array(bins)
  for (const value of sorted) {
    if (!(value >= low && value <= high)) continue
    counts[high > low ? Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)) : 0]++
  }
  return { edges, counts }
}
