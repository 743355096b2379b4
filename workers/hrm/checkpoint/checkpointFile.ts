import { ConfigError, labelWidth, parameterSpecs, type Batch, type HrmConfig } from '../model/index.ts'
import { checkConfig, sizesOf } from '../model/config.ts'
import { checkWeights, type Weights } from '../model/weights.ts'
import type { Checkpoint } from './checkpoint.ts'
import { CheckpointError, checkFormat, decodeMetadata, encodeMetadata } from './metadata.ts'
import {
  readSafetensors,
  SafetensorsError,
  writeSafetensors,
  type SafetensorsFile,
  type StoredTensor,
} from './safetensors.ts'
import { isSealed, seal, sealName, unsealed } from './seal.ts'
import type { StoredCarry } from './storedCarry.ts'

/** Beside the weights, which carry their own names. */
const prefixes = { moments: 'optimiser.', average: 'average.', best: 'best.', carry: 'carry.' } as const

/** A checkpoint as a safetensors file; weights are found in it under the names of the reference. */
export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array<ArrayBuffer>> {
  const { weights, moments, average, best, carry, ...rest } = checkpoint
  const metadata = encodeMetadata({ ...rest, best: best && { step: best.step, loss: best.loss } })
  const file = writeSafetensors({
    tensors: {
      ...weights,
      ...prefixed(prefixes.moments, moments),
      ...prefixed(prefixes.average, average ?? {}),
      ...prefixed(prefixes.best, best?.weights ?? {}),
      ...prefixed(prefixes.carry, carryTensors(carry)),
    },
    // First, so that the sum is found at the beginning of the file.
    metadata: { [sealName]: unsealed, ...metadata },
  })
  await seal(file)
  return file
}

/** @throws CheckpointError saying what is wrong with the file; nothing of it is used then */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<Checkpoint> {
  const { tensors, metadata } = readChecked(bytes)
  checkFormat(metadata)
  if (!(await isSealed(bytes)))
    throw new CheckpointError('The checkpoint is damaged: its bytes are not those that were written.')
  const { best, ...rest } = decodeMetadata(metadata)
  const { config, settings } = rest
  const part = (prefix: string) =>
    Object.fromEntries(
      Object.entries(tensors)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
    )
  const weights = Object.fromEntries(
    Object.entries(tensors).filter(
      ([name]) => !Object.values(prefixes).some((each) => name.startsWith(each)),
    ),
  )
  try {
    checkConfig(config)
    checkWeights(config, floats(weights))
  } catch (error) {
    if (error instanceof ConfigError) throw new CheckpointError(error.message, { cause: error })
    throw error
  }
  const named = parameterSpecs(config)
  const parameters = (prefix: string) => checked(part(prefix), named, prefix)
  return {
    ...rest,
    weights: floats(weights),
    moments: checked(
      part(prefixes.moments),
      named.flatMap(({ name, shape }) => [
        { name: `${name}.m`, shape },
        { name: `${name}.v`, shape },
      ]),
      prefixes.moments,
    ),
    average: config.mode === 'trm' ? parameters(prefixes.average) : null,
    best: best && { ...best, weights: parameters(prefixes.best) },
    carry: carryOf(part(prefixes.carry), config, settings.batchRows),
  }
}

function readChecked(bytes: Uint8Array): SafetensorsFile {
  try {
    return readSafetensors(bytes)
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error
    throw new CheckpointError(error.message, { cause: error })
  }
}

function prefixed<T>(prefix: string, tensors: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]))
}

function carryTensors({ zH, zL, steps, halted, data }: StoredCarry): Record<string, StoredTensor> {
  const rows = data.rows
  const byRow = (values: Int32Array | Float32Array | Uint8Array): StoredTensor => ({
    shape: [rows, values.length / rows],
    data: values,
  })
  const tensors: Record<string, StoredTensor> = {
    z_H: zH,
    z_L: zL,
    steps: byRow(steps),
    halted: byRow(halted),
  }
  for (const name of dataNames) {
    const values = data[name]
    if (values) tensors[name] = byRow(values)
  }
  return tensors
}

const dataNames = ['inputs', 'labels', 'targets', 'levels', 'ages', 'puzzleIds'] as const

function carryOf(tensors: Record<string, StoredTensor>, config: HrmConfig, rows: number): StoredCarry {
  const { sequenceLength: s, hiddenSize, input, outputs } = config
  const { total } = sizesOf(config)
  const take = <T extends StoredTensor['data']>(
    name: string,
    kind: new (length: number) => T,
    shape: number[],
  ): T => {
    const found = tensors[name] as StoredTensor | undefined
    if (found?.shape.join() !== shape.join() || !(found.data instanceof kind))
      throw new CheckpointError(
        `In the checkpoint, ${prefixes.carry}${name} is missing or not [${shape.join(' × ')}].`,
      )
    return found.data
  }
  const optional = <T extends StoredTensor['data']>(
    name: string,
    kind: new (length: number) => T,
    shape: number[],
  ): T | undefined => (name in tensors ? take(name, kind, shape) : undefined)
  const states = [rows, total, hiddenSize]
  const values = outputs.filter(({ kind }) => kind === 'value').length
  const data: Batch = {
    rows,
    inputs:
      input.kind === 'tokens'
        ? take('inputs', Int32Array, [rows, s])
        : take('inputs', Float32Array, [rows, s * input.width]),
    labels: take('labels', Int32Array, [rows, labelWidth(config)]),
    targets: optional('targets', Float32Array, [rows, values]),
    levels: optional('levels', Int32Array, [rows, s]),
    ages: optional('ages', Int32Array, [rows, s]),
    puzzleIds: optional('puzzleIds', Int32Array, [rows, 1]),
  }
  return {
    zH: { shape: states, data: take('z_H', Float32Array, states) },
    zL: { shape: states, data: take('z_L', Float32Array, states) },
    steps: take('steps', Int32Array, [rows, 1]),
    halted: take('halted', Uint8Array, [rows, 1]),
    data,
  }
}

function checked(
  tensors: Record<string, StoredTensor>,
  expected: { name: string; shape: number[] }[],
  prefix: string,
): Weights {
  for (const { name, shape } of expected)
    if ((tensors[name] as StoredTensor | undefined)?.shape.join() !== shape.join())
      throw new CheckpointError(
        `In the checkpoint, ${prefix}${name} is missing or not [${shape.join(' × ')}].`,
      )
  return floats(tensors)
}

function floats(tensors: Record<string, StoredTensor>): Weights {
  for (const [name, { data }] of Object.entries(tensors))
    if (!(data instanceof Float32Array)) throw new CheckpointError(`In the checkpoint, ${name} is not F32.`)
  return tensors as Weights
}
