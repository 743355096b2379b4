import { expose, wrap } from 'comlink'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { HrmOutcome, LadderStatus, RowsTask, TrainingRequest } from '../../../../workers/hrm/api.ts'
import { decodeCheckpoint } from '../../../../workers/hrm/checkpoint/checkpointFile.ts'
import { fetchPackagedModel } from '../../../../workers/hrm/rows/packagedModel.ts'
import { encodeRowsModel } from '../../../../workers/hrm/rows/rowsModelFile.ts'
import { fitRows } from '../../../../workers/hrm/rows/trainedRows.ts'
import type { RowDataset, RowScorer } from '../../../../workers/quant/rows.ts'
import { useBackend } from '../backends.ts'
import { Disk, StandInWorker } from '../training/browserStandIn.ts'
import { syntheticRows } from './syntheticRows.ts'

const dataset = syntheticRows({ rows: 200, length: 3, seed: 4, signal: 1 })
const settings: TrainingRequest['settings'] = {
  mode: 'trm',
  hiddenSize: 8,
  layers: 1,
  heads: 2,
  haltMaxSteps: 2,
  batchRows: 16,
  learningRate: 5e-3,
  warmUpSteps: 3,
  weightDecay: 0.01,
  optimiser: 'adam-atan2',
  clipNorm: null,
  steps: 12,
  validateEvery: 4,
  patience: 3,
  seed: 1,
}
const request = (part: Partial<RowsTask> = {}): TrainingRequest<RowsTask> => ({
  task: { kind: 'rows', dataset: '', ...part },
  settings,
  backend: 'auto',
})

function valueOf<T>(outcome: HrmOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

/** Ports as the page hands them over; the rows behind the first can be changed. */
function connect(worker: StandInWorker, rows: { now: RowDataset }) {
  const [source, scorer] = [new MessageChannel(), new MessageChannel()]
  expose({ dataset: () => ({ ok: true, value: rows.now }) }, source.port1)
  worker.session.connectRows(source.port2, scorer.port2)
  return wrap<RowScorer>(scorer.port1)
}

let disk: Disk
let worker: StandInWorker
let rows: { now: RowDataset }
let scorer: ReturnType<typeof connect>
beforeAll(() => useBackend('wasm with kernels'))
beforeEach(() => {
  disk = new Disk()
  worker = new StandInWorker(disk)
  rows = { now: dataset }
  scorer = connect(worker, rows)
})

it('a training on rows pulls them over its port, is listed apart from puzzles, and can be asked afterwards', async () => {
  const id = valueOf(await worker.session.train(request()))
  const end = await worker.end()
  expect(end).toMatchObject({ phase: 'finished', step: 12, task: { kind: 'rows', dataset: dataset.hash } })
  expect(end.validation).toHaveLength(3)
  expect(valueOf(await worker.session.storedRuns())).toEqual([])
  expect(valueOf(await worker.session.storedRuns('rows'))).toMatchObject([{ id, task: { kind: 'rows' } }])
  const [model] = valueOf(await worker.session.scoringModels())
  expect(model).toMatchObject({ id, dataset: dataset.hash, packaged: false })
  const { entity, ...other } = dataset
  expect(entity).toHaveLength(other.rows)
  const said = await scorer.score(id, other)
  expect(said.value).toHaveLength(dataset.rows)
  await expect(scorer.score('nobody', dataset)).rejects.toThrow('not stored in this browser')
  expect(await worker.session.refine(0)).toMatchObject({ ok: false, code: 'no-model' })
})

it('goes on from its checkpoint as if it had not stopped, over the same rows and no others', async () => {
  const id = valueOf(await worker.session.train(request()))
  await worker.until(({ storedStep }) => storedStep === 4)
  worker.kill()
  const next = new StandInWorker(disk)
  connect(next, rows)
  rows.now = syntheticRows({ rows: 200, length: 3, seed: 5, signal: 1 })
  expect(await next.session.continueRun(id, 'auto')).toMatchObject({ ok: false, code: 'no-rows' })
  rows.now = dataset
  valueOf(await next.session.continueRun(id, 'auto'))
  expect((await next.end()).step).toBe(12)
  const straight = new StandInWorker(new Disk())
  connect(straight, rows)
  const other = valueOf(await straight.session.train(request()))
  await straight.end()
  const files = [await next.session.exportRun(id), await straight.session.exportRun(other)]
  const [resumed, uninterrupted] = await Promise.all(files.map((file) => decodeCheckpoint(valueOf(file))))
  expect(resumed.calibration).not.toBeNull()
  expect(resumed).toEqual(uninterrupted)
  // It comes in elsewhere, where no rows are, and can be asked.
  const elsewhere = new StandInWorker(new Disk())
  const taken = valueOf(await elsewhere.session.importRun(valueOf(files[0]), 'mine.safetensors'))
  expect(valueOf(await elsewhere.session.scoringModels())).toMatchObject([{ id: taken }])
})

it('without rows, or with others than asked for, says so', async () => {
  expect(await new StandInWorker(disk).session.train(request())).toMatchObject({ ok: false, code: 'no-rows' })
  expect(await worker.session.train(request({ dataset: 'abc' }))).toMatchObject({
    ok: false,
    code: 'no-rows',
  })
})

it('compares models while nothing is trained, one ladder at a time, and its rungs can be asked, other models meanwhile', async () => {
  const stored = valueOf(await worker.session.train({ ...request(), settings: { ...settings, steps: 1 } }))
  await worker.end()
  const heard: LadderStatus[] = []
  const finished = new Promise<void>((resolve) =>
    worker.session.watchLadder((status) => {
      heard.push(status)
      if (status.phase !== 'running') resolve()
    }),
  )
  const ladder = {
    models: [{ kind: 'base-rate' as const }, { kind: 'hrm' as const, mode: 'transformer' as const }],
    settings: { ...settings, steps: 60 },
    callsPerYear: 60,
    seed: 1,
  }
  valueOf(await worker.session.startLadder(ladder))
  expect(await worker.session.train(request())).toMatchObject({ ok: false, code: 'busy' })
  expect(await worker.session.startLadder(ladder)).toMatchObject({ ok: false, code: 'busy' })
  expect((await scorer.score(stored, dataset)).value).toHaveLength(dataset.rows)
  expect(heard.at(-1)?.phase).toBe('running')
  await finished
  expect(heard.at(-1)).toMatchObject({ phase: 'finished', dataset: dataset.hash })
  const [, model] = valueOf(await worker.session.scoringModels())
  expect(model.name).toContain('Transformer')
  expect((await scorer.score(model.id, dataset)).probabilities['event']).toHaveLength(3 * dataset.rows)
})

it('the model that came with the page is read where there is one', async () => {
  const fitted = await fitRows(dataset, { ...settings, steps: 2 })
  const file = await encodeRowsModel(fitted)
  fitted.dispose()
  const answering = (response: Response) => (url: string) => {
    expect(url).toBe('https://here.example/lab/models/jet-hrm.safetensors')
    return Promise.resolve(response)
  }
  const base = 'https://here.example/lab/'
  const found = await fetchPackagedModel(base, answering(new Response(file)))
  expect(found?.scoring).toEqual({ ...fitted.scoring, packaged: true })
  expect(await fetchPackagedModel(base, answering(new Response('', { status: 404 })))).toBeNull()
  const page = new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })
  expect(await fetchPackagedModel(base, answering(page))).toBeNull()
  await expect(fetchPackagedModel(base, answering(new Response('no model')))).rejects.toThrow('header')
})
