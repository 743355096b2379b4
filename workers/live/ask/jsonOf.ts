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
  const at = placeOf(text, message)
  if (at >= text.trimEnd().length) return `sent JSON that breaks off after ${length}. It is asked again.`
  const place = at < 0 ? length : `character ${(at + 1).toLocaleString('en-GB')} of ${length}`
  return `sent something that is not JSON (${place}). Check the address; it is asked again.`
}

/** Where the fault is, as far as the engine tells; −1 = it does not. */
function placeOf(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)
  if (position) return Number(position[1])
  // V8 quotes ten characters on either side instead.
  const quoted = /\.\.\."(.*)"\.\.\. is not valid JSON/s.exec(message)
  const at = quoted ? text.indexOf(quoted[1]) : -1
  return at < 0 ? -1 : at + 10
}
