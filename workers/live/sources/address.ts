import { problemOfAddress } from '../ask/allowList.ts'

/** Hosts of one's own network: the loopback, private ranges, names that end in .local. */
const own =
  /^(localhost|127(\.\d+){3}|\[::1\]|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|[\w-]+\.local)$/i

/** The address; null where the text is none that may be asked. */
export function addressOf(text: string): URL | null {
  return problemOfAddress(text) === '' ? new URL(text) : null
}

/** Whether the host is in the person’s own network, so that no public service has to be spared. */
export function isOwnHost(url: URL): boolean {
  return own.test(url.hostname)
}

/** What is wrong with an address, '' = nothing. */
export function addressProblem(text: string, example: string): string {
  return text === '' ? `Type the address, such as ${example}.` : problemOfAddress(text)
}
