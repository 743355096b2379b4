import * as v from 'valibot'
import type { TicketWords } from '../../../../workers/data/api.ts'
import { ticketWords, ticketWordsProblem } from '../../../../workers/data/schema.ts'
import { charactersOf, mostWordCharacters } from '../../../state/ticketFields.ts'

export type Side = 'negative' | 'positive'

/** “slow, memory leak” or one a line → the words, without doubles. */
export function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,\n]/)
        .map((word) => word.trim().toLowerCase())
        .filter(Boolean),
    ),
  ]
}

/** Why lists cannot be used, and what to do; '' where they can. */
export function problemOf(words: TicketWords): string {
  if (words.language.trim() === '') return 'Name the language of the words.'
  const problem = ticketWordsProblem(words)
  if (problem !== null) return problem
  const characters = charactersOf(words)
  return characters > mostWordCharacters
    ? `The lists hold ${characters.toLocaleString('en-US')} characters; a link has room for ${mostWordCharacters.toLocaleString('en-US')}. Leave some words out.`
    : ''
}

/** What the state carries: null where the lists are those that came with the page. */
export function carried(words: TicketWords): TicketWords | null {
  return JSON.stringify(words) === JSON.stringify(ticketWords) ? null : words
}

export function withTopic(words: TicketWords, side: Side, topic: string, list: string[]): TicketWords {
  return { ...words, [side]: { ...words[side], [topic]: list } }
}

export function withoutTopic(words: TicketWords, side: Side, topic: string): TicketWords {
  return {
    ...words,
    [side]: Object.fromEntries(Object.entries(words[side]).filter(([name]) => name !== topic)),
  }
}

const shape = v.object({
  language: v.string(),
  negative: v.record(v.string(), v.array(v.string())),
  positive: v.record(v.string(), v.array(v.string())),
})

/** Lists from a file that this page wrote, or a person. */
export function readWords(text: string): { ok: true; words: TicketWords } | { ok: false; problem: string } {
  const expected =
    'Expected is JSON with “language”, “negative” and “positive”, the last two with lists of words by topic, as “Export” writes it.'
  try {
    const read = v.safeParse(shape, JSON.parse(text))
    if (!read.success) return { ok: false, problem: `The file holds no lists of words. ${expected}` }
    const fold = (topics: Record<string, string[]>): Record<string, string[]> =>
      Object.fromEntries(
        Object.entries(topics).map(([topic, words]) => [topic.trim(), wordsOf(words.join('\n'))]),
      )
    const { language, negative, positive } = read.output
    const words = { language: language.trim(), negative: fold(negative), positive: fold(positive) }
    const problem = problemOf(words)
    return problem ? { ok: false, problem } : { ok: true, words }
  } catch {
    return { ok: false, problem: `The file is not JSON. ${expected}` }
  }
}
