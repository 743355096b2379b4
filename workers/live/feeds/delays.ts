const second = 1000
const hour = 3_600_000

/** Milliseconds to the next poll after one that succeeded: the pace, give or take a tenth. */
export const nextAfterSuccess = (everyMs: number, random: number): number => everyMs * (0.9 + 0.2 * random)

/**
 * Milliseconds to the next poll after failures in a row: doubling from the pace (15 s to 5 min) up to an hour, give
 * or take a fifth so that tabs do not come all at once; never sooner than the source asked for.
 */
export function nextAfterFailure(
  failures: number,
  everyMs: number,
  retryAfterMs: number | null,
  random: number,
): number {
  const base = Math.min(300 * second, Math.max(15 * second, everyMs))
  const backOff = Math.min(hour, base * 2 ** Math.min(failures - 1, 20) * (0.8 + 0.4 * random))
  return Math.max(backOff, retryAfterMs === null ? 0 : retryAfterMs + random * 5 * second)
}
