/** A stretch of text; `topic` where it is a word that was found. */
export interface Piece {
  text: string
  topic: string
  mood: 'negative' | 'positive' | ''
}

type Found = { word: string; topic: string; mood: 'negative' | 'positive' }

/** A text cut where whole words were found, whatever their case; put together it is the text again. */
export function wordPieces(text: string, found: Found[]): Piece[] {
  const plain = (part: string): Piece[] => (part === '' ? [] : [{ text: part, topic: '', mood: '' }])
  if (found.length === 0) return plain(text)
  const byWord = new Map(found.map((one) => [one.word.toLowerCase(), one]))
  // The longest first, so that “feature request” is found before “feature”.
  const escaped = [...byWord.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${escaped.join('|')})(?![\p{L}\p{N}])`, 'giu')
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    const one = byWord.get(match[0].toLowerCase())
    if (!one) continue
    pieces.push(...plain(text.slice(from, match.index)))
    pieces.push({ text: match[0], topic: one.topic, mood: one.mood })
    from = match.index + match[0].length
  }
  return [...pieces, ...plain(text.slice(from))]
}
