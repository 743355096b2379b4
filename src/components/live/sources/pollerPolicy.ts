/** What the host lets the poller reach, as far as the page can tell. */
export type PollerPolicy =
  /** The host sends the poller a policy of its own. */
  | { kind: 'sent'; reaches: string }
  /** The host sends none, or one under which it could not ask anybody. */
  | { kind: 'none' }
  | { kind: 'closed' }
  | { kind: 'unknown' }

/** What the header of the poller’s own file says. */
export function pollerPolicyOf(header: string | null): PollerPolicy {
  const connect = header
    ?.split(';')
    .map((directive) => directive.trim())
    .find((directive) => /^connect-src\s/i.test(directive))
  if (connect === undefined) return { kind: 'none' }
  const reaches = connect.replace(/^connect-src\s+/i, '')
  return /(^|\s)https:(\s|$)/.test(reaches) ? { kind: 'sent', reaches } : { kind: 'closed' }
}

/** The sentence of the page. */
export function policyWords(policy: PollerPolicy): string {
  switch (policy.kind) {
    case 'sent':
      return `The server of this page sends the poller a policy of its own (${policy.reaches}): the browser lets the poller, and nothing else of the page, reach other servers. Within the poller, only the addresses of the sources that you turned on are let through.`
    case 'none':
      return 'The server of this page sends no policy for the poller, as development servers and some hosts do. That the poller asks only the sources you turned on is then kept by its own list of addresses alone, and not by the browser as well.'
    case 'closed':
      return 'The server of this page sends the poller the strict policy of the page, so the browser will block every request to a source. The file “_headers” that comes with the page holds the headers to send.'
    case 'unknown':
      return 'Whether the server of this page sends a policy for the poller could not be found out. The poller keeps to its own list of addresses in any case.'
  }
}
