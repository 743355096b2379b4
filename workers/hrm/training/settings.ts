import * as v from 'valibot'
import type { TrainingSettings } from '../api.ts'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const within = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most))

/** Bounds within which a tab can be expected to live. */
export const settingsSchema = v.object({
  mode: v.picklist(['hrm-v1', 'trm', 'transformer', 'transformer-without-loop']),
  hiddenSize: whole(4, 1024),
  layers: whole(1, 16),
  heads: whole(1, 64),
  haltMaxSteps: whole(1, 64),
  batchRows: whole(1, 4096),
  learningRate: within(1e-8, 1),
  warmUpSteps: whole(0, 1e6),
  weightDecay: within(0, 100),
  optimiser: v.picklist(['adam-atan2', 'adamw']),
  clipNorm: v.nullable(within(1e-6, 1e6)),
  steps: whole(1, 1e7),
  validateEvery: whole(1, 1e6),
  patience: v.nullable(whole(1, 1e6)),
  seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
})

/** A sentence that names the first setting out of bounds; null = all are fine. */
export function problemOfSettings(settings: TrainingSettings): string | null {
  const { issues } = v.safeParse(settingsSchema, settings)
  if (!issues) return null
  const [issue] = issues
  return `The setting ${v.getDotPath(issue)} does not fit: ${issue.message}.`
}
