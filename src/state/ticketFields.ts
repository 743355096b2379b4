import * as v from 'valibot'

/** Characters of all words and topics together, so that they fit a link. */
export const mostWordCharacters = 6_000
const mostTopics = 40
const mostWords = 200

const words = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(60))), v.maxLength(mostWords))
const topics = v.pipe(
  v.record(v.pipe(v.string(), v.minLength(1), v.maxLength(40)), words),
  v.check((given) => Object.keys(given).length <= mostTopics),
)

/** Words by topic as a link or a file carries them. */
export const ticketWordsField = v.pipe(
  v.object({
    language: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
    negative: topics,
    positive: topics,
  }),
  v.check(({ negative, positive }) => charactersOf({ negative, positive }) <= mostWordCharacters),
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
