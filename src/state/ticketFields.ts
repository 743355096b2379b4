import * as v from 'valibot'
import { ticketWordsProblem } from '../../workers/data/schema.ts'

/** Characters of all words and topics together, so that they fit a link. */
export const mostWordCharacters = 6_000
const topics = v.record(v.string(), v.array(v.string()))

/** Words by topic as a link or a file carries them. */
export const ticketWordsField = v.pipe(
  v.object({
    language: v.pipe(v.string(), v.nonEmpty(), v.maxLength(40)),
    negative: topics,
    positive: topics,
  }),
  v.check((words) => charactersOf(words) <= mostWordCharacters && ticketWordsProblem(words) === null),
)

/** Weights of products other than 1. */
export const ticketWeightsField = v.pipe(
  v.array(
    v.object({
      symbol: v.pipe(v.string(), v.maxLength(32)),
      product: v.pipe(v.string(), v.maxLength(200)),
      weight: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
    }),
  ),
  v.maxLength(200),
)

export function charactersOf(words: {
  negative: Record<string, string[]>
  positive: Record<string, string[]>
}): number {
  return [words.negative, words.positive]
    .flatMap((topics) => Object.entries(topics).flatMap(([topic, list]) => [topic, ...list]))
    .reduce((sum, text) => sum + text.length, 0)
}
