import type { Params, Preset, SystemInfo } from '../../../workers/systems/api.ts'

/** All parameters at the values of the preset. */
export function withPreset(info: SystemInfo, preset: Preset): Params {
  return Object.fromEntries(Object.entries(info.params).map(([name, spec]) => [name, spec[preset]]))
}

/** Names of the parameters that differ from the preset. */
export function changedFrom(info: SystemInfo, params: Params, preset: Preset): string[] {
  return Object.entries(info.params)
    .filter(([name, spec]) => params[name] !== spec[preset])
    .map(([name]) => name)
}

/** The preset that the parameters are exactly; null for neither, and for both. */
export function presetOf(info: SystemInfo, params: Params): Preset | null {
  const recommended = changedFrom(info, params, 'recommended').length === 0
  const original = changedFrom(info, params, 'original').length === 0
  return recommended === original ? null : recommended ? 'recommended' : 'original'
}
