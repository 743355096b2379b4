/** Wilson’s interval (1927) of a share: 95 % of such intervals hold the true one. */
export function shareInterval(found: number, samples: number): { low: number; high: number } {
  const z = 1.959963984540054
  const share = found / samples
  const weight = 1 + (z * z) / samples
  const centre = (share + (z * z) / (2 * samples)) / weight
  const reach = (z * Math.sqrt((share * (1 - share)) / samples + (z * z) / (4 * samples * samples))) / weight
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) }
}

/**
 * The counts between which a test of true size `share` stays, but for one time in `odds` on either side: exact
 * quantiles of the binomial distribution.
 */
export function expectedCounts(
  samples: number,
  share: number,
  odds: number,
): { least: number; most: number } {
  let probability = (1 - share) ** samples
  let below = probability
  let least = 0
  let count = 0
  while (below < 1 - 1 / odds) {
    if (below < 1 / odds) least = count + 1
    count++
    probability *= ((samples - count + 1) / count) * (share / (1 - share))
    below += probability
  }
  return { least, most: count }
}
