import type { AnyParamSpec, BooleanSpec, SystemInfo } from '../../../workers/systems/api.ts'

export interface FieldSpec {
  name: string
  spec: AnyParamSpec
  /** Fields that only matter while this switch is on, shown beneath it. */
  details: FieldSpec[]
}

export interface FormGroup {
  name: string
  fields: FieldSpec[]
}

/**
 * The groups of the form in the order of the schema. A group whose every field hangs on one switch of
 * another group becomes the details of that switch.
 */
export function formGroups(info: SystemInfo): FormGroup[] {
  const byName = new Map<string, FieldSpec[]>()
  for (const [name, spec] of Object.entries(info.params)) {
    const fields = byName.get(spec.group) ?? []
    fields.push({ name, spec, details: [] })
    byName.set(spec.group, fields)
  }
  const groups: FormGroup[] = []
  for (const [name, fields] of byName) {
    const owner = ownerOf(fields)
    const field = owner === null ? undefined : [...byName.values()].flat().find((one) => one.name === owner)
    if (field && isSwitch(field.spec) && field.spec.group !== name) field.details = fields
    else groups.push({ name, fields })
  }
  return groups
}

const isSwitch = (spec: AnyParamSpec): spec is BooleanSpec => spec.kind === 'boolean'

function ownerOf(fields: FieldSpec[]): string | null {
  const owner = switchOf(fields[0]?.spec)
  return owner !== null && fields.every(({ spec }) => switchOf(spec) === owner) ? owner : null
}

/** The switch that has to be on for the field to have a meaning. */
function switchOf(spec: AnyParamSpec | undefined): string | null {
  const owner = spec?.onlyWhen
  return owner && 'equals' in owner && owner.equals === true ? owner.param : null
}
