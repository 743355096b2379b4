import { landingState } from '../../state/appState.ts'
import { encodeLink } from '../../state/link.ts'

const made = new Map<string, string>()

/** The fragment that opens the guide by itself, for another tab; a click in this one keeps what is set here. */
export function guideAddress(entry: string): string {
  let address = made.get(entry)
  if (address === undefined) {
    address = encodeLink({ ...landingState(), view: 'guide', guide: entry })
    made.set(entry, address)
  }
  return address
}
