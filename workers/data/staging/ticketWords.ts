/** Words by topic; whole words, case-folded. Trouble on the left of the ledger, use on the right. */
export const ticketWords: { negative: Record<string, string[]>; positive: Record<string, string[]> } = {
  negative: {
    billing: ['billing', 'overcharged', 'charged twice', 'refund', 'invoice wrong'],
    'data loss': ['data loss', 'lost data', 'corrupt', 'corrupted', 'corruption', 'deleted data'],
    login: ['cannot log in', "can't log in", 'login fails', 'login failed', 'locked out', 'unauthorized'],
    outage: ['outage', 'down', 'unavailable', 'not responding', 'timeout', 'timed out'],
    performance: ['slow', 'lag', 'hang', 'hangs', 'freeze', 'freezes', 'memory leak', 'high cpu'],
    security: ['security', 'vulnerability', 'cve', 'breach', 'exploit'],
    failure: [
      'bug',
      'crash',
      'crashes',
      'crashed',
      'broken',
      'fails',
      'failed',
      'failure',
      'error',
      'panic',
      'regression',
      'exception',
      'stopped working',
      "doesn't work",
      'does not work',
      'not working',
      'unable to',
    ],
  },
  positive: {
    'how-to': ['how to', 'how do i', 'how can i', 'documentation', 'docs', 'tutorial', 'example'],
    integration: ['integration', 'integrate', 'plugin', 'webhook', 'sdk', 'api support'],
    migration: ['migration', 'migrate', 'migrating', 'upgrade to', 'switching from', 'onboarding'],
    'new feature': [
      'feature request',
      'new feature',
      'feature',
      'enhancement',
      'support for',
      'add support',
      'allow',
      'request',
    ],
  },
}

export type Mood = 'negative' | 'positive' | 'neutral'

/** Matches a text against the words: the mood is that of the side with more of them; a tie is trouble. */
export function moodReader(words = ticketWords): (text: string) => { mood: Mood; matched: string[] } {
  const [negative, positive] = [words.negative, words.positive].map((topics) =>
    matcher(Object.values(topics).flat()),
  )
  return (text) => {
    const folded = text.toLowerCase()
    const bad = negative(folded)
    const good = positive(folded)
    const mood =
      bad.length === 0 && good.length === 0 ? 'neutral' : bad.length >= good.length ? 'negative' : 'positive'
    return { mood, matched: [...bad, ...good] }
  }
}

function matcher(words: string[]): (text: string) => string[] {
  if (words.length === 0) return () => []
  // The longest first, so that “feature request” is found before “feature”.
  const escaped = [...words]
    .sort((a, b) => b.length - a.length)
    .map((w) => w.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${escaped.join('|')})(?![\p{L}\p{N}])`, 'gu')
  return (text) => text.match(pattern) ?? []
}
