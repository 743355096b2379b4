import { AskFailed } from '../contract.ts'

/**
 * Takes steps one after the other until one fails, and returns those left, the failed one first. What earlier steps
 * brought is to be kept: only where the very first fails, `AskFailed` is thrown on.
 */
export async function untilCut<Step>(steps: Step[], take: (step: Step) => Promise<void>): Promise<Step[]> {
  for (const [index, step] of steps.entries()) {
    try {
      await take(step)
    } catch (error) {
      if (index === 0 || !(error instanceof AskFailed)) throw error
      return steps.slice(index)
    }
  }
  return []
}
