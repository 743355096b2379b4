import type { AnyParamSpec, BooleanSpec, Params, SystemInfo } from '../../../workers/systems/api.ts'

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

/** Whether the field has a meaning with these parameters. */
export function inUse(spec: AnyParamSpec, params: Params): boolean {
  return !spec.onlyWhen || params[spec.onlyWhen.param] === spec.onlyWhen.equals
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
  const owner = fields[0]?.spec.onlyWhen
  if (!owner || owner.equals !== true) return null
  return fields.every(({ spec }) => spec.onlyWhen?.param === owner.param && spec.onlyWhen.equals === true)
    ? owner.param
    : null
}
