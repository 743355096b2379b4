import * as v from 'valibot'
import { settingsSchema } from '../training/settings.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const word = v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 31 - 1))
const number = v.number()
/** Of blocks and cycles, which are counted one by one. */
const few = v.pipe(count, v.maxValue(256))

const headSchema = v.variant('kind', [
  v.object({ kind: v.literal('tokens') }),
  v.object({ kind: v.literal('classes'), name: v.string(), classes: count, weight: number }),
  v.object({ kind: v.literal('value'), name: v.string(), weight: number }),
])

export const configSchema = v.object({
  input: v.variant('kind', [
    v.object({ kind: v.literal('tokens') }),
    v.object({ kind: v.literal('features'), width: count, levels: count, ageBuckets: count }),
  ]),
  outputs: v.array(headSchema),
  outerLoop: v.boolean(),
  hiddenSize: count,
  heads: count,
  expansion: number,
  hLayers: few,
  lLayers: few,
  hCycles: few,
  lCycles: few,
  sequenceLength: count,
  vocabulary: count,
  puzzleIds: count,
  puzzleWidth: count,
  haltMaxSteps: few,
  explorationProbability: number,
  ropeTheta: number,
  normEpsilon: number,
  positions: v.picklist(['rope', 'learned']),
  innerMultiple: count,
  mode: v.picklist(['hrm-v1', 'trm', 'transformer']),
})

export const scalerSchema = v.object({
  name: v.string(),
  mean: number,
  deviation: number,
  minimum: number,
  maximum: number,
})

const validationPoint = v.object({ step: count, loss: number, accuracy: number, exact: number })
const curvesSchema = v.object({
  training: v.array(
    v.object({
      step: count,
      loss: number,
      accuracy: number,
      exact: number,
      depth: number,
      learningRate: number,
    }),
  ),
  validation: v.array(validationPoint),
  pending: v.object({
    steps: count,
    loss: number,
    rows: count,
    accuracy: number,
    exact: number,
    depth: number,
  }),
})

/** What a file says about itself beside its tensors; each entry of its metadata is one of these as JSON. */
export const metadataSchema = v.object({
  task: v.looseObject({ kind: v.string() }),
  settings: settingsSchema,
  config: configSchema,
  dataHash: v.string(),
  scalers: v.nullable(v.array(scalerSchema)),
  step: count,
  drawn: count,
  random: v.strictTuple([word, word, word, word]),
  curves: curvesSchema,
  calibration: v.nullable(v.record(v.string(), number)),
  best: v.nullable(v.object({ step: count, loss: number })),
})

export type CheckpointMetadata = v.InferOutput<typeof metadataSchema>

export const format = 'contrail-hrm'
export const version = 1

/** Thrown for a file that is no checkpoint of ours; the message says what is wrong with it. */
export class CheckpointError extends Error {
  override name = 'CheckpointError'
}

export function encodeMetadata(metadata: CheckpointMetadata): Record<string, string> {
  const entries = Object.entries(metadata).map(([name, value]) => [name, JSON.stringify(value)] as const)
  return { format, version: String(version), ...Object.fromEntries(entries) }
}

/** @throws CheckpointError for files that are none of ours, or of a later version */
export function checkFormat(metadata: Record<string, string>): void {
  if (metadata['format'] !== format)
    throw new CheckpointError('The file holds tensors, but it is no checkpoint of Contrail.')
  if (Number(metadata['version']) > version)
    throw new CheckpointError(
      'The checkpoint was written by a newer version of this page. Reload the page to get it.',
    )
}

/** @throws CheckpointError naming what does not fit */
export function decodeMetadata(metadata: Record<string, string>): CheckpointMetadata {
  // Files of the first days say nothing of a calibration: they are of puzzles, which have none.
  const all: Record<string, string> = { calibration: 'null', ...metadata }
  const values = Object.keys(metadataSchema.entries).map((name) => [name, parsed(name, all[name])])
  const { success, output, issues } = v.safeParse(metadataSchema, Object.fromEntries(values))
  if (success) return output
  throw new CheckpointError(
    `In the checkpoint, ${v.getDotPath(issues[0])} does not fit: ${issues[0].message}.`,
  )
}

function parsed(name: string, text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw new CheckpointError(`In the checkpoint, ${name} is missing or unreadable.`)
  }
}
