import { systemOf } from '../../systems/registry.ts'
import type { Inputs, Params, System } from '../../systems/system.ts'
import type { Outcome } from '../api.ts'
import { benchmarkValues } from '../benchmark.ts'
import type { Breathe } from '../breathe.ts'
import type { Calendar } from '../calendarDraws.ts'
import type { LoadedPanel } from '../engine.ts'
import { excessReturns } from '../excess.ts'
import { dailyIntervals } from '../intervals.ts'
import type { FamilyKeep } from '../keep/familyKeep.ts'
import { crashed, failed, superseded } from '../outcome.ts'
import { pause } from '../pause.ts'
import { scopeOf } from '../range.ts'
import type { RunScope } from '../range.ts'
import type { Resampler } from '../resampling/resampler.ts'
import { daysPerYear } from '../sizing.ts'
import { mostCombinations } from '../sweep/contract.ts'
import type { Window } from '../sweep/evaluator.ts'
import { canShare, taskMarket } from '../sweep/market.ts'
import { SweepPlan } from '../sweep/plan.ts'
import type { PoolWorker } from '../sweep/pool.ts'
import { paramKey, runKey, toggled, trialId, withParams } from '../trialKey.ts'
import type { Trial } from '../trials.ts'
import { returnsOf } from '../wealth.ts'
import type { Choice } from './choice.ts'
import type { WalkFold, WalkResult, WalkSpec, WalkStatus } from './contract.ts'
import { efficiencyOf, meanOf, noNumbers, numbersOf, promiseLine, promiseOf } from './numbers.ts'
import { tradeFold } from './stitch.ts'
import { Trainings } from './training.ts'
import { embargoedDays, walkProblem, walkWindows } from './windows.ts'
import type { FoldDays } from './windows.ts'

/** Milliseconds between two messages to the page, and of work between two looks at the messages. */
const tellEvery = 100
const breath = 6

export interface WalksGiven {
  workers: number
  create: () => PoolWorker
  keep: FamilyKeep
  /** Resolves when what earlier visits tried is known. */
  remembered: Promise<unknown>
  resampler: (calendar: Calendar, breathe: Breathe) => Promise<Resampler | null>
  tell: (status: WalkStatus) => void
  /** The panel in use; null before there is one. */
  loaded: () => { panel: LoadedPanel; calendar: Calendar } | null
}

/** What a walk is made of, once it is known that it can be run. Days of folds count from the first of the run. */
interface Prepared {
  spec: WalkSpec
  plan: SweepPlan
  system: System<Params>
  panel: LoadedPanel
  calendar: Calendar
  scope: RunScope
  folds: FoldDays[]
  windows: Window[]
}

/**
 * The walk-forwards of a tab, one at a time. They have a pool of workers of their own: a sweep that runs meanwhile
 * goes on and shares the cores.
 */
export class Walks {
  private newest = 0
  private trainings: Trainings | null = null
  private status: WalkStatus | null = null
  private tellTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly given: WalksGiven) {}

  async forward(spec: WalkSpec): Promise<Outcome<WalkResult>> {
    this.cancel()
    const ticket = ++this.newest
    try {
      const prepared = this.prepare(spec)
      if (typeof prepared === 'string') return failed('cannot-walk', prepared)
      const choices = await this.train(prepared)
      // The trials that were run stay charged, whatever becomes of the rest.
      await this.given.keep.flush()
      if (ticket !== this.newest) return superseded
      if (!choices.ok) return this.end('failed', choices)
      const result = await this.trade(
        prepared,
        choices.value,
        breathing(() => ticket === this.newest),
      )
      return result === null ? superseded : this.end('done', { ok: true, value: result })
    } catch (cause) {
      return ticket === this.newest ? this.end('failed', crashed(cause)) : crashed(cause)
    }
  }

  /** Frees the workers at once. */
  cancel(): void {
    this.newest++
    this.trainings?.cancel()
    this.trainings = null
    if (this.status?.state === 'running') this.tell({ ...this.status, state: 'cancelled' })
  }

  private end(state: 'done' | 'failed', outcome: Outcome<WalkResult>): Outcome<WalkResult> {
    this.trainings = null
    if (this.status !== null) this.tell({ ...this.status, state, message: outcome.ok ? '' : outcome.message })
    return outcome
  }

  /** A sentence where the spec cannot be run. */
  private prepare(spec: WalkSpec): Prepared | string {
    const loaded = this.given.loaded()
    if (loaded === null) return 'There are no prices yet. Load a price file first.'
    const { panel, calendar } = loaded
    const scope = scopeOf(panel.panel, spec.request)
    if (typeof scope === 'string') return scope
    if (spec.objective === 'alpha' && scope.benchmark < 0)
      return 'Alpha needs a benchmark: choose one, or optimise something else.'
    const system = systemOf(spec.request.system)
    const { first, last } = scope.range
    const problem = walkProblem(last - first + 1, spec)
    if (problem !== null) return problem
    const folds = walkWindows(last - first + 1, spec)
    try {
      const plan = new SweepPlan(spec, system.onlyRules)
      if (plan.total * folds.length > mostCombinations) {
        const [total, most] = [plan.total * folds.length, mostCombinations].map((n) =>
          n.toLocaleString('en-US'),
        )
        return `${folds.length} trainings of ${plan.total.toLocaleString('en-US')} combinations are ${total} backtests, more than the ${most} of one walk-forward. Take larger steps, fewer parameters, or longer test windows.`
      }
      const windows = folds.map(({ train }, fold): Window => {
        const leftOut = embargoedDays(folds, fold, spec.embargo)
        return {
          range: { first: first + train.first, last: first + train.last },
          split: train.last - train.first + 1,
          ...(leftOut && { leftOut }),
        }
      })
      return { spec, plan, system, panel, calendar, scope, folds, windows }
    } catch (cause) {
      if (cause instanceof RangeError) return cause.message
      throw cause
    }
  }

  private train({ spec, plan, panel, calendar, scope, windows }: Prepared): Promise<Outcome<Choice[]>> {
    const { workers, create, keep } = this.given
    const folds = windows.length
    const trainings = new Trainings({
      setup: { market: taskMarket(panel, calendar, scope, canShare()), spec, windows },
      combinations: plan.total,
      objective: spec.objective,
      workers,
      create,
      keep,
      moved: () => {
        const { done, total } = trainings
        const fold = Math.min(folds, Math.floor(done / plan.total) + 1)
        this.tellSoon({ state: 'running', fold, folds, done, total, message: '' })
      },
    })
    this.trainings = trainings
    this.tell({ state: 'running', fold: 1, folds, done: 0, total: trainings.total, message: '' })
    return trainings.made
  }

  /** Trades every test window with what its training chose; null when told to stop. */
  private async trade(prepared: Prepared, choices: Choice[], breathe: Breathe): Promise<WalkResult | null> {
    const { spec, plan, system, panel, scope, folds, windows } = prepared
    const { dates } = panel.panel
    const { first } = scope.range
    const inputs: Inputs = {
      panel: panel.panel,
      tradable: scope.tradable,
      signals: panel.signals ?? undefined,
      jet: panel.jet ?? undefined,
      demand: panel.demand ?? undefined,
    }
    const base = spec.request.params
    const all = { first: first + folds[0].test.first, last: first + folds[folds.length - 1].test.last }
    const days = all.last - all.first + 1
    const before = { first: all.first - 1, last: all.last }
    const benchmark =
      scope.benchmark < 0 ? null : benchmarkValues(panel.panel, scope.benchmark, before, 1).values
    const benchmarkReturns = benchmark === null ? null : returnsOf(benchmark)
    /** [1 + days] in money; the first is what is there before the first day. */
    const money = new Float64Array(1 + days)
    money[0] = system.rules(base).capital
    const found: WalkFold[] = []
    for (let k = 0; k < folds.length; k++) {
      if (!(await breathe())) return null
      const { train, test } = folds[k]
      const { chosen, tried } = choices[k]
      const values = chosen === null ? null : plan.valuesOf(chosen.index)
      const params = values === null ? null : { ...base, ...values }
      const at = test.first - folds[0].test.first
      const range = { first: first + test.first, last: first + test.last }
      const { equity, trades } = tradeFold(system, inputs, params, base, range, money[at])
      money.set(equity, at + 1)
      found.push({
        trainFrom: dates[first + train.first],
        trainTo: dates[first + train.last],
        testFrom: dates[range.first],
        testTo: dates[range.last],
        params: values ?? {},
        promised: chosen === null ? noNumbers : promiseOf(chosen.metrics, countedReturns(windows[k])),
        got: numbersOf(
          returnsOf(money.subarray(at, at + 1 + equity.length)),
          benchmarkReturns?.subarray(at, at + equity.length) ?? null,
          system.rules(params ?? base).cashRate ?? 0,
          trades,
        ),
        tried,
      })
    }
    const returns = returnsOf(money)
    const riskFree = system.rules(base).cashRate ?? 0
    const trades = found.reduce((sum, fold) => sum + fold.got.trades, 0)
    const got = numbersOf(returns, benchmarkReturns, riskFree, trades)
    const excess = excessReturns(returns, benchmarkReturns, riskFree)
    const sharpe = got.sharpe / Math.sqrt(daysPerYear)
    const odds = await this.charge(prepared, trialOf(prepared, all, excess, sharpe), breathe)
    if (odds === null) return null
    const intervals = await dailyIntervals(returns, benchmarkReturns, riskFree, spec.request.seed, breathe)
    if (intervals === null) return null
    const promisedMean = meanOf(found.map(({ promised }) => promised))
    return {
      spec,
      folds: found,
      dates: dates.slice(all.first, all.last + 1),
      equity: money.slice(1).map((value) => value / money[0]),
      promised: promiseLine(
        found.map(({ promised }, k) => ({
          days: folds[k].test.last - folds[k].test.first + 1,
          annualReturn: promised.annualReturn,
        })),
      ),
      benchmark: benchmark?.slice(1) ?? new Float64Array(0),
      got,
      promisedMean,
      efficiency: efficiencyOf(got, promisedMean),
      ...odds,
      sharpeInterval: intervals.sharpe,
    }
  }

  /** Charges the stitched series as one more trial; null when told to stop. */
  private async charge(
    { calendar }: Prepared,
    trial: Trial,
    breathe: Breathe,
  ): Promise<{ pValue: number; trials: number } | null> {
    await this.given.remembered
    const resampler = await this.given.resampler(calendar, breathe)
    if (resampler === null) return null
    const { keep } = this.given
    const charged = keep.add(trial, resampler)
    return { pValue: keep.family.pValue(charged), trials: keep.family.trials }
  }

  private tellSoon(status: WalkStatus): void {
    this.status = status
    this.tellTimer ??= setTimeout(() => this.tell(this.status!), tellEvery)
  }

  private tell(status: WalkStatus): void {
    clearTimeout(this.tellTimer)
    this.tellTimer = undefined
    this.status = status
    this.given.tell(status)
  }
}

/** Daily returns of a window that count. */
function countedReturns({ range, leftOut }: Window): number {
  const all = range.last - range.first
  return leftOut === undefined ? all : all - leftOut.subarray(1).reduce((sum, out) => sum + out, 0)
}

/** The stitched series as one thing that was tried; `days` are days of the panel. */
function trialOf(
  { spec, panel }: Prepared,
  days: { first: number; last: number },
  excess: Float64Array,
  sharpe: number,
): Trial {
  const { request, axes, design, train, test, anchored, gap, embargo, objective } = spec
  const { dates } = panel.panel
  const walk = JSON.stringify([axes, design, train, test, anchored, gap, embargo, objective])
  const run = runKey(request.system, panel.contents, dates[days.first], dates[days.last])
  return {
    id: trialId(toggled(withParams(run, request.params), paramKey('walk-forward', walk))),
    against: request.benchmark ?? '',
    firstDay: days.first,
    excess,
    sharpe,
  }
}

/** Handles waiting messages every few milliseconds of work. */
function breathing(wanted: () => boolean): Breathe {
  let since = performance.now()
  return async () => {
    if (performance.now() - since > breath) {
      await pause()
      since = performance.now()
    }
    return wanted()
  }
}
