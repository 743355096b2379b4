import * as v from 'valibot'
import { CheckpointError, configSchema, scalerSchema } from '../checkpoint/metadata.ts'
import { readSafetensors, SafetensorsError, writeSafetensors } from '../checkpoint/safetensors.ts'
import { isSealed, seal, sealName, unsealed } from '../checkpoint/seal.ts'
import { checkConfig, ConfigError } from '../model/config.ts'
import { checkWeights, type Weights } from '../model/weights.ts'
import type { RowsModel } from './rowsModel.ts'

const format = 'contrail-rows-model'
const version = 1

const day = v.pipe(v.number(), v.integer())
const metadataSchema = v.object({
  config: configSchema,
  scalers: v.array(scalerSchema),
  calibration: v.record(v.string(), v.number()),
  scoring: v.object({
    id: v.string(),
    kind: v.optional(v.string()),
    name: v.string(),
    features: v.array(v.string()),
    trainedUntil: day,
    validatedUntil: day,
    dataset: v.string(),
    packaged: v.boolean(),
  }),
})

/** A model that scores rows as a safetensors file: what it takes to score, and nothing of its training. */
export async function encodeRowsModel(model: RowsModel): Promise<Uint8Array<ArrayBuffer>> {
  const { weights, ...rest } = model
  const texts = Object.keys(metadataSchema.entries).map((name) => [
    name,
    JSON.stringify(rest[name as keyof typeof rest]),
  ])
  const metadata = Object.fromEntries(texts) as Record<string, string>
  const file = writeSafetensors({
    tensors: weights,
    // First, so that the sum is found at the beginning of the file.
    metadata: { [sealName]: unsealed, format, version: String(version), ...metadata },
  })
  await seal(file)
  return file
}

/** @throws CheckpointError saying what is wrong with the file; nothing of it is used then */
export async function decodeRowsModel(bytes: Uint8Array): Promise<RowsModel> {
  const { tensors, metadata } = read(bytes)
  if (metadata['format'] !== format)
    throw new CheckpointError('The file holds tensors, but no model of Contrail that scores rows.')
  if (Number(metadata['version']) > version)
    throw new CheckpointError(
      'The model was written by a newer version of this page. Reload the page to get it.',
    )
  if (!(await isSealed(bytes)))
    throw new CheckpointError('The model is damaged: its bytes are not those that were written.')
  const values = Object.keys(metadataSchema.entries).map((name) => [name, parsed(name, metadata[name])])
  const { success, output, issues } = v.safeParse(metadataSchema, Object.fromEntries(values))
  if (!success)
    throw new CheckpointError(`In the model, ${v.getDotPath(issues[0])} does not fit: ${issues[0].message}.`)
  const weights = floats(tensors)
  try {
    checkConfig(output.config)
    checkWeights(output.config, weights)
  } catch (error) {
    if (error instanceof ConfigError) throw new CheckpointError(error.message, { cause: error })
    throw error
  }
  checkScalers(output)
  return { ...output, weights }
}

function read(bytes: Uint8Array) {
  try {
    return readSafetensors(bytes)
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error
    throw new CheckpointError(error.message, { cause: error })
  }
}

function parsed(name: string, text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw new CheckpointError(`In the model, ${name} is missing or unreadable.`)
  }
}

function floats(tensors: ReturnType<typeof readSafetensors>['tensors']): Weights {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => {
      if (!(data instanceof Float32Array))
        throw new CheckpointError(`In the model, ${name} is not of 32-bit floats.`)
      return [name, { shape, data }]
    }),
  )
}

/** One for every feature at every level but the empty one, and one for the value. */
function checkScalers({ config, scalers }: Pick<RowsModel, 'config' | 'scalers'>): void {
  if (config.input.kind !== 'features')
    throw new CheckpointError('The model reads tokens, not rows of numbers.')
  const expected = config.input.width * (config.input.levels - 1) + 1
  if (scalers.length !== expected)
    throw new CheckpointError(`The model has ${scalers.length} scalers; ${expected} were expected.`)
}
