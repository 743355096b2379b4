/** What a split has to know of every row; times in any one unit, days as a rule. */
export interface Samples {
  /** [rows] when the last of its features became known: the moment of the prediction */
  known: ArrayLike<number>
  /** [rows] when its label was settled, not before `known` */
  resolved: ArrayLike<number>
  /** [rows] whom it belongs to: a company, or all parties of a deal under one number */
  groups: ArrayLike<number>
}

/** Throws a RangeError where columns differ in length or a label is settled before its prediction. */
export function checkSamples({ known, resolved, groups }: Samples): void {
  if (resolved.length !== known.length || groups.length !== known.length)
    throw new RangeError('Every row needs the time it was known, the time it was resolved and its group.')
  for (let row = 0; row < known.length; row++) {
    if (!(known[row] <= resolved[row]))
      throw new RangeError(
        `Row ${row} is known at ${known[row]} and resolved at ${resolved[row]}: a label cannot be settled before its prediction.`,
      )
  }
}
