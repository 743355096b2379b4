import * as v from 'valibot'
import { mostCombinations, sweepMetrics } from '../../workers/backtest/api.ts'
import { systemInfos } from '../../workers/systems/api.ts'
import { mostAxes, mostChoices, systemInfoOf, type AxisPlan, type SweepPlan } from './sweepPlan.ts'

const name = v.pipe(v.string(), v.maxLength(60))
const number = v.pipe(v.number(), v.finite())

/** Swept parameters, bounded; whether the system has them is for `paramsFit`. */
export const axesField = v.pipe(
  v.array(
    v.union([
      v.strictObject({ param: name, from: number, to: number, step: number }),
      v.strictObject({
        param: name,
        values: v.pipe(v.array(v.union([v.boolean(), name])), v.maxLength(mostChoices)),
      }),
    ]),
  ),
  v.maxLength(mostAxes),
)

export const designField = v.variant('kind', [
  v.object({ kind: v.literal('grid') }),
  v.object({
    kind: v.literal('latin'),
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostCombinations)),
    seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
  }),
])

/** A sweep in a link: bounded, and about parameters that its system has, at values they may take. */
export const sweepField = v.pipe(
  v.object({
    system: v.picklist(systemInfos.map(({ id }) => id)),
    axes: axesField,
    design: designField,
    metric: v.picklist(sweepMetrics),
    show: v.picklist(['best', 'median']),
    x: v.nullable(name),
    y: v.nullable(name),
  }),
  v.check((plan) => paramsFit(plan)),
)

/** Each axis is of another parameter of the system, at values it may take. */
export function paramsFit({ system, axes }: Pick<SweepPlan, 'system' | 'axes'>): boolean {
  const info = systemInfoOf(system)
  const different = new Set(axes.map(({ param }) => param)).size === axes.length
  return different && axes.every((axis) => Object.hasOwn(info.params, axis.param) && valuesFit(axis, system))
}

function valuesFit(axis: AxisPlan, system: SweepPlan['system']): boolean {
  const spec = systemInfoOf(system).params[axis.param]
  if ('values' in axis) {
    const allowed: (string | boolean)[] =
      spec.kind === 'boolean'
        ? [false, true]
        : spec.kind === 'choice'
          ? spec.options.map(({ value }) => value)
          : []
    return (
      new Set(axis.values).size === axis.values.length &&
      axis.values.every((value) => allowed.includes(value))
    )
  }
  if (spec.kind !== 'number') return false
  const { from, to, step } = axis
  const inside = [from, to].every((value) => value >= spec.min && value <= spec.max)
  return inside && step > 0 && (!spec.integer || [from, to, step].every(Number.isInteger))
}
