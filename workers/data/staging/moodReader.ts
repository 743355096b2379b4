import type { TicketMood } from '../../quant/demandTables.ts'
import type { TicketWords } from '../api.ts'
import { folded } from './ticketWords.ts'

/** A word of the lists. */
export interface ListedWord {
  word: string
  topic: string
  mood: 'negative' | 'positive'
}

export interface TextMood {
  mood: TicketMood
  /** In the order of the text. */
  matched: ListedWord[]
}

const letterOrDigit = /[\p{L}\p{N}]/u
const inWordAscii = Uint8Array.from({ length: 128 }, (_, code) =>
  letterOrDigit.test(String.fromCharCode(code)) ? 1 : 0,
)

/**
 * Reads the mood of a text from the lists: whole words (no letter or digit on either side), in lower case, the
 * longest where several begin at the same place, none inside another. The mood is that of the side with more of
 * them; a tie is trouble, and no word at all is neutral. Nothing but the text itself and the lists is looked at.
 */
export function moodReader(words: TicketWords): (text: string) => TextMood {
  const byStart = wordsByStart(words)
  const beginAscii = Array.from({ length: 128 }, (_, code) => byStart.get(code))
  return (text) => {
    const lower = folded(text)
    const matched: ListedWord[] = []
    let bad = 0
    let inside = false
    for (let at = 0; at < lower.length;) {
      const code = lower.charCodeAt(at)
      const candidates = inside ? undefined : code < 128 ? beginAscii[code] : byStart.get(code)
      const found = candidates?.find(({ word }) => stands(lower, word, at))
      if (found) {
        matched.push(found)
        if (found.mood === 'negative') bad++
        at += found.word.length
        inside = isInWord(lower, at - 1)
      } else {
        inside = code < 128 ? inWordAscii[code] === 1 : isInWord(lower, at)
        at++
      }
    }
    const good = matched.length - bad
    return { mood: matched.length === 0 ? 'neutral' : bad >= good ? 'negative' : 'positive', matched }
  }
}

/** The longest first. A word of two topics belongs to the first. */
function wordsByStart(words: TicketWords): Map<number, ListedWord[]> {
  const listed = new Map<string, ListedWord>()
  for (const mood of ['negative', 'positive'] as const) {
    for (const [topic, ofTopic] of Object.entries(words[mood])) {
      for (const each of ofTopic) {
        const word = folded(each)
        if (word !== '' && !listed.has(word)) listed.set(word, { word, topic, mood })
      }
    }
  }
  const byStart = new Map<number, ListedWord[]>()
  for (const one of [...listed.values()].sort((a, b) => b.word.length - a.word.length)) {
    const start = one.word.charCodeAt(0)
    const known = byStart.get(start)
    if (known) known.push(one)
    else byStart.set(start, [one])
  }
  return byStart
}

function stands(text: string, word: string, at: number): boolean {
  if (!text.startsWith(word, at)) return false
  const end = at + word.length
  return end >= text.length || !isInWord(text, end)
}

/** Whether the character at a place is a letter or a digit; halves of a pair count as what the pair is. */
function isInWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return inWordAscii[code] === 1
  const isLowHalf = code >= 0xdc00 && code <= 0xdfff
  return letterOrDigit.test(String.fromCodePoint(text.codePointAt(isLowHalf ? Math.max(0, at - 1) : at) ?? 0))
}
