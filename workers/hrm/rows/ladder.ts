import type { RowDataset, ScoringModel } from '../../quant/rows.ts'
import { fitGru } from '../baselines/gru/fitGru.ts'
import { fitLogisticRegression } from '../baselines/logisticRegression.ts'
import type { Progress, Run } from '../baselines/run.ts'
import { fitBoostedTrees } from '../baselines/trees/boosting.ts'
import { differenceOfResamples } from '../evaluation/differenceBootstrap.ts'
import { HrmProblem, unexpected } from '../training/outcome.ts'
import { problemOfSettings } from '../training/settings.ts'
import { fitClassifiers, flatView } from './classifierScorer.ts'
import type { LadderModel, LadderRequest, LadderStatus, Rung, RungScores } from './contract.ts'
import { gruView } from './gruView.ts'
import { courtOf, judge, judgedClass, judgedHead, type Court, type Testimony, type Verdict } from './judge.ts'
import { modeNames, networkName } from './networkName.ts'
import { fitRowScalers } from './rowScalers.ts'
import { baseRateTestimony, ruleTestimony } from './ruleTestimony.ts'
import type { Scorer } from './scorer.ts'
import { scoringModel } from './scoringModel.ts'
import { fitRows, usualRows } from './trainedRows.ts'

/** What is seen of the ladder from outside. */
export interface LadderHost {
  tell: (status: LadderStatus) => void
  /** Milliseconds of a clock that never goes back. */
  now: () => number
}

/** A rung with what is kept of it here. */
interface Kept {
  rung: Rung
  scorer: Scorer | null
  verdicts: Record<Part, Verdict> | null
}

type Part = 'test' | 'unseen'
const parts: Part[] = ['test', 'unseen']

/** Milliseconds between two words about a rung that is being fitted. */
const tellEvery = 200
/** The sequences are long: few epochs, and broad batches, keep this rung to minutes. */
const gruOptions = { units: 24, batch: 128, epochs: 12, patience: 3 }

/**
 * Every model on the same rows and the same split, one after the other: fitted on training rows, chosen and
 * calibrated on validation rows, judged on the untouched end and on the entities that training has not seen.
 */
export class Ladder {
  private readonly controller = new AbortController()
  private readonly kept: Kept[]
  private readonly courts: Record<Part, Court>
  private phase: LadderStatus['phase'] = 'running'
  private message: string | null = null
  private ended: Promise<void> | null = null
  private toldAt = -Infinity

  /** @throws HrmProblem where the request does not fit the rows */
  constructor(
    private readonly dataset: RowDataset,
    private readonly request: LadderRequest,
    private readonly host: LadderHost,
  ) {
    const { models, settings, callsPerYear } = request
    const problem =
      (models.length === 0 && 'There is no model to compare.') ||
      (!(callsPerYear > 0) && 'The calls of a year must be more than 0.') ||
      (dataset.split.train.length === 0 && 'There are no rows to train on.') ||
      problemOfSettings({ ...usualRows, ...settings })
    if (problem) throw new HrmProblem('bad-setting', problem)
    try {
      this.courts = {
        test: courtOf(dataset, dataset.split.test, callsPerYear),
        unseen: courtOf(dataset, dataset.split.unseen, callsPerYear),
      }
    } catch (error) {
      if (error instanceof RangeError) throw new HrmProblem('bad-setting', error.message)
      throw error
    }
    this.kept = models.map((model) => ({ rung: emptyRung(model), scorer: null, verdicts: null }))
  }

  get active(): boolean {
    return this.phase === 'running'
  }

  get status(): LadderStatus {
    return {
      dataset: this.dataset.hash,
      rungs: this.kept.map(({ rung }) => rung),
      phase: this.phase,
      message: this.message,
    }
  }

  get scoringModels(): ScoringModel[] {
    return this.kept.flatMap(({ rung }) => rung.scoring ?? [])
  }

  scorer(id: string): Scorer | null {
    return this.kept.find(({ rung }) => rung.scoring?.id === id)?.scorer ?? null
  }

  /** Resolves once the last rung is done, or it was cancelled; never rejects. */
  run(): Promise<void> {
    this.ended ??= this.climb()
    return this.ended
  }

  /** Resolves once nothing is fitted any more. */
  async cancel(): Promise<void> {
    this.controller.abort()
    await this.ended
  }

  async dispose(): Promise<void> {
    await this.cancel()
    for (const { scorer } of this.kept) scorer?.dispose()
  }

  private async climb(): Promise<void> {
    this.tell()
    for (const kept of this.kept) {
      if (this.controller.signal.aborted) break
      await this.fit(kept)
      this.tell()
    }
    this.phase = this.endPhase()
    this.tell()
  }

  private endPhase(): LadderStatus['phase'] {
    if (this.controller.signal.aborted) {
      this.message = 'It was cancelled; what was done until then is shown.'
      return 'cancelled'
    }
    if (this.kept.some(({ verdicts }) => verdicts)) return 'finished'
    this.message = 'None of the models could be fitted.'
    return 'failed'
  }

  /** A rung that fails says so, and the next one is tried. */
  private async fit(kept: Kept): Promise<void> {
    const { host, controller } = this
    const began = host.now()
    const set = (part: Partial<Rung>) =>
      (kept.rung = { ...kept.rung, ...part, seconds: (host.now() - began) / 1_000 })
    const run: Run = {
      signal: controller.signal,
      onProgress: (progress) => {
        set({ done: Math.min(1, progress.done / progress.total), message: progressWords(progress) })
        if (host.now() - this.toldAt >= tellEvery) this.tell()
      },
    }
    set({ phase: 'fitting' })
    this.tell()
    try {
      const { scorer, scoring, note, testimony } = await this.fitted(kept.rung.model, run)
      kept.scorer = scorer
      const verdicts = {} as Record<Part, Verdict>
      for (const part of parts)
        verdicts[part] = judge(
          this.dataset,
          this.courts[part],
          await testimony(this.courts[part].rows),
          this.request.seed,
        )
      kept.verdicts = verdicts
      set({ phase: 'done', done: 1, message: note, scoring })
      this.compare()
    } catch (error) {
      kept.scorer?.dispose()
      kept.scorer = null
      if (controller.signal.aborted) set({ phase: 'waiting', done: 0, message: '' })
      else set({ phase: 'failed', message: unexpectedRung(error) })
    }
  }

  private async fitted(
    model: LadderModel,
    run: Run,
  ): Promise<{
    scorer: Scorer | null
    scoring: ScoringModel | null
    note: string
    testimony: (rows: Int32Array) => Testimony | Promise<Testimony>
  }> {
    const { dataset, request } = this
    if (model.kind === 'base-rate')
      return { scorer: null, scoring: null, note: '', testimony: (rows) => baseRateTestimony(dataset, rows) }
    if (model.kind === 'rule')
      return {
        scorer: null,
        scoring: null,
        note: '',
        testimony: (rows) => ruleTestimony(dataset, model.rule, rows, run),
      }
    const { scorer, name, note } = await fitScorer(dataset, model, request, run)
    return {
      scorer,
      note,
      scoring: scoringModel(
        dataset,
        `ladder ${rungKey(model)}`,
        name,
        model.kind === 'hrm' ? model.mode : model.kind,
      ),
      testimony: async (rows) => testimonyOf(dataset, scorer, rows, run),
    }
  }

  /** Each against the best baseline so far, part by part. */
  private compare(): void {
    for (const part of parts) {
      const judged = this.kept.filter(({ verdicts }) => verdicts)
      const precision = ({ verdicts }: Kept) => verdicts![part].scores.averagePrecision.value
      const [best] = judged
        .filter((kept) => isBaseline(kept.rung.model) && !Number.isNaN(precision(kept)))
        .sort((a, b) => precision(b) - precision(a))
      for (const kept of judged) {
        const { scores, averagePrecisions } = kept.verdicts![part]
        const difference =
          best === undefined || kept === best
            ? null
            : {
                to: best.rung.name,
                estimate: precision(kept) - precision(best),
                ...intervalAndP(averagePrecisions, best.verdicts![part].averagePrecisions),
              }
        const both = kept.rung.scores ?? ({} as Record<Part, RungScores>)
        kept.rung = { ...kept.rung, scores: { ...both, [part]: { ...scores, difference } } }
      }
    }
  }

  private tell(): void {
    this.toldAt = this.host.now()
    this.host.tell(this.status)
  }
}

function intervalAndP(first: Float64Array, second: Float64Array): { low: number; high: number; p: number } {
  const { low, high, pValue } = differenceOfResamples(first, second)
  return { low, high, p: pValue }
}

/** Everything that is there to be beaten: all but the models that refine in two levels or by recursion. */
function isBaseline(model: LadderModel): boolean {
  return model.kind !== 'hrm' || model.mode === 'transformer' || model.mode === 'transformer-without-loop'
}

async function fitScorer(
  dataset: RowDataset,
  model: Exclude<LadderModel, { kind: 'base-rate' | 'rule' }>,
  { settings, seed }: LadderRequest,
  run: Run,
): Promise<{ scorer: Scorer; name: string; note: string }> {
  switch (model.kind) {
    case 'logistic-regression': {
      const fit: Parameters<typeof fitClassifiers>[2] = (task, own) => fitLogisticRegression(task, {}, own)
      return { scorer: await fitClassifiers(dataset, flatView, fit, run), name: rungName(model), note: '' }
    }
    case 'boosted-trees': {
      const rounds: number[] = []
      const scorer = await fitClassifiers(
        dataset,
        flatView,
        async (task, own) => {
          const trees = await fitBoostedTrees(task, { seed }, own)
          rounds.push(trees.rounds)
          return trees
        },
        run,
      )
      return { scorer, name: rungName(model), note: `${rounds.join(' and ')} rounds.` }
    }
    case 'gru': {
      const scorer = await fitClassifiers(
        dataset,
        gruView(fitRowScalers(dataset)),
        (task, own) => fitGru(task, dataset.sequence.length, { ...gruOptions, seed }, own),
        run,
      )
      return { scorer, name: rungName(model), note: '' }
    }
    case 'hrm': {
      const all = { ...usualRows, ...settings, mode: model.mode, seed }
      const fitted = await fitRows(dataset, all, run)
      return {
        scorer: fitted,
        name: networkName(all, fitted.step, false),
        note: `${fitted.parameterCount.toLocaleString('en')} parameters.`,
      }
    }
  }
}

async function testimonyOf(
  dataset: RowDataset,
  scorer: Scorer,
  rows: Int32Array,
  run: Run,
): Promise<Testimony> {
  const said = (await scorer.score(dataset, rows, run)).probabilities[judgedHead]
  const { classes } = dataset.labels.find(({ name }) => name === judgedHead)!
  const which = classes.indexOf(judgedClass)
  const own = Float64Array.from(rows, (_, i) => said[i * classes.length + which])
  return { scores: own, probabilities: own }
}

function emptyRung(model: LadderModel): Rung {
  return {
    model,
    name: rungName(model),
    phase: 'waiting',
    done: 0,
    message: '',
    seconds: 0,
    scores: null,
    scoring: null,
  }
}

function rungName(model: LadderModel): string {
  switch (model.kind) {
    case 'base-rate':
      return 'Base rate'
    case 'rule':
      return model.rule
    case 'logistic-regression':
      return 'Logistic regression'
    case 'boosted-trees':
      return 'Boosted trees'
    case 'gru':
      return 'GRU'
    case 'hrm':
      return modeNames[model.mode]
  }
}

function rungKey(model: LadderModel): string {
  return model.kind === 'hrm' ? model.mode : model.kind
}

function progressWords({ validationLoss }: Progress): string {
  return Number.isNaN(validationLoss) ? '' : `Loss on validation ${validationLoss.toFixed(3)}.`
}

function unexpectedRung(error: unknown): string {
  return error instanceof RangeError || (error instanceof Error && error.name === 'NotANumberError')
    ? error.message
    : unexpected(error)
}
