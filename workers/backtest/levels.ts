/** A positive finite number, else NaN: what counts as a level, a fraction or a limit that is set. */
export const positive = (value: number | undefined): number =>
  value !== undefined && value > 0 && value < Infinity ? value : NaN

/** Price level of a stop or target: the signal's level, its fraction of the fill, or the rule's; else NaN. */
export function levelOf(
  row: number,
  levels: Float64Array | undefined,
  fractions: Float64Array | undefined,
  rule: number | undefined,
  fill: number,
  side: number,
): number {
  const level = levels === undefined ? NaN : positive(levels[row])
  if (level === level) return level
  const own = fractions === undefined ? NaN : fractions[row]
  // Not fill × (1 ± fraction): 100 × 1.1 is more than 110, and a price of 110 would miss its target.
  return fill + side * (fill * positive(own === own ? own : rule))
}

/** The smaller of the signal's horizon and the rule's; 0 = no time exit. */
export function barLimit(horizon: number, maxBars: number | undefined): number {
  const rule = maxBars !== undefined && maxBars > 0 ? maxBars : 0
  if (horizon <= 0) return rule
  return rule > 0 ? Math.min(horizon, rule) : horizon
}
