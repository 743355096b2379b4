import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TrainingSettings } from '../../../../workers/hrm/api.ts'
import type { Batch } from '../../../../workers/hrm/model/index.ts'
import type { DataSource } from '../../../../workers/hrm/training/dataSource.ts'
import { EpochRows } from '../../../../workers/hrm/training/epochRows.ts'
import { NotANumberError, Trainer } from '../../../../workers/hrm/training/trainer.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { useBackend } from '../backends.ts'
import { copyRows, copyShape, copySource, copyTraining, goesOn } from './copyTask.ts'

const started: Trainer[] = []
function start(settings: Partial<TrainingSettings> = {}, source?: DataSource): Trainer {
  const trainer = Trainer.start(copyTraining(settings, source))
  started.push(trainer)
  return trainer
}

async function advance(trainer: Trainer, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    await trainer.trainStep()
    if (trainer.validationDue) await trainer.validate(goesOn)
  }
}

const weightsAfter = async (steps: number, settings: Partial<TrainingSettings>) => {
  const trainer = start(settings)
  await advance(trainer, steps)
  return (await trainer.checkpoint()).weights
}

beforeAll(() => useBackend('wasm with kernels'))
afterEach(() => started.splice(0).forEach((trainer) => trainer.dispose()))

describe('training', () => {
  it.each(['hrm-v1', 'trm', 'transformer', 'transformer-without-loop'] as const)(
    'of %s keeps no tensor from one step to the next, validations and checkpoints included',
    async (mode) => {
      const before = tf.memory().numTensors
      const trainer = start({ mode, clipNorm: 1, patience: 9, steps: 100 })
      await advance(trainer, 4)
      const { numTensors, numBytes } = tf.memory()
      for (let i = 0; i < 4; i++) {
        await advance(trainer, 1)
        await trainer.checkpoint()
        expect(tf.memory()).toMatchObject({ numTensors, numBytes })
      }
      started.splice(0).forEach((each) => each.dispose())
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  it('follows from its seed alone', async () => {
    const once = await weightsAfter(3, { seed: 5 })
    expect(await weightsAfter(3, { seed: 5 })).toEqual(once)
    expect(await weightsAfter(3, { seed: 6 })).not.toEqual(once)
  })

  it('clips only gradients that are longer than asked', async () => {
    const free = await weightsAfter(3, { optimiser: 'adamw' })
    expect(await weightsAfter(3, { optimiser: 'adamw', clipNorm: 1e6 })).toEqual(free)
    expect(await weightsAfter(3, { optimiser: 'adamw', clipNorm: 1e-3 })).not.toEqual(free)
  })

  it('of trm answers by the averages of its weights, and goes on by the last ones', async () => {
    const trainer = start({ mode: 'trm' })
    await advance(trainer, 3)
    const { weights, average } = await trainer.checkpoint()
    const name = 'lm_head.weight'
    const answering = await trainer.answering(() => trainer.model.weights())
    expect(answering[name].data).toEqual(average?.[name].data)
    expect(answering[name].data).not.toEqual(weights[name].data)
    expect((await trainer.model.weights())[name].data).toEqual(weights[name].data)
  })

  it('looks at unseen rows on schedule and after the last step, each once', async () => {
    const trainer = start({ steps: 6, validateEvery: 4 })
    await advance(trainer, 6)
    expect(trainer.curves.validation.map(({ step }) => step)).toEqual([4, 6])
    expect(trainer.finished).toBe(true)
    expect(trainer.validationDue).toBe(false)
  })

  it('leaves no trace of a validation that was broken off', async () => {
    const trainer = start({ validateEvery: 2, mode: 'trm' })
    await trainer.trainStep()
    await trainer.trainStep()
    const before = await trainer.checkpoint()
    const { numTensors } = tf.memory()
    let segments = 0
    expect(await trainer.validate(() => Promise.resolve(++segments < 3))).toBeNull()
    expect(tf.memory().numTensors).toBe(numTensors)
    expect(trainer.validationDue).toBe(true)
    expect(await trainer.checkpoint()).toEqual(before)
  })

  it('stops early when what it learns is of no use to unseen rows, and returns to the best weights', async () => {
    // The better it copies, the worse it does here.
    const source = copySource()
    const [unseen] = source.validation
    const shifted = { ...unseen, labels: unseen.labels.map((label) => (label + 1) % copyShape.vocabulary) }
    const settings = { steps: 200, validateEvery: 2, patience: 3, learningRate: 0.02, warmUpSteps: 0 }
    const trainer = start(settings, { ...source, validation: [shifted] })
    const weightsAt = new Map<number, Float32Array>()
    while (!trainer.stopsEarly && !trainer.finished) {
      await advance(trainer, 1)
      weightsAt.set(trainer.step, (await trainer.model.weights())['lm_head.weight'].data)
    }
    const { validation } = trainer.curves
    const best = validation.reduce((a, b) => (b.loss < a.loss ? b : a))
    expect(trainer.step).toBe(best.step + 3 * 2)
    expect(trainer.step).toBeLessThan(200)
    expect(trainer.returnToBest()).toBe(best.step)
    expect((await trainer.model.weights())['lm_head.weight'].data).toEqual(weightsAt.get(best.step))
  })

  it('stops where its loss is no number, before the optimiser has seen it', async () => {
    const trainer = start()
    await advance(trainer, 2)
    const name = 'lm_head.weight'
    trainer.model.assign(name, tf.mul(trainer.model.parameters[name], NaN))
    const { moments } = await trainer.checkpoint()
    const { numTensors } = tf.memory()
    await expect(trainer.trainStep()).rejects.toThrow(NotANumberError)
    expect(trainer.step).toBe(2)
    expect((await trainer.checkpoint()).moments).toEqual(moments)
    expect(tf.memory().numTensors).toBe(numTensors)
  })

  it('draws from fixed rows only for those that halted, so that each is seen once an epoch', async () => {
    const [rows, batchRows] = [7, 4]
    const order = new EpochRows(rows, 3)
    const seen: number[] = []
    const next = (count: number, _: Random, drawn: number): Batch => {
      seen.push(...order.take(count, drawn))
      return copyRows(count, new Random(drawn))
    }
    const trainer = start({ batchRows, haltMaxSteps: 2 }, { ...copySource(), next })
    await advance(trainer, 7)
    // No row halts by itself so early: four fresh ones at every other step.
    expect(seen).toHaveLength(16)
    for (const epoch of [seen.slice(0, 7), seen.slice(7, 14)]) expect(new Set(epoch).size).toBe(rows)
  })
})

describe('learning', () => {
  const settings = {
    hiddenSize: 32,
    batchRows: 8,
    haltMaxSteps: 2,
    learningRate: 0.002,
    warmUpSteps: 0,
    weightDecay: 0,
    steps: 1000,
    validateEvery: 1000,
  }

  it('gets eight samples by heart, whatever their labels say', async () => {
    const random = new Random(11)
    const samples = copyRows(8, random)
    random.shuffle(samples.labels)
    const trainer = start({ ...settings, validateEvery: 50 }, inEpochs(samples, samples))
    const solved = () => trainer.curves.validation.at(-1)?.exact === 1
    while (!solved() && trainer.step < 600) await advance(trainer, 50)
    expect(solved()).toBe(true)
  })

  it('of labels that were shuffled stays at chance on unseen rows', async () => {
    const random = new Random(12)
    const samples = copyRows(32, random)
    random.shuffle(samples.labels)
    const unseen = copyRows(200, random)
    const trainer = start(settings, inEpochs(samples, unseen))
    await advance(trainer, 80)
    const cells = 200 * copyShape.sequenceLength
    const chance = 1 / copyShape.vocabulary
    // Four standard errors around one in five.
    const margin = 4 * Math.sqrt((chance * (1 - chance)) / cells)
    const accuracy = (await trainer.validate(goesOn))?.accuracy
    expect(accuracy).toBeGreaterThan(chance - margin)
    expect(accuracy).toBeLessThan(chance + margin)
    // The labels as they belong are learned, so it is not that nothing can be.
    const honest = start(settings, { ...copySource(), validation: [unseen] })
    await advance(honest, 40)
    expect((await honest.validate(goesOn))?.accuracy).toBeGreaterThan(0.9)
  })
})

/** Fixed rows to train on, epoch after epoch. */
function inEpochs(samples: Batch, unseen: Batch): DataSource {
  const order = new EpochRows(samples.rows, 1)
  const next = (count: number, _: Random, drawn: number) => pick(samples, order.take(count, drawn))
  return { next, validation: [unseen], hash: '', scalers: null }
}

function pick({ inputs, labels }: Batch, rows: Int32Array): Batch {
  const { sequenceLength: s } = copyShape
  const take = (values: Batch['inputs']) =>
    Int32Array.from([...rows].flatMap((row) => [...values.subarray(row * s, (row + 1) * s)]))
  return { rows: rows.length, inputs: take(inputs), labels: take(labels) }
}
