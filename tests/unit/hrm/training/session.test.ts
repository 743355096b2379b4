import * as tf from '@tensorflow/tfjs'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HrmOutcome, TrainingRequest, TrainingSettings } from '../../../../workers/hrm/api.ts'
import { decodeCheckpoint } from '../../../../workers/hrm/checkpoint/checkpointFile.ts'
import { Trainer } from '../../../../workers/hrm/training/trainer.ts'
import { useBackend } from '../backends.ts'
import { Disk, StandInWorker } from './browserStandIn.ts'
import { tinySettings } from './copyTask.ts'

const request = (settings: Partial<TrainingSettings> = {}): TrainingRequest => ({
  task: { kind: 'sudoku' },
  settings: { ...tinySettings, haltMaxSteps: 2, ...settings },
  backend: 'auto',
})

function valueOf<T>(outcome: HrmOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

let disk: Disk
let worker: StandInWorker
beforeAll(() => useBackend('wasm with kernels'))
beforeEach(() => {
  vi.restoreAllMocks()
  disk = new Disk()
  worker = new StandInWorker(disk)
})

const begin = async (settings: Partial<TrainingSettings> = {}, by = worker) =>
  valueOf(await by.session.train(request(settings)))
const stored = async (id: string, by = worker) => decodeCheckpoint(valueOf(await by.session.exportRun(id)))

describe('a training in its worker', () => {
  it('tells what it does until it has finished, and lies on the disk then', async () => {
    const id = await begin()
    const last = await worker.end()
    expect(last).toMatchObject({
      id,
      phase: 'finished',
      step: 12,
      storedStep: 12,
      message: null,
      timeLeft: 0,
    })
    expect(last.training.at(-1)?.step).toBe(12)
    expect(last.validation.map(({ step }) => step)).toEqual([4, 8, 12])
    expect(worker.heard[0]).toMatchObject({ phase: 'training', step: 0, parameters: last.parameters })
    expect(valueOf(await worker.session.storedRuns())).toMatchObject([
      { id, task: { kind: 'sudoku' }, step: 12, exact: last.validation[2].exact },
    ])
  })

  it('stands still while paused, can be stored then, and ends as if it had not been', async () => {
    const id = await begin({ steps: 8 })
    await worker.session.pause()
    const { step } = await worker.until(({ phase }) => phase === 'paused')
    await worker.session.store()
    expect((await stored(id)).step).toBe(step)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(worker.status).toMatchObject({ phase: 'paused', step })
    await worker.session.resume()
    await worker.end()
    const other = new StandInWorker(new Disk())
    const straight = await begin({ steps: 8 }, other)
    await other.end()
    expect(await stored(id)).toEqual(await stored(straight, other))
  })

  it('is cancelled within a step, also while paused, and can be gone on with', async () => {
    const id = await begin({ steps: 1000 })
    await worker.until(({ step }) => step >= 1)
    await worker.session.pause()
    await worker.session.cancel()
    expect(worker.status.phase).toBe('cancelled')
    expect(worker.status.storedStep).toBe(worker.status.step)
    expect(valueOf(await worker.session.continueRun(id, 'auto'))).toBe(id)
    await worker.until(({ phase, step }) => phase === 'training' && step > worker.heard[0].step)
    await worker.session.cancel()
  })

  it('that is cancelled before it has begun takes no step', async () => {
    const started = worker.session.train(request({ steps: 1000 }))
    await worker.session.cancel()
    valueOf(await started)
    expect(worker.status).toMatchObject({ phase: 'cancelled', step: 0 })
  })

  it('waits for a choice of what computes that is under way', async () => {
    const [, , started] = await Promise.all([
      worker.session.backend('webgpu'),
      worker.session.backend('wasm'),
      worker.session.train(request({ steps: 1 })),
    ])
    valueOf(started)
    expect(worker.mostChoosing).toBe(1)
    expect(await worker.end()).toMatchObject({ phase: 'finished' })
  })

  it('shows an unseen puzzle segment by segment, during the training and after it', async () => {
    expect(await worker.session.refine(0)).toMatchObject({ ok: false, code: 'no-model' })
    await begin({ steps: 6, mode: 'trm' })
    const during = valueOf(await worker.session.refine(3))
    await worker.end()
    const after = valueOf(await worker.session.refine(3 + 88))
    expect(after.given).toEqual(during.given)
    expect(after.segments).toHaveLength(2)
    for (const { values, confidence, halt, keepOn } of after.segments) {
      expect(values).toHaveLength(16)
      expect(Math.min(...confidence)).toBeGreaterThan(1 / 5)
      expect(Math.max(...confidence, halt, keepOn)).toBeLessThan(1)
    }
    expect(after.segments[1].confidence).not.toEqual(during.segments[1].confidence)
  })

  it('is one at a time, and gives all its tensors back for the next', async () => {
    await begin({ steps: 2 })
    await worker.end()
    const { numTensors } = tf.memory()
    await begin({ steps: 2 })
    expect(await worker.session.train(request())).toMatchObject({ ok: false, code: 'busy' })
    expect(await worker.session.backend('cpu')).toMatchObject({ ok: false, code: 'busy' })
    expect(await worker.session.deleteRun(worker.status.id)).toMatchObject({ ok: false, code: 'busy' })
    await worker.end()
    expect(tf.memory().numTensors).toBe(numTensors)
  })

  it.each([
    [{ hiddenSize: 1e6 }, /hiddenSize/],
    [{ learningRate: NaN }, /learningRate/],
    [{ heads: 3 }, /divided by 3 heads/],
    [{ steps: 2.5 }, /steps/],
  ])('refuses %o and names it', async (settings, message) => {
    const outcome = await worker.session.train(request(settings))
    expect(outcome).toMatchObject({ ok: false, code: 'bad-setting' })
    expect(outcome.ok || outcome.message).toMatch(message)
  })

  it('leaves as a file and comes in as another run, from which it goes on', async () => {
    await begin({ steps: 4 })
    await worker.end()
    const file = valueOf(await worker.session.exportRun(worker.status.id))
    const other = new StandInWorker(new Disk())
    const id = valueOf(await other.session.importRun(file, 'mine.safetensors'))
    valueOf(await other.session.continueRun(id, 'auto'))
    expect(await other.end()).toMatchObject({
      phase: 'finished',
      step: 4,
      validation: worker.status.validation,
    })
    expect(await other.session.importRun(file.slice(9), 'mine.safetensors')).toMatchObject({
      ok: false,
      code: 'bad-checkpoint',
      message: expect.stringMatching(/^“mine.safetensors”: /) as string,
    })
    expect(valueOf(await other.session.storedRuns())).toHaveLength(1)
    valueOf(await other.session.deleteRun(id))
    expect(await disk.names()).toHaveLength(2)
    expect(await other.disk.names()).toEqual([])
  })
})

describe('what happens to browsers', () => {
  it('a worker that is killed loses no more than the steps since its last checkpoint', async () => {
    const id = await begin()
    await worker.until(({ storedStep }) => storedStep === 4)
    worker.kill()
    const next = new StandInWorker(disk)
    valueOf(await next.session.continueRun(id, 'auto'))
    const end = await next.end()
    expect(next.heard[0].step).toBeGreaterThanOrEqual(4)
    expect(end).toMatchObject({ phase: 'finished', step: 12 })
    const other = new StandInWorker(new Disk())
    const straight = await begin({}, other)
    await other.end()
    expect(await stored(id, next)).toEqual(await stored(straight, other))
  })

  it('a checkpoint that is damaged costs the steps since the one before, and it is said', async () => {
    const id = await begin()
    await worker.end()
    await disk.rot()
    const next = new StandInWorker(disk)
    valueOf(await next.session.continueRun(id, 'auto'))
    expect(next.heard[0]).toMatchObject({ step: 8, storedStep: 8 })
    expect(await next.end()).toMatchObject({ phase: 'finished', step: 12 })
    expect(next.status.message).toMatch(/newest checkpoint was damaged: .* from step 8/)
    expect(next.status.validation).toEqual(worker.status.validation)
  })

  it('a run without any good checkpoint is refused in words, and another can be trained', async () => {
    const id = await begin({ steps: 1, validateEvery: 9 })
    await worker.end()
    for (const name of await disk.names()) {
      await disk.files.remove(name)
      await disk.files.write(name, new Uint8Array(100))
    }
    const next = new StandInWorker(disk)
    expect(await next.session.continueRun(id, 'auto')).toMatchObject({ ok: false, code: 'bad-checkpoint' })
    await begin({ steps: 1 }, next)
    expect(await next.end()).toMatchObject({ phase: 'finished' })
  })

  it('a disk that is full lets training go on, and it is said from when on nothing is stored', async () => {
    const id = await begin()
    await worker.until(({ storedStep }) => storedStep === 4)
    disk.full = true
    const end = await worker.end()
    expect(end).toMatchObject({ phase: 'finished', step: 12, storedStep: 4 })
    expect(end.message).toMatch(/storage of the browser is full: nothing newer than step 4 is stored/)
    disk.full = false
    expect((await stored(id)).step).toBe(4)
  })

  it('a disk that is full from the beginning is no reason not to train', async () => {
    disk.full = true
    await begin({ steps: 2 })
    const end = await worker.end()
    expect(end).toMatchObject({ phase: 'finished', storedStep: null })
    expect(end.message).toMatch(/full: nothing is stored/)
  })

  /** Spoils a weight after the step, as a bad kernel or a gradient out of bounds would. */
  function spoil(name: string, after: number, then: () => void = () => undefined): void {
    const original = Reflect.get(Trainer.prototype, 'trainStep')
    vi.spyOn(Trainer.prototype, 'trainStep').mockImplementation(async function (this: Trainer) {
      await original.call(this)
      if (this.step !== after) return
      this.model.assign(name, tf.mul(this.model.parameters[name], NaN))
      then()
    })
  }

  it('a loss that is no number ends the training with the last good model', async () => {
    spoil('lm_head.weight', 6)
    const id = await begin()
    const end = await worker.end()
    expect(end).toMatchObject({ phase: 'failed', step: 4, storedStep: 4 })
    expect(end.message).toMatch(/The loss of step 7 is no number. The model is again that of step 4/)
    expect(valueOf(await worker.session.refine(0)).segments[0].values).toHaveLength(16)
    expect((await stored(id)).step).toBe(4)
  })

  it('weights that are no numbers are never stored over good ones', async () => {
    spoil('lm_head.weight', 6, () => void worker.session.store())
    const id = await begin()
    const end = await worker.end()
    expect(end).toMatchObject({ phase: 'failed', storedStep: 4 })
    expect((await stored(id)).step).toBe(4)
  })

  it('a training whose numbers are lost when it is cancelled says so, and keeps the last good model', async () => {
    spoil('lm_head.weight', 6, () => void worker.session.cancel())
    await begin()
    const end = await worker.end()
    expect(end).toMatchObject({ phase: 'failed', step: 4, storedStep: 4 })
    expect(end.message).toMatch(/After step 6, lm_head.weight holds what is no number/)
  })

  it('a GPU that is lost ends the worker with a word, stores nothing more, and a new one goes on', async () => {
    const onGpu = new StandInWorker(disk, 'wasm')
    const id = await begin({}, onGpu)
    await onGpu.until(({ storedStep }) => storedStep === 4)
    onGpu.loseGpu('the driver was reset')
    expect(onGpu.lastWord).toBe('The GPU was lost: the driver was reset')
    const names = await disk.names()
    const said = onGpu.heard.length
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await disk.names()).toEqual(names)
    expect(onGpu.heard).toHaveLength(said)
    valueOf(await worker.session.continueRun(id, 'auto'))
    expect(await worker.end()).toMatchObject({ phase: 'finished', step: 12 })
  })

  it('another tab cannot train or delete the same run meanwhile', async () => {
    const id = await begin({ steps: 1000 })
    const tab = new StandInWorker(disk)
    expect(await tab.session.continueRun(id, 'auto')).toMatchObject({ ok: false, code: 'busy' })
    expect(await tab.session.deleteRun(id)).toMatchObject({ ok: false, code: 'busy' })
    await worker.session.cancel()
    valueOf(await tab.session.deleteRun(id))
    expect(await disk.names()).toEqual([])
  })

  it('a backend that cannot be had is told, and nothing hangs', async () => {
    const broken = new StandInWorker(disk)
    broken.backendFails = 'no adapter, no engine'
    expect(await broken.session.train(request())).toMatchObject({ ok: false, code: 'unexpected' })
    broken.backendFails = null
    await begin({ steps: 1 }, broken)
    expect(await broken.end()).toMatchObject({ phase: 'finished' })
  })
})
