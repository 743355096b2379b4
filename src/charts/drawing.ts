/** Text that a browser takes as markup; a string where it does not know Trusted Types, and at build. */
export type Markup = string

interface Policy {
  createHTML(text: string): Markup
}

interface Factory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): Policy
}

const start = /^<(svg|path|line|rect|text)((?:\s[a-z][a-zA-Z0-9-]*="[^"<>]*")*)\s?\/?>$/
const end = /^<\/(svg|text)>$/
const acts = /\s(on[a-z]*|href|src)=/i

/**
 * Whether text is a drawing and nothing else: shapes and words, nothing that acts, loads or links.
 */
export function isDrawing(text: string): boolean {
  if (text === '') return true
  if (!text.startsWith('<svg') || !text.endsWith('</svg>')) return false
  const tags = text.match(/<[^>]*>?/g) ?? []
  return tags.every((tag) => end.test(tag) || (start.test(tag) && !acts.test(tag)))
}

const policy = (globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy('contrail-drawing', {
  createHTML(text) {
    if (!isDrawing(text)) throw new TypeError('Only a drawing may become markup.')
    return text
  },
})

/** Our own drawings as markup: the only text of ours that ever becomes any. */
export const drawing = (svg: string): Markup => policy?.createHTML(svg) ?? svg
