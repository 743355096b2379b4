import { problemOfAddress, sameOrigins } from './ask/allowList.ts'
import type { Secrets } from './contract.ts'
import type { FeedRun } from './feedRun.ts'
import { Refused } from './outcome.ts'

/**
 * The keys to be used, if the person was shown where requests go. Throws `Refused` where that is not so, or where a
 * key is missing.
 *
 * @param reached origins that requests of the feed go to
 * @param shown origins that the person agreed to
 */
export function agreedKeys(
  { adapter, feed, secrets: held }: FeedRun,
  reached: readonly string[],
  shown: readonly string[],
  given: Secrets,
): Secrets {
  if (reached.length === 0)
    throw new Refused('settings', adapter.problem(feed.settings) || 'It has no address.')
  if (!sameOrigins(reached, shown))
    throw new Refused(
      'origins',
      `Requests would go to ${reached.join(' and ')}, not to ${shown.join(' and ') || 'nowhere'} as was shown. ` +
        'Look at it again.',
    )
  for (const origin of reached) {
    const problem = problemOfAddress(origin)
    if (problem !== '') throw new Refused('address', problem)
  }
  const keys = Object.fromEntries(Object.entries({ ...held, ...given }).filter(([, secret]) => secret !== ''))
  for (const field of adapter.info.fields) {
    const { onlyWhen } = field
    const asked = !onlyWhen || feed.settings[onlyWhen.field] === onlyWhen.equals
    if (field.kind === 'secret' && field.required && asked && !keys[field.name])
      throw new Refused('key', `${field.label} is missing. Type it in.`)
  }
  return keys
}

/** Throws `Refused` where an address cannot be a relay; '' = none is used. */
export function demandRelay(relay: string): void {
  if (relay === '') return
  const problem = problemOfAddress(relay)
  if (problem !== '') throw new Refused('relay', `The relay: ${problem}`)
  if (!/[/=?]$/.test(relay))
    throw new Refused('relay', 'The relay must end where the address is to be added: in “/”, “?” or “=”.')
}
