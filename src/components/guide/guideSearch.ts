import type { GlossaryEntry } from './glossary.ts'

/** A paragraph, a definition or an item of a list. */
export interface Passage {
  /** Section that it stands in. */
  section: string
  /** Title of the section. */
  title: string
  text: string
}

export interface Hit {
  /** Section or entry to open. */
  to: string
  title: string
  text: string
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()

/** Words of a query, as they are compared. */
export function wordsOf(query: string): string[] {
  return plain(query)
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
}

/**
 * What has all words of the query: terms first, those that begin with it before those that hold it, then passages,
 * one a section, those whose title has a word before the others.
 *
 * @param most hits at most
 */
export function searchGuide(
  entries: readonly GlossaryEntry[],
  passages: readonly Passage[],
  query: string,
  most: number,
): Hit[] {
  const words = wordsOf(query)
  if (words.length === 0) return []
  const has = (text: string) => words.every((word) => text.includes(word))
  const terms = entries
    .filter(({ term }) => has(plain(term)))
    .map(({ id, term, definition }) => ({ to: id, title: term, text: definition }))
    .sort((a, b) => rank(a.title, words) - rank(b.title, words) || a.title.length - b.title.length)
  const sections = new Map<string, Hit & { rank: number }>()
  for (const { section, title, text } of passages) {
    if (!has(plain(`${title} ${text}`)) || !words.some((word) => plain(text).includes(word))) continue
    const found = { to: section, title, text, rank: has(plain(title)) ? 0 : 1 }
    if (!sections.has(section)) sections.set(section, found)
  }
  const places = [...sections.values()].sort((a, b) => a.rank - b.rank)
  // Half of the room is for sections, so that a word of many settings does not hide them.
  const room = Math.max(most - places.length, Math.ceil(most / 2))
  return [...terms.slice(0, room), ...places.map(({ to, title, text }) => ({ to, title, text }))].slice(
    0,
    most,
  )
}

const rank = (title: string, words: string[]): number => (plain(title).startsWith(words[0]) ? 0 : 1)

/** A text in pieces, every second of which matches a word of the query; `around` letters of context. */
export function marked(text: string, query: string, around: number): string[] {
  const words = wordsOf(query).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (words.length === 0) return [text]
  const pattern = new RegExp(`(${words.join('|')})`, 'iu')
  const at = text.search(pattern)
  const from = at > around ? text.indexOf(' ', at - around) + 1 : 0
  const shown =
    (from > 0 ? '… ' : '') +
    text.slice(from, from + 3 * around) +
    (text.length > from + 3 * around ? ' …' : '')
  return shown.split(new RegExp(pattern.source, 'giu'))
}
