import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as tf from '@tensorflow/tfjs'
import { decodeCheckpoint, encodeCheckpoint } from '../../../../workers/hrm/checkpoint/checkpointFile.ts'
import { CheckpointError } from '../../../../workers/hrm/checkpoint/metadata.ts'
import { readSafetensors, writeSafetensors } from '../../../../workers/hrm/checkpoint/safetensors.ts'
import { isSealed, seal, sealName, unsealed } from '../../../../workers/hrm/checkpoint/seal.ts'
import { Trainer } from '../../../../workers/hrm/training/trainer.ts'
import { useBackend } from '../backends.ts'
import { copySource, copyTraining, goesOn } from '../training/copyTask.ts'

const trained: Trainer[] = []
async function trainedFor(steps: number, settings = {}) {
  const trainer = Trainer.start(copyTraining(settings))
  trained.push(trainer)
  await advance(trainer, steps)
  return trainer
}

async function advance(trainer: Trainer, steps: number) {
  for (let i = 0; i < steps; i++) {
    await trainer.trainStep()
    if (trainer.validationDue) await trainer.validate(goesOn)
  }
}

afterEach(() => trained.splice(0).forEach((trainer) => trainer.dispose()))

const nothingSpecial = {}
const everything = { mode: 'trm', patience: 5, clipNorm: 0.5 } as const

const variants = [
  ['trm with averages, early stopping and clipping', everything],
  ['hrm-v1', {}],
  ['a transformer without outer loop, by AdamW', { mode: 'transformer-without-loop', optimiser: 'adamw' }],
] as const

describe.each([
  ['cpu', variants.slice(0, 1)],
  ['wasm', variants.slice(0, 1)],
  ['wasm with kernels', variants],
] as const)('a checkpoint on %s', (backend, here) => {
  beforeAll(() => useBackend(backend))

  it.each(here)('lets %s go on as if it had never stopped, bit for bit', async (_, settings) => {
    const whole = await trainedFor(5, { ...settings, validateEvery: 2 })
    const half = await trainedFor(3, { ...settings, validateEvery: 2 })
    const file = await encodeCheckpoint(await half.checkpoint())
    const resumed = Trainer.resume(await decodeCheckpoint(file), copySource())
    trained.push(resumed)
    await advance(resumed, 2)
    const [left, right] = [await whole.checkpoint(), await resumed.checkpoint()]
    expect(right).toEqual(left)
    // To the byte, which also tells 0 from −0.
    expect(Buffer.compare(await encodeCheckpoint(right), await encodeCheckpoint(left))).toBe(0)
  })
})

describe('taking a checkpoint', () => {
  beforeAll(() => useBackend('wasm with kernels'))

  it('changes nothing about the training it is taken from', async () => {
    const watched = await trainedFor(4, everything)
    const tensors = tf.memory().numTensors
    await watched.checkpoint()
    expect(tf.memory().numTensors).toBe(tensors)
    await advance(watched, 2)
    expect(await watched.checkpoint()).toEqual(await (await trainedFor(6, everything)).checkpoint())
  })
})

describe('the file of a checkpoint', () => {
  beforeAll(() => useBackend('wasm with kernels'))
  const files = new Map<object, Promise<Uint8Array>>()
  const fileOf = async (settings: object = nothingSpecial) => {
    const encoded = async () => encodeCheckpoint(await (await trainedFor(2, settings)).checkpoint())
    if (!files.has(settings)) files.set(settings, encoded())
    return (await files.get(settings)!).slice()
  }

  it('holds the weights by the names of the reference, as other tools read them', async () => {
    const { tensors, metadata } = readSafetensors(await fileOf())
    expect(tensors['L_level.layers.0.self_attn.qkv_proj.weight'].shape).toEqual([24, 8])
    expect(tensors['H_init'].shape).toEqual([8])
    expect(JSON.parse(metadata['settings'])).toMatchObject({ hiddenSize: 8, seed: 1 })
    expect(metadata['step']).toBe('2')
  })

  it('is known to be damaged wherever a single bit of it has changed', async () => {
    const file = await fileOf()
    expect(await isSealed(file)).toBe(true)
    for (let at = 0; at < file.length; at += 997) {
      const damaged = file.slice()
      damaged[at] ^= 1
      expect(await isSealed(damaged), `byte ${at}`).toBe(false)
      await expect(decodeCheckpoint(damaged)).rejects.toThrow(CheckpointError)
    }
  })

  it('is known to be damaged wherever it was cut short', async () => {
    const file = await fileOf()
    for (const length of [0, 7, 100, Math.floor(file.length / 2), file.length - 1])
      await expect(decodeCheckpoint(file.subarray(0, length))).rejects.toThrow(CheckpointError)
  })

  /** The file with something changed, sealed anew. */
  async function changed(
    change: (content: ReturnType<typeof readSafetensors>) => void,
    settings: object = nothingSpecial,
  ): Promise<Uint8Array> {
    const content = readSafetensors(await fileOf(settings))
    content.metadata[sealName] = unsealed
    change(content)
    const file = writeSafetensors(content)
    await seal(file)
    return file
  }

  it.each<[string, RegExp, Parameters<typeof changed>[0], object?]>([
    ['is of another program', /no checkpoint of Contrail/, ({ metadata }) => delete metadata['format']],
    ['is of a later version', /newer version/, ({ metadata }) => (metadata['version'] = '2')],
    ['has no curves', /curves is missing/, ({ metadata }) => delete metadata['curves']],
    ['has settings no tab could bear', /settings.hiddenSize/, withJson('settings', { hiddenSize: 1e9 })],
    ['has a model without end', /config.hLayers/, withJson('config', { hLayers: 1e9 })],
    ['has heads that do not divide the model', /divided by 3 heads/, withJson('config', { heads: 3 })],
    ['lacks a weight', /lm_head.weight is missing/, ({ tensors }) => delete tensors['lm_head.weight']],
    [
      'lacks a moment',
      /optimiser.lm_head.weight.v/,
      ({ tensors }) => delete tensors['optimiser.lm_head.weight.v'],
    ],
    [
      'lacks an average',
      /average.lm_head/,
      ({ tensors }) => delete tensors['average.lm_head.weight'],
      everything,
    ],
    ['lacks the states', /carry.z_H/, ({ tensors }) => delete tensors['carry.z_H']],
    [
      'has states of other rows',
      /carry.steps .* \[4 × 1\]/,
      ({ tensors }) => (tensors['carry.steps'] = { shape: [5, 1], data: new Int32Array(5) }),
    ],
    [
      'has labels that are fractions',
      /carry.labels/,
      ({ tensors }) => (tensors['carry.labels'].data = new Float32Array(16)),
    ],
  ])('is refused where it %s', async (_, message, change, settings = nothingSpecial) => {
    const file = await changed(change, settings)
    await expect(decodeCheckpoint(file)).rejects.toThrow(message)
    await expect(decodeCheckpoint(file)).rejects.toThrow(CheckpointError)
  })
})

function withJson(name: string, values: object) {
  return ({ metadata }: ReturnType<typeof readSafetensors>) => {
    metadata[name] = JSON.stringify({ ...(JSON.parse(metadata[name]) as object), ...values })
  }
}
