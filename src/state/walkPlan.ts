import { mostCombinations, walkProblem, walkWindows } from '../../workers/backtest/api.ts'
import type { Design, RunRequest, WalkSpec } from '../../workers/backtest/api.ts'
import type { Params, SystemId, SystemInfo } from '../../workers/systems/api.ts'
import type { AppState } from './appState.ts'
import { planProblem, sizeOf, specOf, type AxisPlan } from './sweepPlan.ts'

/** A walk-forward as a person set it up; travels in the link. Lengths in trading days. */
export interface WalkPlan {
  system: SystemId
  axes: AxisPlan[]
  design: Design
  train: number
  test: number
  gap: number
  embargo: number
  anchored: boolean
  objective: WalkSpec['objective']
}

/** Longest window, and longest gap and embargo. */
export const mostDays = 5_000
export const mostApart = 500

export const objectives: WalkSpec['objective'][] = ['sharpe', 'totalReturn', 'maxDrawdown', 'alpha']

export function defaultWalkPlan(): WalkPlan {
  return {
    system: 'options',
    axes: [
      { param: 'averageFast', from: 10, to: 50, step: 10 },
      { param: 'averageSlow', from: 100, to: 300, step: 50 },
    ],
    design: { kind: 'grid' },
    train: 504,
    test: 126,
    gap: 5,
    embargo: 0,
    anchored: false,
    objective: 'sharpe',
  }
}

/** What the data has, as the form needs it. */
export interface Calendar {
  from: number
  to: number
  days: number
}

/**
 * First and last epoch day of the period and its trading days: counted where the period is all there is, else from
 * how many there are a year.
 */
export function periodOf({ from, to }: Pick<AppState, 'from' | 'to'>, all: Calendar): Calendar {
  const first = Math.max(from ?? all.from, all.from)
  const last = Math.min(to ?? all.to, all.to)
  const share = (last - first) / Math.max(1, all.to - all.from)
  return { from: first, to: last, days: Math.max(0, Math.round((all.days - 1) * share) + 1) }
}

/** Why the walk-forward cannot be run and what to do, in a sentence; null where it can. */
export function walkPlanProblem(
  info: SystemInfo,
  params: Params,
  plan: WalkPlan,
  days: number,
): string | null {
  const lengths = walkProblem(days, plan)
  if (lengths !== null) return lengths
  const folds = walkWindows(days, plan).length
  const { total } = sizeOf(info, params, plan)
  if (total <= mostCombinations && total * folds > mostCombinations) {
    const [all, most] = [total * folds, mostCombinations].map((n) => n.toLocaleString('en-US'))
    return `${folds} trainings are ${all} backtests together, more than the ${most} of one walk-forward: take larger steps, leave out a parameter, or make the test windows longer.`
  }
  return planProblem(info, params, plan)
}

/** What the worker is asked to run. A split means nothing here: every test window is out of sample. */
export function walkSpecOf(plan: WalkPlan, request: RunRequest): WalkSpec {
  const { train, test, gap, embargo, anchored, objective } = plan
  return {
    ...specOf(plan, { ...request, outOfSampleFrom: null }),
    train,
    test,
    gap,
    embargo,
    anchored,
    objective,
  }
}
