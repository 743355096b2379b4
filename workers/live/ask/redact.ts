import type { Secrets } from '../contract.ts'

/** A message without the keys of a feed, however they were written into an address. */
export function redact(message: string, secrets: Secrets): string {
  let text = message
  for (const secret of Object.values(secrets)) {
    if (secret === '') continue
    const twice = encodeURIComponent(encodeURIComponent(secret))
    const written = [
      secret,
      encodeURIComponent(secret),
      twice,
      new URLSearchParams({ '': secret }).toString().slice(1),
    ]
    for (const form of written) text = text.replaceAll(form, '•••')
  }
  return text
}
