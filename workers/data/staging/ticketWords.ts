import type { TicketWords } from '../api.ts'

/** The words that are used unless a person sets others. Trouble is negative, use is positive. */
export const ticketWords: TicketWords = {
  language: 'English',
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

const mostTopics = 40
const mostWordsOfTopic = 60
const longestWord = 60

/** A sentence on what is wrong with lists of words and what to do about it, the first of them; null = nothing. */
export function ticketWordsProblem({ negative, positive }: TicketWords): string | null {
  const sides = [negative, positive].map((topics) => Object.entries(topics))
  const topics = sides.flat()
  if (topics.length > mostTopics) {
    return `There are ${topics.length} topics; at most ${mostTopics} are read. Join or delete some.`
  }
  for (const [topic, words] of topics) {
    if (topic.trim() === '') return 'A topic has no name. Name it, or delete it with its words.'
    if (words.length > mostWordsOfTopic) {
      return `“${topic}” has ${words.length} words; at most ${mostWordsOfTopic} are read. Delete some, or make two topics of it.`
    }
    for (const word of words) {
      if (word.trim() === '') return `“${topic}” holds an empty word. Delete it.`
      if (word.length > longestWord) {
        return `“${word.slice(0, 20)}…” of “${topic}” is longer than ${longestWord} characters. Shorten it.`
      }
    }
  }
  const [bad, good] = sides.map((side) => new Set(side.flatMap(([, words]) => words.map(folded))))
  if (bad.size + good.size === 0) return 'The lists hold no word, so every ticket would be neutral. Add some.'
  const both = [...bad].find((word) => good.has(word))
  return both === undefined
    ? null
    : `“${both}” is on both sides. Delete it on one of them: a word is either trouble or use.`
}

/** As words are compared: without blanks around, in lower case, every apostrophe a straight one. */
export function folded(text: string): string {
  return text.trim().toLowerCase().replaceAll('’', "'")
}
