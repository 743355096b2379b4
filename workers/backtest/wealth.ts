/** returns [days − 1] simple returns from close to close; the first day has none, nothing is held before it. */
export function returnsOf(values: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, values.length - 1))
  for (let i = 0; i < returns.length; i++) returns[i] = values[i + 1] / values[i] - 1
  return returns
}

/** returns [days] fractions ≤ 0 below the highest value so far. */
export function drawdownOf(values: Float64Array): Float64Array {
  const drawdown = new Float64Array(values.length)
  let peak = -Infinity
  for (let i = 0; i < values.length; i++) {
    if (values[i] > peak) peak = values[i]
    drawdown[i] = values[i] / peak - 1
  }
  return drawdown
}

/** returns [returns + 1] the growth of 1. */
export function growthOf(returns: Float64Array): Float64Array {
  const growth = new Float64Array(returns.length + 1)
  growth[0] = 1
  for (let i = 0; i < returns.length; i++) growth[i + 1] = growth[i] * (1 + returns[i])
  return growth
}
