import { mostCombinations } from '../../workers/backtest/api.ts'
import type { Axis, Design, RunRequest, SweepMetric, SweepSpec } from '../../workers/backtest/api.ts'
import { breaks, inForce, systemInfos } from '../../workers/systems/api.ts'
import type {
  AnyParamSpec,
  Ordering,
  Params,
  ParamValue,
  SystemId,
  SystemInfo,
} from '../../workers/systems/api.ts'

/** A swept parameter as a person writes it down: a number from, to and by steps of, or the values of a choice. */
export type AxisPlan =
  { param: string; from: number; to: number; step: number } | { param: string; values: (string | boolean)[] }

/** A sweep as a person set it up; travels in the link. */
export interface SweepPlan {
  system: SystemId
  axes: AxisPlan[]
  design: Design
  metric: SweepMetric
  /** What a cell of the map shows of the combinations behind it. */
  show: 'best' | 'median'
  /** Parameters drawn across and up; null = the first that is free. */
  x: string | null
  y: string | null
}

export const mostAxes = 6
/** Values of one axis of choices, and of one axis of numbers. */
export const mostChoices = 20
export const mostSteps = 10_000
/** Combinations gone through to count the impossible ones while a person types. */
const mostCounted = 250_000

export function defaultSweepPlan(): SweepPlan {
  return {
    system: 'options',
    axes: [
      { param: 'averageFast', from: 5, to: 100, step: 5 },
      { param: 'averageSlow', from: 50, to: 300, step: 10 },
    ],
    design: { kind: 'grid' },
    metric: 'sharpe',
    show: 'best',
    x: null,
    y: null,
  }
}

export function systemInfoOf(system: SystemId): SystemInfo {
  return systemInfos.find(({ id }) => id === system) ?? systemInfos[0]
}

/** Number of values without making them; a range that goes nowhere has none. */
export function stepsOf(axis: AxisPlan): number {
  if ('values' in axis) return axis.values.length
  if (!(axis.step > 0) || !(axis.to >= axis.from)) return 0
  return Math.floor((axis.to - axis.from) / axis.step + 1e-9) + 1
}

/** The values of the axis, those of numbers ascending; no rounding of a long addition gets into them. */
export function axisValues(axis: AxisPlan): ParamValue[] {
  if ('values' in axis) return [...axis.values]
  return Array.from({ length: stepsOf(axis) }, (_, i) => Number((axis.from + i * axis.step).toPrecision(12)))
}

/** A range around the present value of about a dozen steps, or every value of a choice. */
export function axisAround(param: string, spec: AnyParamSpec, now: ParamValue): AxisPlan {
  if (spec.kind === 'boolean') return { param, values: [false, true] }
  if (spec.kind === 'choice') return { param, values: spec.options.map(({ value }) => value) }
  const middle = typeof now === 'number' && now !== 0 ? now : spec.min + (spec.max - spec.min) / 8
  const low = Math.max(spec.min, Math.min(middle * 0.5, middle * 1.5))
  // A small count has no half of itself to each side.
  const high = Math.min(spec.max, Math.max(middle * 0.5, middle * 1.5, low + 2 * spec.step))
  const steps = Math.max(1, Math.round((high - low) / 10 / spec.step))
  const step = Number((steps * spec.step).toPrecision(12))
  const from = Number((spec.min + Math.ceil((low - spec.min) / spec.step - 1e-9) * spec.step).toPrecision(12))
  const count = Math.max(0, Math.floor((high - from) / step + 1e-9))
  return { param, from, to: Number((from + count * step).toPrecision(12)), step }
}

/** The axes for another system: those that both have stay, and at least two are there to begin with. */
export function axesFor(before: AxisPlan[], info: SystemInfo, params: Params): AxisPlan[] {
  const axes = before.filter(({ param }) => Object.hasOwn(info.params, param))
  // Not every system has one stop and one target.
  const numbers = Object.keys(info.params).filter(
    (param) => info.params[param].kind === 'number' && inForce(info, params, param),
  )
  for (const param of ['stop', 'target', ...numbers]) {
    if (axes.length >= 2) break
    if (Object.hasOwn(info.params, param) && !axes.some((axis) => axis.param === param))
      axes.push(axisAround(param, info.params[param], params[param]))
  }
  return axes
}

export function planFor(plan: SweepPlan, info: SystemInfo, params: Params): SweepPlan {
  return { ...plan, system: info.id, axes: axesFor(plan.axes, info, params), x: null, y: null }
}

/** Why the axis cannot be run, in a sentence; null where it can. */
export function axisProblem(info: SystemInfo, axis: AxisPlan): string | null {
  const spec = info.params[axis.param]
  if (!spec) return `${info.name} has no parameter “${axis.param}”.`
  if ('values' in axis) {
    return axis.values.length === 0 ? `Choose at least one value of “${spec.label}”.` : null
  }
  if (axis.from > axis.to) return `“${spec.label}” has to begin below its end.`
  if (stepsOf(axis) > mostSteps) return `“${spec.label}” has more than 10,000 values: take a larger step.`
  return null
}

export interface PlanSize {
  /** Of all combinations of the axes. */
  grid: number
  /** Of the design: what is run or found to be impossible. */
  total: number
  /** Combinations of these that break a rule between parameters; NaN where counting would take too long. */
  impossible: number
  /** A Latin hypercube draws some of the grid, so that its impossible ones are an estimate. */
  exact: boolean
}

/** Counted without making the combinations: only axes that are tied by a rule are gone through together. */
export function sizeOf(
  info: SystemInfo,
  params: Params,
  { axes, design }: Pick<SweepPlan, 'axes' | 'design'>,
): PlanSize {
  const grid = axes.reduce((product, axis) => product * stepsOf(axis), 1)
  const total = design.kind === 'grid' ? grid : design.count
  const share = possibleShare(info, params, axes)
  const possible = Math.round(total * share)
  return { grid, total, impossible: total - possible, exact: design.kind === 'grid' }
}

/** Share of the grid that breaks no rule. Axes that no rule ties are independent, so shares of groups multiply. */
function possibleShare(info: SystemInfo, params: Params, axes: AxisPlan[]): number {
  let share = 1
  for (const { orderings, members } of tiedGroups(info, axes)) {
    const values = members.map((axis) => axisValues(axis))
    const size = values.reduce((product, list) => product * list.length, 1)
    if (size > mostCounted) return NaN
    const trial = { ...params }
    let broken = 0
    for (let i = 0; i < size; i++) {
      let rest = i
      for (let a = members.length - 1; a >= 0; a--) {
        trial[members[a].param] = values[a][rest % values[a].length]
        rest = Math.floor(rest / values[a].length)
      }
      if (orderings.some((ordering) => breaks(info, trial, ordering))) broken++
    }
    if (size > 0) share *= 1 - broken / size
  }
  return share
}

interface TiedGroup {
  orderings: Ordering[]
  members: AxisPlan[]
}

function tiedGroups(info: SystemInfo, axes: AxisPlan[]): TiedGroup[] {
  let groups: TiedGroup[] = []
  for (const ordering of info.orderings) {
    const pair = [ordering.smaller, ordering.larger]
    const matters = new Set([...pair, ...pair.map((name) => info.params[name]?.onlyWhen?.param)])
    const members = axes.filter(({ param }) => matters.has(param))
    const touching = groups.filter((group) => group.members.some((axis) => members.includes(axis)))
    groups = groups.filter((group) => !touching.includes(group))
    groups.push({
      orderings: [...touching.flatMap((group) => group.orderings), ordering],
      members: [...new Set([...touching.flatMap((group) => group.members), ...members])],
    })
  }
  return groups
}

const whole = new Intl.NumberFormat('en-US')

/** Why the sweep cannot be run and what to do, in a sentence; null where it can. */
export function planProblem(
  info: SystemInfo,
  params: Params,
  plan: Pick<SweepPlan, 'axes' | 'design'>,
): string | null {
  if (plan.axes.length === 0) return 'Add a parameter to sweep.'
  for (const axis of plan.axes) {
    const problem = axisProblem(info, axis)
    if (problem) return problem
  }
  const { total, grid, impossible } = sizeOf(info, params, plan)
  if (total > mostCombinations) {
    const most = whole.format(mostCombinations)
    return plan.design.kind === 'grid'
      ? `${whole.format(total)} combinations are more than a sweep can hold (${most}): take larger steps, leave out a parameter, or draw some of them with a Latin hypercube.`
      : `A sweep holds at most ${most} combinations: draw fewer.`
  }
  if (plan.design.kind === 'latin' && total > grid)
    return `There are only ${whole.format(grid)} combinations to draw from: draw fewer, or run the grid.`
  if (grid > 0 && impossible >= total)
    return 'Every combination breaks a rule between parameters, such as a fast average slower than the slow one: change a range.'
  return null
}

/** The models that are swept, as the parameter of Jet names them; undefined = that of the other parameters. */
export function modelsOf({ axes }: Pick<SweepPlan, 'axes'>): ParamValue[] | undefined {
  const axis = axes.find(({ param }) => param === 'model')
  return axis && axisValues(axis)
}

/** What the worker is asked to run. */
export function specOf({ axes, design }: Pick<SweepPlan, 'axes' | 'design'>, request: RunRequest): SweepSpec {
  return {
    request,
    axes: axes.map((axis): Axis => ({ param: axis.param, values: axisValues(axis) })),
    design,
  }
}

/** The axes that are drawn: those asked for where the sweep has them, else the first that are free. */
export function drawnAxes(
  params: string[],
  { x, y }: Pick<SweepPlan, 'x' | 'y'>,
): { x: string; y: string | null } {
  const across = x !== null && params.includes(x) ? x : (params.find((param) => param !== y) ?? params[0])
  const up = y !== null && y !== across && params.includes(y) ? y : params.find((param) => param !== across)
  return { x: across, y: up ?? null }
}
