import {
  customClaims,
  customName,
  customOrderings,
  customParams,
  customReasons,
  customSummary,
} from './customParams.ts'
import { jetClaims, jetName, jetOrderings, jetParams, jetReasons, jetSummary } from './jetParams.ts'
import {
  optionsClaims,
  optionsName,
  optionsOrderings,
  optionsParams,
  optionsReasons,
  optionsSummary,
} from './optionsParams.ts'
import type { Ordering } from './riskParams.ts'
import {
  ticketsClaims,
  ticketsName,
  ticketsOrderings,
  ticketsParams,
  ticketsReasons,
  ticketsSummary,
} from './ticketsParams.ts'
import type { AnyParamSpec, Claim, Condition, ParamValue, Params, SystemId, TableName } from './system.ts'

export type {
  AnyParamSpec,
  BooleanSpec,
  ChoiceSpec,
  Claim,
  ClaimMetric,
  NumberSpec,
  ParamValue,
  Params,
  SystemId,
  TableName,
  Unit,
} from './system.ts'
export type { Ordering } from './riskParams.ts'

/** Everything the page may know of a system: enough for its form, its link and its words, no signal code. */
export interface SystemInfo {
  id: SystemId
  name: string
  /** One sentence. */
  summary: string
  /** In the order of the form. */
  params: Record<string, AnyParamSpec>
  /** Pairs of which the first must stay below the second. */
  orderings: Ordering[]
  tables: TableName[]
  /** What `Signals.reason` points into. */
  reasons: string[]
  claims: Claim[]
}

export type Preset = 'recommended' | 'original'

export const systemInfos: SystemInfo[] = [
  {
    id: 'options',
    name: optionsName,
    summary: optionsSummary,
    params: optionsParams,
    orderings: optionsOrderings,
    tables: ['prices'],
    reasons: optionsReasons,
    claims: optionsClaims,
  },
  {
    id: 'custom',
    name: customName,
    summary: customSummary,
    params: customParams,
    orderings: customOrderings,
    tables: ['prices', 'signals'],
    reasons: customReasons,
    claims: customClaims,
  },
  {
    id: 'jet',
    name: jetName,
    summary: jetSummary,
    params: jetParams,
    orderings: jetOrderings,
    tables: ['prices', 'companies', 'airports', 'aircraft', 'flights', 'events'],
    reasons: jetReasons,
    claims: jetClaims,
  },
  {
    id: 'tickets',
    name: ticketsName,
    summary: ticketsSummary,
    params: ticketsParams,
    orderings: ticketsOrderings,
    tables: ['prices', 'tickets', 'adoption', 'incidents', 'news'],
    reasons: ticketsReasons,
    claims: ticketsClaims,
  },
]

/** A complete set of parameters: every field at the value of the preset. */
export function defaultParams(info: SystemInfo, preset: Preset): Params {
  return Object.fromEntries(Object.entries(info.params).map(([name, spec]) => [name, spec[preset]]))
}

/** The sentence that says why the value cannot be used, or null where it can. */
function problemOf(name: string, spec: AnyParamSpec, value: unknown): string | null {
  const quoted = `“${spec.label}” (${name})`
  switch (spec.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : `${quoted} must be true or false.`
    case 'choice': {
      const allowed = spec.options.map((option) => option.value)
      return typeof value === 'string' && allowed.includes(value)
        ? null
        : `${quoted} must be one of ${allowed.join(', ')}.`
    }
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${quoted} must be a number.`
      if (spec.integer && !Number.isInteger(value)) return `${quoted} must be a whole number.`
      if (value < spec.min || value > spec.max) {
        return `${quoted} must lie between ${spec.min} and ${spec.max}.`
      }
      return null
    }
  }
}

/**
 * Parameters from anywhere (a link, a file, a form), checked field by field. A field that is absent takes
 * its recommended value; one that is unknown or cannot be used does so too, and yields a sentence. Nothing
 * is clamped.
 */
export function validateParams(info: SystemInfo, given: unknown): { params: Params; problems: string[] } {
  const params = defaultParams(info, 'recommended')
  const problems: string[] = []
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    if (given !== undefined && given !== null) {
      problems.push(`The parameters of ${info.name} could not be read; the recommended ones are used.`)
    }
    return { params, problems }
  }
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(info.params, name) ? info.params[name] : undefined
    if (!spec) {
      problems.push(`${info.name} has no parameter “${name.slice(0, 40)}”; it is left out.`)
      continue
    }
    const problem = problemOf(name, spec, value)
    if (problem) problems.push(`${problem} The recommended value is used.`)
    else params[name] = value as ParamValue
  }
  for (const ordering of info.orderings) {
    if (!breaks(info, params, ordering)) continue
    const { smaller, larger } = ordering
    problems.push(
      `“${info.params[smaller].label}” (${smaller}) must be less than “${info.params[larger].label}” ` +
        `(${larger}). The recommended values of both are used.`,
    )
    params[smaller] = info.params[smaller].recommended
    params[larger] = info.params[larger].recommended
  }
  return { params, problems }
}

/** Whether the first parameter of the pair is not below the second although both are in use. */
export function breaks(info: SystemInfo, params: Params, { smaller, larger }: Ordering): boolean {
  return !(params[smaller] < params[larger]) && inForce(info, params, smaller, larger)
}

/** Whether the parameter has a meaning with these. */
export function inUse({ onlyWhen }: AnyParamSpec, params: Params): boolean {
  if (!onlyWhen) return true
  return holds(onlyWhen, params) || (onlyWhen.or !== undefined && holds(onlyWhen.or, params))
}

function holds(condition: Condition, params: Params): boolean {
  const value = params[condition.param]
  return 'equals' in condition ? value === condition.equals : value !== condition.unlike
}

/** Whether both are in use: neither is switched off by its own zero nor by the switch it depends on. */
export function inForce(info: SystemInfo, params: Params, ...names: string[]): boolean {
  return names.every((name) => {
    const spec = info.params[name]
    if (!inUse(spec, params)) return false
    return !(spec.kind === 'number' && spec.zeroIsOff && params[name] === 0)
  })
}
