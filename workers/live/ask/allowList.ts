import { AskFailed } from '../contract.ts'

const ownMachine = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Why no request may ever go to an address, in a sentence; '' = it may. */
export function problemOfAddress(address: string): string {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return `${address || 'The empty text'} is no address. Give a whole one, such as https://example.com/data.json.`
  }
  if (url.username !== '' || url.password !== '')
    return `The address at ${url.host} holds a user name or password. Give them as keys.`
  if (url.protocol === 'https:') return ''
  if (url.protocol === 'http:' && ownMachine.has(url.hostname)) return ''
  return `${url.protocol}//${url.host} is not encrypted. Only https is asked, and http on this machine (localhost).`
}

/** Origins that requests really go to: the relay alone where one is used. */
export function reachedOrigins(own: readonly string[], relay: string): string[] {
  if (relay !== '') return [new URL(relay).origin]
  return [...new Set(own)].sort()
}

export function sameOrigins(a: readonly string[], b: readonly string[]): boolean {
  const all = new Set(a)
  return all.size === new Set(b).size && b.every((origin) => all.has(origin))
}

/** What one feed may reach while it is on: every request goes through `addressFor`, and none after `revoke`. */
export class Pass {
  private readonly stop = new AbortController()

  constructor(
    private readonly own: readonly string[],
    private readonly relay: string,
  ) {}

  /** Ends requests under way, too. */
  get signal(): AbortSignal {
    return this.stop.signal
  }

  revoke(): void {
    this.stop.abort()
  }

  /** Where a request for `url` goes; throws where it may not. */
  addressFor(url: string): string {
    if (this.stop.signal.aborted) throw refused('The source is off, so nothing is asked.')
    const problem = problemOfAddress(url)
    if (problem !== '') throw refused(problem)
    const { origin } = new URL(url)
    if (!this.own.includes(origin))
      throw refused(`${origin} is none of the addresses that this source was turned on for.`)
    if (this.relay === '') return url
    const problemOfRelay = problemOfAddress(this.relay)
    if (problemOfRelay !== '') throw refused(`The relay: ${problemOfRelay}`)
    const address = this.relay + encodeURIComponent(url)
    // A relay such as https://relay.example joined with an address would be another host.
    if (new URL(address).origin !== new URL(this.relay).origin)
      throw refused('The relay must end in a path or a question, such as https://relay.example/?url=.')
    return address
  }
}

const refused = (message: string) => new AskFailed('not-allowed', message)
