import type { BinnedRows, Cuts } from './binning.ts'
import { leafValue, searchFeature } from './split.ts'
import type { Split, SplitRules } from './split.ts'
import type { Tree } from './tree.ts'

export interface TreeRules extends SplitRules {
  /** splits from the root to a leaf at most */
  depth: number
}

/**
 * Grows trees on gradients and hessians of the loss, level by level, by histograms: the second-order gain of
 * XGBoost (T. Chen & C. Guestrin, KDD 2016), the histogram of a larger child as what the smaller one leaves
 * of their parent's (G. Ke et al., "LightGBM", NIPS 2017). Holds the room it works in.
 */
export class TreeGrower {
  /** rows of the nodes, each node a stretch of it */
  private readonly rows: Int32Array
  private readonly setAside: Int32Array
  /** gradient and hessian by turns, in the order of the rows of one node */
  private readonly inOrder: Float64Array
  /** histograms not in use */
  private readonly spare: Float64Array[] = []
  private readonly best: Split = {
    gain: 0,
    feature: -1,
    bin: 0,
    missingLeft: false,
    leftGradient: 0,
    leftHessian: 0,
  }
  private nodes: { feature: number; threshold: number; missingLeft: boolean; left: number; value: number }[] =
    []
  private gradients: Float64Array = new Float64Array(0)
  private hessians: Float64Array = new Float64Array(0)
  private features: Int32Array = new Int32Array(0)

  constructor(
    private readonly binned: BinnedRows,
    private readonly cuts: Cuts,
    private readonly rules: TreeRules,
  ) {
    this.rows = new Int32Array(binned.rows)
    this.setAside = new Int32Array(binned.rows)
    this.inOrder = new Float64Array(2 * binned.rows)
  }

  /**
   * @param gradients [binned rows] of the loss by the margin
   * @param hessians [binned rows] above 0
   * @param rows places among the binned rows that the tree may learn from
   * @param features that it may ask about
   * @param shrinkage factor on the values of the leaves
   */
  grow(
    gradients: Float64Array,
    hessians: Float64Array,
    rows: Int32Array,
    features: Int32Array,
    shrinkage: number,
  ): Tree {
    this.gradients = gradients
    this.hessians = hessians
    this.features = features
    this.nodes = []
    this.rows.set(rows)
    let gradient = 0
    let hessian = 0
    for (const row of rows) {
      gradient += gradients[row]
      hessian += hessians[row]
    }
    const root = this.addLeaf(gradient, hessian)
    if (this.rules.depth > 0) {
      const histogram = this.takeHistogram()
      this.fill(histogram, 0, rows.length)
      this.splitNode(root, 0, rows.length, gradient, hessian, 0, histogram)
      this.spare.push(histogram)
    }
    return {
      feature: Int32Array.from(this.nodes, (node) => node.feature),
      threshold: Float64Array.from(this.nodes, (node) => node.threshold),
      missingLeft: Uint8Array.from(this.nodes, (node) => Number(node.missingLeft)),
      left: Int32Array.from(this.nodes, (node) => node.left),
      value: Float64Array.from(this.nodes, (node) => shrinkage * node.value),
    }
  }

  private addLeaf(gradient: number, hessian: number): number {
    const value = leafValue(gradient, hessian, this.rules.lambda)
    return this.nodes.push({ feature: -1, threshold: NaN, missingLeft: false, left: -1, value }) - 1
  }

  /** Splits the node of the rows from … to − 1, then its children. Its histogram is used up. */
  private splitNode(
    node: number,
    from: number,
    to: number,
    gradient: number,
    hessian: number,
    depth: number,
    histogram: Float64Array,
  ): void {
    const { gain, feature, bin, missingLeft, leftGradient, leftHessian } = this.search(
      histogram,
      gradient,
      hessian,
    )
    if (!(gain > 0)) return
    const middle = this.partition(from, to, feature, bin, missingLeft)
    const left = this.addLeaf(leftGradient, leftHessian)
    const right = this.addLeaf(gradient - leftGradient, hessian - leftHessian)
    const threshold = bin < this.cuts[feature].length ? this.cuts[feature][bin] : Infinity
    Object.assign(this.nodes[node], { feature, threshold, missingLeft, left })
    if (depth + 1 === this.rules.depth) return

    const leftIsSmaller = middle - from < to - middle
    const smaller = this.takeHistogram()
    if (leftIsSmaller) this.fill(smaller, from, middle)
    else this.fill(smaller, middle, to)
    for (let i = 0; i < histogram.length; i++) histogram[i] -= smaller[i]
    const ofLeft = leftIsSmaller ? smaller : histogram
    const ofRight = leftIsSmaller ? histogram : smaller
    this.splitNode(left, from, middle, leftGradient, leftHessian, depth + 1, ofLeft)
    this.splitNode(right, middle, to, gradient - leftGradient, hessian - leftHessian, depth + 1, ofRight)
    this.spare.push(smaller)
  }

  private search(histogram: Float64Array, gradient: number, hessian: number): Split {
    this.best.gain = 0
    for (const feature of this.features) {
      const from = this.binned.offsets[feature]
      const valueBins = this.cuts[feature].length + 1
      searchFeature(histogram, from, valueBins, feature, gradient, hessian, this.rules, this.best)
    }
    return this.best
  }

  private takeHistogram(): Float64Array {
    return this.spare.pop() ?? new Float64Array(2 * this.binned.offsets[this.binned.offsets.length - 1])
  }

  private fill(histogram: Float64Array, from: number, to: number): void {
    const { rows, inOrder, gradients, hessians } = this
    histogram.fill(0)
    const count = to - from
    for (let i = 0; i < count; i++) {
      inOrder[2 * i] = gradients[rows[from + i]]
      inOrder[2 * i + 1] = hessians[rows[from + i]]
    }
    for (const feature of this.features)
      fillFeature(histogram, this.binned, feature, rows.subarray(from, to), inOrder)
  }

  /** Puts the rows that go left before those that go right, each in their order; returns where these start. */
  private partition(from: number, to: number, feature: number, bin: number, missingLeft: boolean): number {
    const { rows, setAside } = this
    const { bins, rows: all } = this.binned
    const column = feature * all
    const missing = this.cuts[feature].length + 1
    let left = from
    let right = 0
    for (let i = from; i < to; i++) {
      const row = rows[i]
      const own = bins[column + row]
      if (own === missing ? missingLeft : own <= bin) rows[left++] = row
      else setAside[right++] = row
    }
    rows.set(setAside.subarray(0, right), left)
    return left
  }
}

/** Adds gradient and hessian of the rows to the bins of one feature. Most of the time goes here. */
function fillFeature(
  histogram: Float64Array,
  { bins, offsets, rows: all }: BinnedRows,
  feature: number,
  rows: Int32Array,
  inOrder: Float64Array,
): void {
  const first = offsets[feature]
  const column = feature * all
  for (let i = 0; i < rows.length; i++) {
    const at = 2 * (first + bins[column + rows[i]])
    histogram[at] += inOrder[2 * i]
    histogram[at + 1] += inOrder[2 * i + 1]
  }
}
