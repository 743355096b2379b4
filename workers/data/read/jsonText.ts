const texts = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g

/** A JSON text as a value; NaN and Infinity, which Python and R write, are missing. Throws a `SyntaxError`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return JSON.parse(text.replace(texts, (part) => (part.startsWith('"') ? part : 'null')))
  }
}
