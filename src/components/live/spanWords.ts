const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A length of time in its two largest units: 93_784_000 → “1 d 2 h”; below a second “0 s”. */
export function spanWords(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < minute) return `${Math.round(ms / second)} s`
  if (ms < hour) return `${Math.round(ms / minute)} min`
  const [large, small, one, other] = ms < day ? [hour, minute, 'h', 'min'] : [day, hour, 'd', 'h']
  const smalls = Math.round(ms / small)
  const per = large / small
  const rest = smalls % per
  return `${Math.floor(smalls / per)} ${one}${rest > 0 ? ` ${rest} ${other}` : ''}`
}

/** “3 min ago”, “just now”, “never”. */
export function agoWords(at: number | null, now: number): string {
  if (at === null) return 'never'
  return now - at < 2 * second ? 'just now' : `${spanWords(now - at)} ago`
}

/** “in 12 s”, “now”, “none planned”. */
export function untilWords(at: number | null, now: number): string {
  if (at === null) return 'none planned'
  return at <= now ? 'now' : `in ${spanWords(at - now)}`
}

/** “27 Nov 2026, 14:05” by the person’s own clock. */
export function momentWords(at: number): string {
  return Number.isFinite(at)
    ? new Date(at).toLocaleString('en-GB', {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      })
    : '–'
}
