import { AskFailed } from '../contract.ts'

/** JSON of an answer; throws a sentence that says where it ends to be JSON. */
export function jsonOf(text: string, host: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new AskFailed('malformed', `${host} ${fault(text, error instanceof Error ? error.message : '')}`)
  }
}

function fault(text: string, message: string): string {
  const length = `${text.length.toLocaleString('en-GB')} characters`
  if (text.trim() === '') return 'sent an empty answer instead of JSON. It is asked again.'
  if (/^\s*</.test(text)) return 'sent a web page instead of JSON. Check the address.'
  if (/end of (the )?(JSON|data)|unterminated/i.test(message))
    return `sent JSON that breaks off after ${length}. It is asked again.`
  const position = /position (\d+)/.exec(message)
  if (position !== null && Number(position[1]) >= text.trimEnd().length)
    return `sent JSON that breaks off after ${length}. It is asked again.`
  const place = position
    ? `character ${(Number(position[1]) + 1).toLocaleString('en-GB')} of ${length}`
    : length
  return `sent something that is not JSON (${place}). Check the address; it is asked again.`
}
