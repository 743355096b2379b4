import { AskFailed } from '../contract.ts'
import { momentText } from './momentText.ts'

interface Refusal {
  status: number
  header: (name: string) => string | null
}

const dayMs = 86_400_000

/** What an answer that is no answer means, and what to do; null where the status is that of an answer. */
export function failureOf({ status, header }: Refusal, host: string, now: number): AskFailed | null {
  if ((status >= 200 && status < 300) || status === 304) return null
  const after = retryAfter(header, now)
  const until = after === null ? 'later' : `after ${momentText(now + after, now)}, as it asks`
  const limited =
    status === 429 || (status === 403 && (after !== null || header('x-ratelimit-remaining') === '0'))
  if (limited)
    return new AskFailed(
      'limit',
      `${host} allows no more requests (${status}). It is asked again ${until}.`,
      after,
    )
  // Redirects are not followed, because they could lead anywhere; pages see them as status 0.
  if (status === 0 || (status >= 300 && status < 400))
    return new AskFailed(
      'missing',
      `${host} sends on to another address, which is not followed. Give the address that it sends to.`,
    )
  switch (status) {
    case 401:
      return new AskFailed(
        'refused',
        `${host} does not accept the key (401). Check it and turn the source on again.`,
      )
    case 403:
      return new AskFailed(
        'refused',
        `${host} refuses (403): the key lacks the right, or requests like these are not wanted. Check key and terms.`,
      )
    case 404:
    case 410:
      return new AskFailed(
        'missing',
        `${host} has nothing under this address (${status}). Check the settings.`,
      )
  }
  if (status === 408 || status >= 500)
    return new AskFailed('server', `${host} is in trouble (${status}). It is asked again ${until}.`, after)
  return new AskFailed('refused', `${host} does not understand the request (${status}). Check the settings.`)
}

/** Milliseconds that a source asks to be left alone, a day at most; null where it does not say. */
function retryAfter(header: Refusal['header'], now: number): number | null {
  const told = header('retry-after') ?? header('x-rate-limit-retry-after-seconds')
  if (told !== null) {
    const seconds = Number(told)
    const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(told) - now
    if (Number.isFinite(ms)) return Math.min(dayMs, Math.max(0, ms))
  }
  const reset = Number(header('x-ratelimit-reset') ?? NaN)
  if (header('x-ratelimit-remaining') === '0' && Number.isFinite(reset))
    return Math.min(dayMs, Math.max(0, reset * 1000 - now))
  return null
}
