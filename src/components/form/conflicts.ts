import { inUse } from '../../../workers/systems/api.ts'
import type { AnyParamSpec, Params, SystemInfo } from '../../../workers/systems/api.ts'
import { inWords } from './paramText.ts'

const counts = (spec: AnyParamSpec | undefined, params: Params, value: unknown): boolean =>
  spec?.kind === 'number' && inUse(spec, params) && !(spec.zeroIsOff && value === 0)

/** Why a value cannot stand beside the others (a fast average that is slower than the slow one), or null. */
export function conflictOf(info: SystemInfo, params: Params, name: string, value: number): string | null {
  for (const { smaller, larger } of info.orderings) {
    if (name !== smaller && name !== larger) continue
    const other = name === smaller ? larger : smaller
    const spec = info.params[other]
    const against = params[other]
    if (!counts(info.params[name], params, value) || !counts(spec, params, against)) continue
    if (spec?.kind !== 'number' || typeof against !== 'number') continue
    if (name === smaller ? value < against : value > against) continue
    const side = name === smaller ? 'below' : 'above'
    return `Has to stay ${side} “${spec.label}” (${inWords(spec, against)}).`
  }
  return null
}
