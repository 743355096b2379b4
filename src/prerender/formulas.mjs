import temml from 'temml'

/** `<Formula tex={String.raw`…`} …/>`, with whatever else the component is told. */
const formula = /<Formula\s+tex=\{String\.raw`([^`]*)`\}\s*([^>]*?)\/>/g

/**
 * MathML of a formula in TeX, as Svelte markup: no style and no class, because the page has its own.
 *
 * @param {string} tex
 * @throws {Error} where the formula cannot be read: a guide with a broken formula is not built
 */
export function mathMl(tex) {
  return temml
    .renderToString(tex, { displayMode: true, throwOnError: true })
    .replace(/ (?:class|style)="[^"]*"/g, '')
    .replaceAll('{', '&#123;')
    .replaceAll('}', '&#125;')
}

/** Formulas are written in TeX and shipped as MathML: nothing of it is left to be done on the page. */
export function formulas() {
  return {
    name: 'formulas',
    /** @param {{ content: string }} source */
    markup({ content }) {
      if (!content.includes('<Formula')) return undefined
      const code = content.replace(
        formula,
        (_whole, tex, rest) => `<Formula ${rest}>${mathMl(tex)}</Formula>`,
      )
      return { code }
    },
  }
}
