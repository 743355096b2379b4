import { mean } from './moments.ts'

/**
 * Ordinary least squares of y on x. NaN with fewer than two points or where x does not vary; the correlation
 * also where y does not.
 */
export function regression(
  y: ArrayLike<number>,
  x: ArrayLike<number>,
): { intercept: number; slope: number; correlation: number; rSquared: number } {
  const centreX = mean(x)
  const centreY = mean(y)
  let xx = 0
  let xy = 0
  let yy = 0
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - centreX
    const dy = y[i] - centreY
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
  }
  const slope = xy / xx
  const correlation = xy / Math.sqrt(xx * yy)
  return {
    intercept: centreY - slope * centreX,
    slope,
    correlation,
    rSquared: correlation * correlation,
  }
}
