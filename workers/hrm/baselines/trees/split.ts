/** What keeps a tree from learning noise. */
export interface SplitRules {
  /** L2 penalty on the values of leaves, in units of hessian */
  lambda: number
  /** least gain for which a split is made: a leaf costs this much */
  minGain: number
  /** least hessian of a child, above 0: for a class of probability p a row has p(1 − p) */
  minChildWeight: number
}

/** Half the loss that a leaf with these sums of gradient and hessian takes away (Chen & Guestrin 2016, eq. 6). */
export function leafScore(gradient: number, hessian: number, lambda: number): number {
  return (gradient * gradient) / (2 * (hessian + lambda))
}

/** The value of a leaf that takes most away (eq. 5). */
export function leafValue(gradient: number, hessian: number, lambda: number): number {
  return -gradient / (hessian + lambda)
}

/** The best split of a node found so far; reused, because there are many nodes. */
export interface Split {
  /** loss it takes away beyond the leaf it replaces, less minGain (eq. 7); 0 where there is no split */
  gain: number
  feature: number
  /** rows up to this bin go left */
  bin: number
  missingLeft: boolean
  leftGradient: number
  leftHessian: number
}

/** A missing bin whose hessian is a smaller share of the node's is empty: what is left is rounding. */
const emptyShare = 1e-10

/**
 * Looks for a better split of one feature: every cut, missing values to either side (where there are none, a
 * later one will go with the heavier side).
 *
 * @param histogram gradient and hessian by turns, bin by bin
 * @param from first bin of the feature
 * @param valueBins bins of the feature without that of missing values, which follows them
 * @param gradient sums over the node
 * @param best is changed where something better is found
 */
export function searchFeature(
  histogram: Float64Array,
  from: number,
  valueBins: number,
  feature: number,
  gradient: number,
  hessian: number,
  rules: SplitRules,
  best: Split,
): void {
  const { lambda, minGain, minChildWeight } = rules
  const missing = 2 * (from + valueBins)
  const someMissing = histogram[missing + 1] > emptyShare * hessian
  const missingGradient = someMissing ? histogram[missing] : 0
  const missingHessian = someMissing ? histogram[missing + 1] : 0
  const leaf = leafScore(gradient, hessian, lambda) + minGain
  let below = 0
  let belowHessian = 0
  // With something missing, the last bin too can end a split: values left, missing right.
  const cuts = someMissing ? valueBins : valueBins - 1
  for (let bin = 0; bin < cuts; bin++) {
    below += histogram[2 * (from + bin)]
    belowHessian += histogram[2 * (from + bin) + 1]
    for (let side = 0; side < (someMissing ? 2 : 1); side++) {
      const leftGradient = below + side * missingGradient
      const leftHessian = belowHessian + side * missingHessian
      const rightHessian = hessian - leftHessian
      if (leftHessian < minChildWeight || rightHessian < minChildWeight) continue
      const gain =
        leafScore(leftGradient, leftHessian, lambda) +
        leafScore(gradient - leftGradient, rightHessian, lambda) -
        leaf
      if (gain <= best.gain) continue
      best.gain = gain
      best.feature = feature
      best.bin = bin
      best.missingLeft = someMissing ? side === 1 : leftHessian >= rightHessian
      best.leftGradient = leftGradient
      best.leftHessian = leftHessian
    }
  }
}
