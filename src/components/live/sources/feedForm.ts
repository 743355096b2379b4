import {
  problemOfAddress,
  type SettingField,
  type Settings,
  type SettingValue,
  type SourceInfo,
} from '../../../../workers/live/api.ts'

/** What is typed into a form: texts, as they stand in the fields. */
export type Typed = Record<string, string>

/** The form as it opens: settings of a feed, else what the source proposes. Keys are never shown again. */
export function typedOf(info: SourceInfo, settings: Settings | null): Typed {
  return Object.fromEntries(
    info.fields.map((field) => [
      field.name,
      field.kind === 'secret' ? '' : String(settings?.[field.name] ?? field.value),
    ]),
  )
}

/** Fields that are asked for, given what is typed. */
export function shownFields(info: SourceInfo, typed: Typed): SettingField[] {
  return info.fields.filter(
    ({ onlyWhen }) => !onlyWhen || (typed[onlyWhen.field] ?? '') === String(onlyWhen.equals),
  )
}

/**
 * What is wrong with one field, in a sentence that says what to do; '' = nothing.
 *
 * @param known the key was given before, so that a blank field leaves it as it is
 */
export function fieldProblem(field: SettingField, text: string, known = false): string {
  const value = text.trim()
  if (value === '') return field.required && !known ? `${field.label} is needed.` : ''
  if (field.kind === 'number') {
    const number = Number(value)
    const unit = field.unit === '' ? '' : ` ${field.unit}`
    return Number.isFinite(number) && number >= field.min && number <= field.max
      ? ''
      : `${field.label} must be a number from ${field.min} to ${field.max}${unit}.`
  }
  return field.kind === 'url' ? problemOfAddress(value) : ''
}

/** Settings and keys as the worker takes them. Fields that are not asked for keep what the source proposes. */
export function settingsOf(
  info: SourceInfo,
  typed: Typed,
): { settings: Settings; secrets: Record<string, string> } {
  const settings: Settings = {}
  const secrets: Record<string, string> = {}
  for (const field of info.fields) {
    const text = (typed[field.name] ?? '').trim()
    if (field.kind === 'secret') secrets[field.name] = text
    else settings[field.name] = valueOf(field, text)
  }
  return { settings, secrets }
}

function valueOf(field: Exclude<SettingField, { kind: 'secret' }>, text: string): SettingValue {
  if (field.kind !== 'number') return text
  return text === '' || !Number.isFinite(Number(text)) ? field.value : Number(text)
}

/** What is set up, in a line: what a person had to give, how often it is asked, and what is not as proposed. */
export function settingsLine(info: SourceInfo, settings: Settings): string {
  return shownFields(info, typedOf(info, settings))
    .flatMap((field) => {
      if (field.kind === 'secret' || field.name.startsWith('column.')) return []
      const value = settings[field.name] ?? field.value
      const often = field.label === 'Ask every'
      if (value === '' || (value === field.value && !field.required && !often)) return []
      if (field.kind === 'choice')
        return [field.options.find((option) => option.value === value)?.label ?? String(value)]
      if (field.kind === 'number') return [`${field.label.toLowerCase()} ${value} ${field.unit}`.trim()]
      return [String(value)]
    })
    .join(', ')
}
