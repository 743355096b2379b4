import * as v from 'valibot'

/** Rows that were not understood: how many, and the first of them in words. */
export class Refusals {
  count = 0
  first = ''

  add(sentence: string): void {
    this.count++
    if (this.first === '') this.first = sentence
  }

  /**
   * The row as the schema reads it; null, counted and told where it does not fit.
   * @param place such as “Issue 3”
   * @param names of the fields where a row is a list
   */
  read<Schema extends v.GenericSchema>(
    schema: Schema,
    row: unknown,
    place: string,
    names: readonly string[] = [],
  ): v.InferOutput<Schema> | null {
    const result = v.safeParse(schema, row, { abortEarly: true, abortPipeEarly: true })
    if (result.success) return result.output
    const [issue] = result.issues
    this.add(`${place}: ${complaintOf(issue, names)}`)
    return null
  }
}

/** “field lat should be number, found "north".” */
export function complaintOf(issue: v.BaseIssue<unknown>, names: readonly string[] = []): string {
  const path = (issue.path ?? []).map(({ key }) =>
    typeof key === 'number' ? (names[key] ?? key + 1) : String(key),
  )
  // Of checks, the message says what was expected; of types, the type.
  const expected = issue.kind === 'schema' ? (issue.expected ?? 'something else') : issue.message
  const found = issue.received.length > 60 ? `${issue.received.slice(0, 60)}…` : issue.received
  const field = path.length === 0 ? 'it' : `field ${path.join('.')}`
  return `${field} should be ${expected}, found ${found === 'undefined' ? 'nothing' : found}.`
}
