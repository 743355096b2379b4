import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Hrm } from '../../../src/state/hrm.svelte.ts'
import type { HrmWorker } from '../../../src/state/hrmWorker.ts'
import { defaultPlaygroundPlan, requestsOf } from '../../../src/state/playgroundPlan.ts'
import { EngineStopped } from '../../../src/state/workers.ts'
import type { HrmApi, HrmOutcome, StoredRun, TrainingStatus } from '../../../workers/hrm/api.ts'

const plan = defaultPlaygroundPlan()
const [request] = requestsOf(plan)

const status = (part: Partial<TrainingStatus> = {}): TrainingStatus => ({
  id: 'a',
  task: { kind: 'sudoku' },
  settings: request.settings,
  backend: { backend: 'wasm', why: '', adapter: null, software: false, probe: {}, kernels: [] },
  phase: 'training',
  message: null,
  step: 0,
  parameters: 132_610,
  stepsPerSecond: 10,
  timeLeft: null,
  training: [],
  validation: [],
  storedStep: null,
  ...part,
})

/** A worker that does as it is told, until the test lets it die; `refused` says what it refuses, and why. */
class StandIn implements HrmWorker {
  readonly died: Promise<string>
  readonly stop = vi.fn(() => this.#abort(new EngineStopped()))
  readonly api
  #die: (why: string) => void = () => undefined
  #abort: (cause: Error) => void = () => undefined
  #trainings = 0

  constructor(
    readonly tell: (status: TrainingStatus) => void,
    refused: Record<string, string>,
  ) {
    const answer = <T>(call: string, value: T): Promise<HrmOutcome<T>> =>
      Promise.resolve(
        call in refused
          ? { ok: false, code: 'unexpected', message: refused[call], detail: '' }
          : { ok: true, value },
      )
    const never = new Promise<never>((_resolve, reject) => (this.#abort = reject))
    never.catch(() => undefined)
    this.died = new Promise((resolve) => (this.#die = resolve))
    const done = () => vi.fn((): Promise<void> => Promise.resolve())
    this.api = {
      backend: vi.fn(() => answer('backend', status().backend)),
      train: vi.fn<HrmApi['train']>(() => answer('train', 'abc'[this.#trainings++])),
      pause: done(),
      resume: done(),
      cancel: done(),
      store: done(),
      continueRun: vi.fn<HrmApi['continueRun']>((id) => answer('continueRun', id)),
      storedRuns: vi.fn(() => answer<StoredRun[]>('storedRuns', [])),
      deleteRun: vi.fn(() => answer('deleteRun', null)),
      exportRun: vi.fn(() => answer('exportRun', new Uint8Array([1]))),
      importRun: vi.fn(() => answer('importRun', 'z')),
      /** Answers only by dying. */
      refine: vi.fn(() => never),
    }
  }

  async die(why = 'It did not answer any more.'): Promise<void> {
    this.stop()
    this.#die(why)
    await settled()
  }
}

/** Lets everything that waits for nothing else happen. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the trainings of a tab', () => {
  let workers: StandIn[]
  let refused: Record<string, string>
  let hrm: Hrm
  let now: number

  beforeEach(() => {
    now = 0
    workers = []
    refused = {}
    hrm = new Hrm(
      (hear) => {
        const worker = new StandIn(hear, refused)
        workers.push(worker)
        return worker
      },
      () => now,
    )
  })

  test('start a worker only when something is asked of it', async () => {
    expect(workers).toHaveLength(0)
    await hrm.look()
    await hrm.train([request])
    expect(workers).toHaveLength(1)
    expect(workers[0].api.train).toHaveBeenCalledExactlyOnceWith(request)
  })

  test('count the seconds that were computed, and not those that were paused', async () => {
    await hrm.train([request])
    const { tell } = workers[0]
    const hear = (at: number, phase: TrainingStatus['phase']) => {
      now = at
      tell(status({ phase }))
    }
    hear(1_000, 'training')
    hear(3_000, 'training')
    hear(3_500, 'paused')
    hear(60_000, 'training')
    hear(61_000, 'finished')
    expect(hrm.runs.map(({ seconds }) => seconds)).toEqual([3.5])
  })

  test('are trained one after the other when several are compared, until one is cancelled', async () => {
    const requests = requestsOf({ ...plan, modes: ['hrm-v1', 'trm', 'transformer'] })
    await hrm.train(requests)
    workers[0].tell(status({ id: 'a' }))
    workers[0].tell(status({ id: 'a', phase: 'finished' }))
    await settled()
    expect(workers[0].api.train.mock.calls).toEqual([[requests[0]], [requests[1]]])
    workers[0].tell(status({ id: 'b' }))
    await hrm.cancel()
    workers[0].tell(status({ id: 'b', phase: 'cancelled' }))
    await settled()
    expect(workers[0].api.train).toHaveBeenCalledTimes(2)
    expect(hrm.runs.map((run) => [run.status.id, run.status.phase])).toEqual([
      ['a', 'finished'],
      ['b', 'cancelled'],
    ])
  })

  test('go on in a new worker from the last checkpoint when theirs dies, and say from where', async () => {
    await hrm.train([{ ...request, backend: 'wasm' }])
    workers[0].tell(status({ step: 140, storedStep: 100 }))
    await workers[0].die()
    expect(workers).toHaveLength(2)
    expect(workers[1].api.continueRun).toHaveBeenCalledExactlyOnceWith('a', 'wasm')
    expect(hrm.note).toMatch(/stopped at step 140 .* goes on from step 100.*It did not answer/)
    expect(hrm.alive).toBe(true)
    workers[1].tell(status({ step: 101, storedStep: 100 }))
    expect(hrm.runs).toHaveLength(1)
    expect(hrm.status?.step).toBe(101)
  })

  test('stay paused when their worker dies while they are', async () => {
    await hrm.train([request])
    workers[0].tell(status({ phase: 'paused', storedStep: 5 }))
    await workers[0].die()
    expect(workers[1].api.pause).toHaveBeenCalledOnce()
  })

  test('say what was lost when nothing was stored', async () => {
    await hrm.train([request, request])
    workers[0].tell(status({ step: 40 }))
    await workers[0].die()
    expect(workers).toHaveLength(1)
    expect(hrm.status?.phase).toBe('failed')
    expect(hrm.status?.message).toMatch(/step 40, before anything was stored: these steps are lost/)
    expect(hrm.alive).toBe(false)
    expect(hrm.queue).toEqual([])
  })

  test('are given up when their workers die again and again without a newer checkpoint', async () => {
    await hrm.train([request])
    for (let life = 0; life < 3; life++) {
      workers[life].tell(status({ step: 12, storedStep: 10 }))
      await workers[life].die('Out of memory.')
    }
    expect(workers).toHaveLength(3)
    expect(hrm.status?.phase).toBe('failed')
    expect(hrm.status?.message).toMatch(/3 times since step 10.*Out of memory\./)
  })

  test('say why they cannot go on after a death', async () => {
    await hrm.train([request])
    refused.continueRun = 'Both checkpoints are damaged.'
    workers[0].tell(status({ step: 12, storedStep: 10 }))
    await workers[0].die()
    expect(hrm.status?.phase).toBe('failed')
    expect(hrm.status?.message).toMatch(/could not go on. Both checkpoints are damaged\./)
    expect(hrm.alive).toBe(false)
  })

  test('say why one cannot be started', async () => {
    refused.train = 'Nothing computes here.'
    await hrm.train([request])
    expect(hrm.problem).toBe('Nothing computes here.')
    expect(hrm.starting).toBe(false)
  })

  test('leave no call waiting when the worker dies before a training has begun', async () => {
    await hrm.look()
    workers[0].api.train.mockImplementation(() => workers[0].api.refine())
    const training = hrm.train([request])
    await workers[0].die('It could not be loaded.')
    await training
    expect(hrm.starting).toBe(false)
    expect(hrm.problem).toBe('The worker stopped. It could not be loaded.')
  })

  test('end at once when a worker does not obey', async () => {
    vi.useFakeTimers()
    try {
      await hrm.train([request])
      workers[0].tell(status({ step: 7, storedStep: 5 }))
      workers[0].api.cancel.mockImplementation(() => new Promise(() => undefined))
      const cancelled = hrm.cancel()
      await vi.advanceTimersByTimeAsync(10_000)
      await cancelled
      expect(workers[0].stop).toHaveBeenCalledOnce()
      expect(hrm.status).toMatchObject({
        phase: 'cancelled',
        message: expect.stringContaining('Step 5 is stored') as string,
      })
    } finally {
      vi.useRealTimers()
    }
  })

  test('are stored when the tab hides, but only while one is under way', async () => {
    await hrm.look()
    hrm.store()
    expect(workers[0].api.store).not.toHaveBeenCalled()
    await hrm.train([request])
    workers[0].tell(status())
    hrm.store()
    expect(workers[0].api.store).toHaveBeenCalledOnce()
  })

  test('are listed among the stored ones from their first checkpoint on', async () => {
    await hrm.train([request])
    const { tell, api } = workers[0]
    tell(status({ step: 0 }))
    expect(api.storedRuns).not.toHaveBeenCalled()
    for (const step of [10, 20, 30]) tell(status({ step, storedStep: step }))
    expect(api.storedRuns).toHaveBeenCalledOnce()
    tell(status({ step: 40, storedStep: 40, phase: 'finished' }))
    await settled()
    expect(api.storedRuns).toHaveBeenCalledTimes(2)
  })

  test('take a file in, and say why one is refused', async () => {
    await hrm.importRun(new Uint8Array([1]), 'good.safetensors')
    expect(hrm.note).toContain('good.safetensors')
    expect(workers[0].api.storedRuns).toHaveBeenCalledOnce()
    refused.importRun = 'Not a safetensors file.'
    await hrm.importRun(new Uint8Array([2]), 'bad.bin')
    expect(hrm.problem).toBe('Not a safetensors file.')
  })
})
