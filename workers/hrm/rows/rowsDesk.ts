import { expose, wrap } from 'comlink'
import type { RowDataset, RowScorer, RowScores, ScoringModel } from '../../quant/rows.ts'
import type { Checkpoint } from '../checkpoint/checkpoint.ts'
import { CheckpointError } from '../checkpoint/metadata.ts'
import type { CheckpointStore, ListedRun } from '../checkpoint/store.ts'
import { HrmProblem } from '../training/outcome.ts'
import type { LadderRequest, LadderStatus } from './contract.ts'
import { Ladder } from './ladder.ts'
import { networkName } from './networkName.ts'
import { fetchPackagedModel } from './packagedModel.ts'
import { misfitOf, RowNetwork } from './rowNetwork.ts'
import type { RowsModel } from './rowsModel.ts'
import type { RowSource } from './rowSource.ts'
import type { ScoredRows } from './rowTables.ts'
import type { Scorer } from './scorer.ts'
import { readRowsTask } from './storedRowsTask.ts'

/** What the desk needs of the worker around it. */
export interface RowsPlatform {
  openStore: () => Promise<CheckpointStore>
  /** Does something once a backend is there, while no other is chosen. */
  computing: <T>(job: () => Promise<T>) => Promise<T>
  now: () => number
}

/** Everything about rows but their training: where they come from, the ladder, and what models make of them. */
export class RowsDesk {
  private source: RowSource | null = null
  private listener: (status: LadderStatus) => void = () => undefined
  private ladder: Ladder | null = null
  private packaged: RowsModel | null = null
  /** Networks that were asked before, by the id of their model. */
  private readonly networks = new Map<string, Promise<RowNetwork>>()

  constructor(private readonly platform: RowsPlatform) {}

  connect(source: MessagePort, scorer: MessagePort): void {
    this.source = wrap<RowSource>(source)
    const answers: RowScorer = { score: (model, rows) => this.score(model, rows) }
    expose(answers, scorer)
  }

  /**
   * The rows as they are now.
   * @param hash those that are wanted; '' = any
   * @throws HrmProblem where there are none, or others
   */
  async dataset(hash: string): Promise<RowDataset> {
    if (!this.source)
      throw new HrmProblem('no-rows', 'There are no rows yet: nothing was loaded that they are made of.')
    const outcome = await this.source.dataset()
    if (!outcome.ok) throw new HrmProblem('no-rows', outcome.message)
    const { value } = outcome
    if (hash !== '' && value.hash !== hash)
      throw new HrmProblem(
        'no-rows',
        'These are not the rows it was about: the data have changed since. Load those of then, or train anew.',
      )
    return value
  }

  get ladderActive(): boolean {
    return this.ladder?.active === true
  }

  watchLadder(listener: (status: LadderStatus) => void): void {
    this.listener = listener
  }

  /** @throws HrmProblem where the request does not fit */
  async startLadder(request: LadderRequest): Promise<void> {
    const dataset = await this.dataset('')
    const { computing, now } = this.platform
    // From here on the ladder keeps the backend, as a training does: scores are worked out beside it.
    await computing(async () => {
      const ladder = new Ladder(dataset, request, { tell: (status) => this.listener(status), now })
      await this.ladder?.dispose()
      this.ladder = ladder
    })
    void this.ladder?.run()
  }

  async cancelLadder(): Promise<void> {
    await this.ladder?.cancel()
  }

  async packagedModel(baseUrl: string): Promise<ScoringModel | null> {
    this.packaged ??= await fetchPackagedModel(baseUrl)
    if (!this.packaged) return null
    if (this.source && misfitOf(this.packaged, await this.dataset(''))) return null
    return this.packaged.scoring
  }

  async models(): Promise<ScoringModel[]> {
    const runs = await (await this.platform.openStore()).list()
    return [
      ...(this.packaged ? [this.packaged.scoring] : []),
      ...runs.flatMap(scoringOfRun),
      ...(this.ladder?.scoringModels ?? []),
    ]
  }

  /** A training has changed the model of a run, or it is no more. */
  forget(id: string): void {
    void this.networks.get(id)?.then(
      (network) => network.dispose(),
      () => undefined,
    )
    this.networks.delete(id)
  }

  /** @throws HrmProblem, or CheckpointError, where no such model can be asked about these rows */
  async score(id: string, rows: ScoredRows): Promise<RowScores> {
    const scorer = await this.scorer(id)
    return this.platform.computing(() => scorer.score(rows))
  }

  private scorer(id: string): Scorer | Promise<Scorer> {
    const rung = this.ladder?.scorer(id)
    if (rung) return rung
    const known = this.networks.get(id)
    if (known) return known
    const made = this.modelOf(id).then((model) => new RowNetwork(model))
    this.networks.set(id, made)
    made.catch(() => this.networks.delete(id))
    return made
  }

  private async modelOf(id: string): Promise<RowsModel> {
    if (this.packaged?.scoring.id === id) return this.packaged
    const store = await this.platform.openStore()
    if (!(await store.list()).some((run) => run.id === id && scoringOfRun(run).length > 0))
      throw new HrmProblem(
        'no-model',
        'This model cannot be asked any more: it is not stored in this browser.',
      )
    return modelOfCheckpoint(id, (await store.load(id)).checkpoint)
  }
}

function scoringOfRun({
  id,
  metadata,
  sha256,
}: Pick<ListedRun, 'id' | 'metadata'> & { sha256?: string }): ScoringModel[] {
  const task = readRowsTask(metadata.task)
  if (!task || !metadata.calibration) return []
  const { settings, step, best } = metadata
  const { dataset, features, trainedUntil, validatedUntil, identity } = task
  const name = networkName(settings, Math.min(step, best?.step ?? step), identity)
  const learnt = { dataset, features, trainedUntil, validatedUntil }
  return [{ id, name, kind: settings.mode, ...learnt, packaged: false, ...(sha256 && { sha256 }) }]
}

function modelOfCheckpoint(id: string, checkpoint: Checkpoint): RowsModel {
  const { config, scalers, calibration, weights, average } = checkpoint
  const [scoring] = scoringOfRun({ id, metadata: checkpoint })
  if (!scoring || !scalers || !calibration)
    throw new CheckpointError('The checkpoint is of a training that has not ended: go on with it first.')
  // The running averages are what answers, where the mode has them.
  return { config, scalers, calibration, scoring, weights: { ...weights, ...average } }
}
