import * as v from 'valibot'
import { AskFailed } from '../contract.ts'
import { complaintOf } from './refusals.ts'

/** What an answer holds as a whole; throws `AskFailed` of kind `malformed` where it is something else. */
export function wholeAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  host: string,
  what: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer)
  if (result.success) return result.output
  throw new AskFailed(
    'malformed',
    `${host} answered with something else than ${what}: ${complaintOf(result.issues[0])} ` +
      'Try again later; where it stays so, the service has changed or the address is another’s.',
  )
}
