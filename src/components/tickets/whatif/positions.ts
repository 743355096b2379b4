import type { NumberSpec, Params, SystemInfo } from '../../../../workers/systems/api.ts'
import { conflictOf } from '../../form/conflicts.ts'
import { inUse } from '../../../../workers/systems/api.ts'

/** Values tried over the range of a parameter, about. */
const positions = 24
/** A range over more than this factor is cut into equal factors. */
const wide = 50

/** The numbers that decide what a signal is, with these parameters. */
export function movable({ params: specs }: SystemInfo, params: Params): [string, NumberSpec][] {
  return Object.entries(specs).filter(
    (entry): entry is [string, NumberSpec] =>
      entry[1].kind === 'number' &&
      (entry[1].group === 'Signals' || entry[1].group === 'Confidence') &&
      inUse(entry[1], params),
  )
}

/** Values over the whole range of a parameter, ascending, on its steps; the present one is among them. */
export function positionsOf(info: SystemInfo, params: Params, name: string): number[] {
  const spec = info.params[name]
  if (spec?.kind !== 'number') return []
  const { min, max, step } = spec
  const geometric = min > 0 && max / min >= wide
  const snapped = (value: number): number =>
    Math.min(max, Math.max(min, Number((min + Math.round((value - min) / step) * step).toPrecision(12))))
  const values = Array.from({ length: positions + 1 }, (_, i) =>
    geometric
      ? Number((min * (max / min) ** (i / positions)).toPrecision(2))
      : snapped(min + ((max - min) * i) / positions),
  )
  const all = [...values, params[name] as number]
    .filter((value) => value >= min && value <= max)
    .map((value) => (spec.integer ? Math.round(value) : value))
    .filter((value) => conflictOf(info, params, name, value) === null)
  return [...new Set(all)].sort((a, b) => a - b)
}
