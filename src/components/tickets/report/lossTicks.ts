import { linearTicks } from '../../../charts/scales.ts'

/** Round fractions between the largest gain (negative) and the largest loss, zero among them. */
export function lossTicks(bottom: number, top: number): number[] {
  return linearTicks({ min: bottom, max: top }, 5).map((tick) => (Object.is(tick, -0) ? 0 : tick))
}
