/**
 * The learning rate of a step, counted from 1: rising in a line over the warm-up, then along a cosine down to
 * `minimumRatio` of the base at the last step; 1 = constant.
 */
export interface Schedule {
  learningRate: number
  warmUpSteps: number
  totalSteps: number
  minimumRatio: number
}

export function learningRateAt(step: number, schedule: Schedule): number {
  const { learningRate, warmUpSteps, totalSteps, minimumRatio } = schedule
  if (step < warmUpSteps) return (learningRate * step) / warmUpSteps
  const progress = (step - warmUpSteps) / Math.max(1, totalSteps - warmUpSteps)
  const cosine = 0.5 * (1 + Math.cos(Math.PI * progress))
  return learningRate * (minimumRatio + Math.max(0, (1 - minimumRatio) * cosine))
}
