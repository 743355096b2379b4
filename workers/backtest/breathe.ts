/** Awaited now and then in long work; false = stop, something newer is wanted. */
export type Breathe = () => Promise<boolean>

/** Resamples between two breaths. */
export const perBreath = 50
