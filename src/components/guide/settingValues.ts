import type { AnyParamSpec, ParamValue } from '../../../workers/systems/api.ts'
import { inWords } from '../form/paramText.ts'

/** A value of a parameter as a person reads it: “8 %”, “on”, “Pessimistic”. */
export function valueWords(spec: AnyParamSpec, value: ParamValue): string {
  switch (spec.kind) {
    case 'number':
      return inWords(spec, Number(value))
    case 'boolean':
      return value === true ? 'on' : 'off'
    case 'choice':
      return `“${spec.options.find((option) => option.value === value)?.label ?? String(value)}”`
  }
}

/** What a parameter may be. */
export function rangeWords(spec: AnyParamSpec): string {
  switch (spec.kind) {
    case 'number':
      return `${inWords(spec, spec.min)} to ${inWords(spec, spec.max)}`
    case 'boolean':
      return 'On or off'
    case 'choice':
      return `One of ${spec.options.map(({ label }) => `“${label}”`).join(', ')}`
  }
}
