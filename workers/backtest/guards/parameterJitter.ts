import { sortedQuantile } from '../../quant/quantiles.ts'
import { Random } from '../../quant/random.ts'
import { breaks, inForce, systemInfos } from '../../systems/api.ts'
import type { SystemInfo } from '../../systems/api.ts'
import type { NumberSpec, Params } from '../../systems/system.ts'
import type { Breathe } from '../breathe.ts'
import type { FinishedRun } from '../engine.ts'
import { alphaOfRerun } from '../rerun.ts'
import { earned, measured, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { percent } from './words.ts'

const draws = 40
const reach = 0.1
const enough = 0.9
/** Random numbers of its own, so that no two guards share their draws. */
const stream = 1_000_001

/** Reruns with every number a little off. Null when told to stop. */
export async function parameterJitterOf(run: FinishedRun, breathe: Breathe): Promise<Measured | null> {
  const { system, inputs, report } = run
  const info = systemInfos.find(({ id }) => id === system.id)!
  const random = new Random(report.request.seed, stream)
  const reruns = new Float64Array(draws)
  for (let i = 0; i < draws; i++) {
    if (!(await breathe())) return null
    const params = jittered(info, report.request.params, random)
    reruns[i] = alphaOfRerun(run, system.signals(inputs, params), system.rules(params))
  }
  reruns.sort()
  const { name, alpha } = earned(run)
  const value = reruns.filter((other) => other > 0).length / draws
  const median = sortedQuantile(reruns, 0.5)
  return measured({
    state: value >= enough ? 'passes' : 'doubt',
    value,
    unit: 'fraction',
    finding: `${value * draws} of ${draws} neighbours earn${where(run)}; their median ${name} is ${percent(median)} a year, here it is ${percent(alpha)}.`,
    rowUnit: 'fraction',
    measured: alpha,
    reruns,
    rows: [
      { label: 'These settings', value: alpha },
      { label: 'Worst neighbour', value: reruns[0] },
      { label: 'Median neighbour', value: median },
      { label: 'Best neighbour', value: reruns[draws - 1] },
    ],
  })
}

/**
 * Every number that is in force moved by as many of its steps as fit into 10 %, at least one, within its limits. Pairs that would change their order stay as they were.
 */
export function jittered(info: SystemInfo, params: Params, random: Random): Params {
  const moved = { ...params }
  for (const [name, spec] of Object.entries(info.params)) {
    const value = params[name]
    if (spec.kind !== 'number' || typeof value !== 'number' || !inForce(info, params, name)) continue
    moved[name] = nearby(value, spec, random)
  }
  for (let i = 0; i < info.orderings.length; i++) {
    for (const ordering of info.orderings) {
      if (!breaks(info, moved, ordering)) continue
      moved[ordering.smaller] = params[ordering.smaller]
      moved[ordering.larger] = params[ordering.larger]
    }
  }
  return moved
}

function nearby(value: number, { min, max, step, zeroIsOff }: NumberSpec, random: Random): number {
  if (value === 0) return 0
  // The rounding of the quotient must not cost a step.
  const most = Math.max(1, Math.floor((reach * Math.abs(value)) / step + 1e-9))
  const moved = value + (random.below(2 * most + 1) - most) * step
  // A rule that is on stays on.
  const least = zeroIsOff ? Math.max(min, Math.min(value, step)) : min
  return Number(Math.min(max, Math.max(least, moved)).toPrecision(12))
}
